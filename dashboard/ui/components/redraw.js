// @ts-check
// An image, what was said of it, and what others drew from the words alone.

import { caption, picture, SHADED } from "./caption.js";
import { finder, mount } from "./kit.js";

/** ``images``: several make a square. @typedef {{images: string[], alt: string, title: string}} Group */
/**
 * ``groups``: the first is the original if there is one, on which the words are looked for.
 * @typedef {import("./caption.js").Caption & {groups: Group[], original: boolean, said: string}} Payload
 */

function redrawView(/** @type {ShadowRoot} */ root) {
  const component = finder(root)(".component");
  component.classList.add("redraw-view");
  component.innerHTML = `<div class="groups"></div><p class="said" translate="no"></p>`;
  const $ = finder(component);
  let shown = "";

  const figure = (/** @type {Group} */ { images, alt, title }, /** @type {boolean} */ lit) => {
    const box = document.createElement("figure");
    box.innerHTML = `<div class="stage sheet">${images.map(() => "<img>").join("")}${lit ? SHADED : ""}</div>
      <figcaption></figcaption>`;
    box.classList.toggle("many", images.length > 1);
    picture(box, { src: images[0], alt, title });
    box.querySelectorAll("img").forEach((image, k) => Object.assign(image, { src: images[k], alt }));
    return box;
  };

  return {
    update(/** @type {Payload} */ data) {
      const told = JSON.stringify(data);
      if (told === shown) return;
      shown = told;
      $(".groups").replaceChildren(...data.groups.map((group, k) => figure(group, data.original && k === 0)));
      $(".said").setAttribute("aria-label", data.said);
      $(".said").classList.toggle("hidden", !data.pieces.length);
      if (!data.original || !data.pieces.length) return;
      const words = caption($(".said"), $(".shade", HTMLCanvasElement), (word) => words.light(word));
      words.load(data);
    },
  };
}

export default mount(redrawView);
