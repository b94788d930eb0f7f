// What the house's components share: SVG, numbers in the visitor's language, colours, arrays that travel
// as base64. It stands before the script of each component that names it.

const SVG = "http://www.w3.org/2000/svg";

const el = (name, attributes = {}, parent = null) => {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  parent?.append(node);
  return node;
};
const set = (node, attributes) => {
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
};
const fill = (template, values) => template.replace(/\{(\w+)\}/g, (_, key) => values[key]);
const clamp = (x, low, high) => Math.max(low, Math.min(high, x));
const rgb = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
const sigmoid = (s) => 1 / (1 + Math.exp(-s));
const octets = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
const floats = (text) => new Float32Array(octets(text).buffer);
// Numbers as the language writes them, with a true minus sign.
const numbers = (lang, digits) => {
  const intl = new Intl.NumberFormat(lang, { maximumFractionDigits: digits });
  return (v) => intl.format(Math.abs(v) < 0.5 * 10 ** -digits ? 0 : v).replace("-", "−");
};
// Tiles with a number and its name; made once, then only their texts change.
const counters = (box, entries) => {
  while (box.children.length < entries.length) {
    const tile = document.createElement("div");
    tile.append(document.createElement("b"), document.createElement("small"));
    box.append(tile);
  }
  while (box.children.length > entries.length) box.lastChild.remove();
  entries.forEach(([name, value], i) => {
    box.children[i].firstChild.textContent = value;
    box.children[i].lastChild.textContent = name;
  });
};
