// @ts-check
// Streamlit's own words ("Upload", "Choose an option"), which know English alone, in the language of the page.

import { visit } from "./kit.js";

/** @typedef {{forms: string[], wanted: string}} Word */

const SPOKEN = ["aria-label", "title", "placeholder"];
const HOLES = /\{[nmx]\}/g;
// Kept for the whole visit: the one observer, and what to say for each known text or pattern.
/**
 * @typedef {{exact: Map<string, string>, patterns: [RegExp, string][], observer: MutationObserver | null}} Speech
 */
const speech = visit(
  "dashboardSpeech",
  () => /** @type {Speech} */ ({ exact: new Map(), patterns: [], observer: null }),
);

const said = (/** @type {string} */ text) => {
  const known = speech.exact.get(text.trim());
  if (known) return known;
  for (const [pattern, wanted] of speech.patterns) {
    const found = pattern.exec(text.trim());
    if (found) {
      let hole = 0;
      return wanted.replace(HOLES, () => found[++hole]);
    }
  }
  return null;
};
const sayAttributes = (/** @type {Element} */ element) => {
  for (const name of SPOKEN) {
    const before = element.getAttribute(name);
    const after = before && said(before);
    if (after && after !== before) element.setAttribute(name, after);
  }
};
const say = (/** @type {Node} */ node) => {
  if (node.nodeType === Node.TEXT_NODE) {
    const before = node.nodeValue ?? "";
    const after = said(before);
    if (after && after !== before.trim()) node.nodeValue = before.replace(before.trim(), () => after);
  } else if (node instanceof HTMLElement && !node.closest("pre, code")) {
    sayAttributes(node);
    node.childNodes.forEach(say);
  }
};

// `words`: for each, the known forms and the wanted one; {x} stands for anything, {n} and {m} for digits.
export const speak = (/** @type {Word[]} */ words) => {
  const escaped = (/** @type {string} */ text) =>
    text.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace("{x}", "(.+)").replace(/\{[nm]\}/g, "(\\d+)");
  speech.exact.clear();
  speech.patterns = [];
  for (const { forms, wanted } of words) {
    for (const form of forms) {
      if (form.search(HOLES) >= 0) speech.patterns.push([new RegExp(`^${escaped(form)}$`), wanted]);
      else speech.exact.set(form, wanted);
    }
  }
  say(document.body);
  if (speech.observer) return;
  speech.observer = new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "attributes") sayAttributes(/** @type {Element} */ (target));
      else if (type === "characterData") say(target);
      else addedNodes.forEach(say);
    }
  });
  speech.observer.observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: SPOKEN,
  });
};
