// @ts-check
// Small images side by side, each with its name above and a line or two below. One PNG holds them all, so that
// they change as one, and as fast as a slider does.

import { child, finder, html, withChildren } from "./kit.js";

/** @typedef {{columns: number, sprite: string, items: {name: string, line: string, alt: string}[]}} Payload */

export default function (/** @type {import("./kit.js").Mounted<Payload>} */ { data, parentElement }) {
  const list = finder(parentElement)(".tiles");
  const n = data.items.length;
  list.style.setProperty("--columns", String(data.columns));
  withChildren(list, n, () => html("figure", {}, html("b"), html("i"), html("small")));
  data.items.forEach(({ name, line, alt }, i) => {
    const [title, picture, below] = [0, 1, 2].map((place) => child(list.children[i], place, HTMLElement));
    title.textContent = name;
    below.textContent = line;
    picture.setAttribute("role", "img");
    picture.setAttribute("aria-label", alt);
    picture.style.backgroundImage = `url(${data.sprite})`;
    picture.style.backgroundSize = `${100 * n}% 100%`;
    picture.style.backgroundPosition = `${n > 1 ? (100 * i) / (n - 1) : 0}% 0`;
  });
}
