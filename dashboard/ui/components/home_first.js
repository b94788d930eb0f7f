// @ts-check
// The front page's picture in the first document, before anything of the app has come.

import { picture } from "./home_line_picture.js";

/** @param {import("./home_line_picture.js").Payload} payload */
export function begin(payload) {
  const first = document.getElementById("first");
  const template = first.querySelector("template");
  const host = template.parentElement;
  const root = host.attachShadow({ mode: "open" });
  root.append(template.content);
  const box = /** @type {HTMLElement} */ (root.querySelector(".line"));
  const view = picture(box);
  view.update(payload);
  const way = first.querySelector("a");
  const asked = new URLSearchParams(location.search);
  asked.set("lang", document.documentElement.lang);
  way.search = String(asked);
  // Who takes it over does so once.
  /** @type {any} */ (globalThis).houseFirst = () => {
    delete (/** @type {any} */ (globalThis).houseFirst);
    first.remove();
    return { box, view };
  };
}
