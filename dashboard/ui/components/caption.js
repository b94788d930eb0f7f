// @ts-check
// A text about an image: a word under the pointer lights the part of the image where it was looked for.

import { finder, html, later, octets, penOf } from "./kit.js";

/** ``seen``: for each piece side x side bytes, base64. @typedef {{pieces: string[], seen: string, side: number}} Caption */

const SHADE = 190; // of 255, how dark the parts are that nobody looked at

/** The canvas that lies over an image; the parts that were not looked at are in its shade. */
export const SHADED = '<canvas class="shade" aria-hidden="true"></canvas>';

/**
 * ``onWord`` is told which word is pointed at or was touched, or -1.
 * @param {HTMLElement} box the text's
 * @param {HTMLCanvasElement} shade
 * @param {(word: number) => void} onWord
 */
export function caption(box, shade, onWord) {
  const pen = penOf(shade);
  let tile = /** @type {ImageData} */ (later());
  let seen = new Uint8Array();
  let spans = /** @type {HTMLElement[]} */ ([]);
  let held = -1;

  const light = (/** @type {number} */ word) => {
    spans.forEach((span, k) => span.classList.toggle("here", k === word));
    shade.classList.toggle("on", word >= 0);
    if (word < 0) return;
    const area = tile.width * tile.height;
    for (let k = 0; k < area; k++) {
      tile.data[4 * k + 3] = SHADE * (1 - seen[word * area + k] / 255);
    }
    pen.putImageData(tile, 0, 0);
  };
  box.onpointerleave = () => onWord(held);

  return {
    light,
    /** Shows the first words alone. */
    reveal: (/** @type {number} */ count) =>
      spans.forEach((span, k) => span.classList.toggle("unsaid", k >= count)),
    load(/** @type {Caption} */ data) {
      seen = octets(data.seen);
      tile = new ImageData(data.side, data.side);
      shade.width = shade.height = data.side;
      held = -1;
      spans = data.pieces.map((piece, k) => {
        const span = html("span", {}, piece);
        span.onpointerenter = ({ pointerType }) => pointerType === "mouse" && onWord(k);
        span.onclick = () => {
          held = held === k ? -1 : k;
          onWord(held);
        };
        return span;
      });
      box.replaceChildren(...spans);
      light(-1);
    },
  };
}

/** Fills a figure of a caption or of a drawing.
 * @type {(figure: ParentNode, b: {src: string, alt: string, title: string}) => void}
 */
export const picture = (figure, { src, alt, title }) => {
  const $ = finder(figure);
  Object.assign($("img"), { src, alt });
  $("figcaption").textContent = title;
};
