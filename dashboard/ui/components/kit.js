// @ts-check
// What components share: SVG, numbers in the visitor's language, colours, arrays that travel as base64.

/** @typedef {(name: string, value: unknown) => void} Send */
/**
 * What Streamlit hands to a component: ``data`` is the payload, the two functions go to the server.
 * @template Payload
 * @typedef {{data: Payload, parentElement: ShadowRoot, setStateValue: Send, setTriggerValue: Send}} Mounted
 */
/** A way to an element of which there is one, by its tag, or as what it is: an HTML element, unless told.
 * @typedef {{
 *   <K extends keyof HTMLElementTagNameMap>(css: K): HTMLElementTagNameMap[K],
 *   (css: "svg"): SVGSVGElement,
 *   (css: string): HTMLElement,
 *   <T extends Element>(css: string, kind: new () => T): T,
 * }} Find
 */

/**
 * A component from a view: ``make`` builds it in its root once, ``update`` is told of every payload.
 * @template Payload
 * @param {(root: ShadowRoot) => {update: (data: Payload, state: Send, trigger: Send) => void, stop?: () => void}} make
 */
export const mount = (make) => {
  /** @type {WeakMap<ShadowRoot, ReturnType<typeof make>>} */
  const views = new WeakMap();
  return (/** @type {Mounted<Payload>} */ { data, parentElement, setStateValue, setTriggerValue }) => {
    const view = views.get(parentElement) ?? make(parentElement);
    views.set(parentElement, view);
    view.update(data, setStateValue, setTriggerValue);
    return () => view.stop?.();
  };
};

const SVG = "http://www.w3.org/2000/svg";

/** What the first payload brings; nothing may ask for it before.
 * @template T
 * @returns {T}
 */
export const later = () => /** @type {T} */ (/** @type {unknown} */ (null));

/** What is kept for the whole visit, under a name that no other script has.
 * @template T
 * @param {string} name
 * @param {() => T} make what is there at first
 * @returns {T}
 */
export const visit = (name, make) => {
  const page = /** @type {Record<string, T>} */ (/** @type {unknown} */ (globalThis));
  return page[name] ??= make();
};

/** @typedef {Record<string, string | number>} Attributes */
/**
 * An element of a drawing, put at the end of ``parent`` if there is one.
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} name
 * @param {Attributes} [attributes]
 * @param {Element | null} [parent]
 */
export const el = (name, attributes = {}, parent = null) => {
  const node = document.createElementNS(SVG, name);
  set(node, attributes);
  parent?.append(node);
  return node;
};
/**
 * An HTML element with these properties and children.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Partial<HTMLElementTagNameMap[K]>} [properties]
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export const html = (tag, properties = {}, ...children) => {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
};
/** A slider from -most to most. @type {(name: string, most: number) => HTMLInputElement} */
export const slider = (name, most) =>
  html("input", { type: "range", min: String(-most), max: String(most), step: "0.01", ariaLabel: name });
export const set = (/** @type {Element} */ node, /** @type {Attributes} */ attributes) => {
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
};
/** A text of a drawing.
 * @param {Element} parent
 * @param {number} x
 * @param {number} y
 * @param {string} content
 * @param {"start" | "middle" | "end"} [anchor] which of its points stands there
 * @param {Attributes} [attributes]
 */
export const textAt = (parent, x, y, content, anchor = "middle", attributes = {}) => {
  el("text", { x, y, "text-anchor": anchor, ...attributes }, parent).textContent = content;
};
/** A template's {names} in the place of which values stand.
 * @type {(template: string, values: Record<string, string | number>) => string}
 */
export const fill = (template, values) => template.replace(/\{(\w+)\}/g, (_, key) => String(values[key]));
/**
 * Looks for the first node that a selector matches.
 * @param {ParentNode} root
 * @returns {Find}
 * @throws {Error} if there is none, or if it is of another kind
 */
export const finder = (
  root,
) => /** @type {Find} */ ((/** @type {string} */ css, /** @type {new () => Element} */ kind = Element) => {
  const found = root.querySelector(css);
  if (found instanceof kind) return found;
  throw new Error(`${css}: ${found ? "of another kind" : "not here"}`);
});
/**
 * All of them, of which those of another kind are left out.
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} css
 * @param {new () => T} kind
 */
export const findAll = (root, css, kind) =>
  [...root.querySelectorAll(css)].flatMap((node) => node instanceof kind ? [node] : []);
/** The one child of an element at this place.
 * @template {Element} T
 * @param {ParentNode} parent
 * @param {number} place
 * @param {new () => T} kind
 */
export const child = (parent, place, kind) => {
  const found = parent.children[place];
  if (found instanceof kind) return found;
  throw new Error(`child ${place}: ${found ? "of another kind" : "not here"}`);
};
/**
 * As many children as asked for: what is missing is made, what is too much goes.
 * @template {Element} T
 * @param {Element} list
 * @param {number} count
 * @param {(place: number) => T} make
 */
export const withChildren = (list, count, make) => {
  while (list.children.length > count) list.lastElementChild?.remove();
  while (list.children.length < count) list.append(make(list.children.length));
};
/** @type {Record<string, string>} */
const ICONS = {
  first: "M5 5h2v14H5zM19 5v14L8.5 12z",
  back: "M16 5v14L6 12z",
  play: "M7 4v16l13-8z",
  pause: "M6 5h4v14H6zM14 5h4v14h-4z",
  next: "M8 5v14l10-7z",
  last: "M17 5h2v14h-2zM5 5v14l10.5-7z",
  dice: "M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zm0 2v14h14V5z" +
    "M6.5 8a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0zM14.5 8a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0z" +
    "M10.5 12a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0zM6.5 16a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0z" +
    "M14.5 16a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0z",
  undo: "M12.5 8a10.4 10.4 0 0 0-6.9 2.6L2 7v9h9l-3.6-3.6A8 8 0 0 1 20 16l2.4-.8A10.5 10.5 0 0 0 12.5 8z",
  whole: "M4 4h6v2H6v4H4zM14 4h6v6h-2V6h-4zM4 14h2v4h4v2H4zM18 14h2v6h-6v-2h4z",
};
const LOOK = 'width="1.25em" height="1.25em" fill="currentColor" style="vertical-align: -0.25em"';
/** An icon as HTML, as large as its words wherever no style says otherwise. @param {string} name */
export const icon = (name) =>
  `<svg viewBox="0 0 24 24" ${LOOK} aria-hidden="true"><path fill-rule="evenodd" d="${ICONS[name]}"/></svg>`;
/** An icon and words, on a button. @type {(button: HTMLElement, name: string, words: string) => void} */
export const withIcon = (button, name, words) => {
  button.innerHTML = icon(name);
  button.append(" ", words);
};
/** What draws on a canvas.
 * @param {HTMLCanvasElement} canvas
 * @param {CanvasRenderingContext2DSettings} [settings]
 */
export const penOf = (canvas, settings) => {
  const pen = canvas.getContext("2d", settings);
  if (!pen) throw new Error("nothing to draw with");
  return pen;
};
/** What the visitor has done joins the address without a trip to the server; null takes it out.
 * @type {(param: string, value: string | number | null) => void}
 */
export const remember = (param, value) => {
  const address = new URL(window.location.href);
  if (value === null) address.searchParams.delete(param);
  else address.searchParams.set(param, String(value));
  window.history.replaceState(window.history.state, "", address);
};
export const clamp = (/** @type {number} */ x, /** @type {number} */ low, /** @type {number} */ high) =>
  Math.max(low, Math.min(high, x));
export const rgb = (/** @type {string} */ hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
/** Whether a computed colour, "rgb(…)", is nearer to white than to black. */
export const isLight = (/** @type {string} */ colour) =>
  (colour.match(/\d+/g) ?? []).slice(0, 3).reduce((sum, c) => sum + Number(c), 0) > 380;
export const sigmoid = (/** @type {number} */ s) => 1 / (1 + Math.exp(-s));
export const octets = (/** @type {string} */ text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
export const floats = (/** @type {string} */ text) => new Float32Array(octets(text).buffer);
/** Numbers from 0 to 1, as ``component.shares`` writes them. */
export const shares = (/** @type {string} */ text) =>
  Float32Array.from(new Uint16Array(octets(text).buffer), (step) => step / 65535);
/** Numbers as the language writes them, with a true minus sign. */
export const numbers = (/** @type {string} */ lang, /** @type {number} */ digits) => {
  const intl = new Intl.NumberFormat(lang, { maximumFractionDigits: digits });
  return (/** @type {number} */ v) =>
    intl.format(Math.abs(v) < 0.5 * 10 ** -digits ? 0 : v).replace("-", "−");
};
/** How far an arrow key goes among things that stand in rows of so many; 0 for another key. */
export const arrowStep = (/** @type {string} */ key, /** @type {number} */ columns) =>
  ({ ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns })[key] ?? 0;
/** Numbers of a film, (frames, size), between a frame and the next.
 * @param {Float32Array} film
 * @param {number} size
 * @param {number} frame
 * @param {number} share
 */
export const filmAt = (film, size, frame, share) => {
  const now = film.slice(frame * size, (frame + 1) * size);
  if (share) {
    for (let i = 0, next = (frame + 1) * size; i < size; i++) now[i] += share * (film[next + i] - now[i]);
  }
  return now;
};
/** Tiles with a number and its name; made once, then only their texts change.
 * @type {(box: HTMLElement, entries: [name: string, value: string | number][]) => void}
 */
export const counters = (box, entries) => {
  withChildren(box, entries.length, () => html("div", {}, html("b"), html("small")));
  entries.forEach(([name, value], i) => {
    const [number, words] = box.children[i].children;
    [number.textContent, words.textContent] = [String(value), name];
  });
};

/** Names, each behind a dot of its colour. */
export const dots = (/** @type {string[]} */ names, /** @type {string[]} */ colours) =>
  names.map((name, k) => {
    const dot = html("i");
    dot.style.background = colours[k];
    return html("span", {}, dot, name);
  });
/** An entry of a legend: a small drawing of 16 x 16, and its name.
 * @type {(name: string, drawing: (icon: SVGSVGElement) => void) => HTMLSpanElement}
 */
export const legendEntry = (name, drawing) => {
  const icon = el("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" });
  drawing(icon);
  return html("span", {}, icon, name);
};
/** Puts words on the clipboard; whether that succeeded.
 * @type {(root: ShadowRoot, words: string) => Promise<boolean>}
 */
export const toClipboard = async (root, words) => {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    // Without HTTPS there is no clipboard API; the old command still works.
    const field = html("textarea", { value: words });
    root.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    return copied;
  }
};
