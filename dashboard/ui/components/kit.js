// @ts-check
// What components share: SVG, numbers in the visitor's language, colours, arrays that travel as base64.

/**
 * What Streamlit hands to a component: ``data`` is the payload, the two functions go to the server.
 * @typedef {(name: string, value: unknown) => void} Send
 * @typedef {{data: any, parentElement: ShadowRoot, setStateValue: Send, setTriggerValue: Send}} Mounted
 */

/**
 * A component from a view: ``make`` builds it in its root once, ``update`` is told of every payload.
 * @template Payload
 * @param {(root: ShadowRoot) => {update: (data: Payload, state: Send, trigger: Send) => void, stop?: () => void}} make
 */
export const mount = (make) => {
  /** @type {WeakMap<ShadowRoot, ReturnType<typeof make>>} */
  const views = new WeakMap();
  return (/** @type {Mounted} */ { data, parentElement, setStateValue, setTriggerValue }) => {
    if (!views.has(parentElement)) views.set(parentElement, make(parentElement));
    const view = views.get(parentElement);
    view.update(data, setStateValue, setTriggerValue);
    return () => view.stop?.();
  };
};

const SVG = "http://www.w3.org/2000/svg";

export const el = (name, attributes = {}, parent = null) => {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  parent?.append(node);
  return node;
};
export const set = (node, attributes) => {
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
};
export const fill = (template, values) => template.replace(/\{(\w+)\}/g, (_, key) => values[key]);
/** Looks for the first node that a selector matches; typed loosely, for the markup stands beside each use.
 * @param {ParentNode} root
 * @returns {(css: string) => any}
 */
export const finder = (root) => (css) => root.querySelector(css);
/** All of them.
 * @param {ParentNode} root
 * @param {string} css
 * @returns {any[]}
 */
export const findAll = (root, css) => [...root.querySelectorAll(css)];
/** What the visitor has done joins the address without a trip to the server; null takes it out.
 * @param {string} param
 * @param {string | number | null} value
 */
export const remember = (param, value) => {
  const address = new URL(window.location.href);
  if (value === null) address.searchParams.delete(param);
  else address.searchParams.set(param, String(value));
  window.history.replaceState(window.history.state, "", address);
};
export const clamp = (x, low, high) => Math.max(low, Math.min(high, x));
export const rgb = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
export const sigmoid = (s) => 1 / (1 + Math.exp(-s));
export const octets = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
export const floats = (text) => new Float32Array(octets(text).buffer);
// Numbers as the language writes them, with a true minus sign.
export const numbers = (lang, digits) => {
  const intl = new Intl.NumberFormat(lang, { maximumFractionDigits: digits });
  return (v) => intl.format(Math.abs(v) < 0.5 * 10 ** -digits ? 0 : v).replace("-", "−");
};
// Tiles with a number and its name; made once, then only their texts change.
export const counters = (box, entries) => {
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

/** Names, each behind a dot of its colour. */
export const dots = (/** @type {string[]} */ names, /** @type {string[]} */ colours) =>
  names.map((name, k) => {
    const entry = document.createElement("span");
    const dot = document.createElement("i");
    dot.style.background = colours[k];
    entry.append(dot, name);
    return entry;
  });
/** Puts words on the clipboard; whether that succeeded.
 * @param {ShadowRoot} root
 * @param {string} words
 */
export const toClipboard = async (root, words) => {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    // Without HTTPS there is no clipboard API; the old command still works.
    const field = document.createElement("textarea");
    field.value = words;
    root.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    return copied;
  }
};
