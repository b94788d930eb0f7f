// @ts-check
// Drawings that come out of noise, frame after frame, and which word painted which part of them.

import { findAll, finder, html, later, mount, octets, penOf } from "./kit.js";
import { awaitedPlayer } from "./player.js";

/**
 * ``picture`` shows all frames, a row each; ``maps`` (n, words, cells, cells) bytes as base64.
 * @typedef {{
 *   title: string, alt: string, n: number, picture: string, words: string[], maps: string, cells: number,
 * }} Panel
 * @typedef {{
 *   text: {words: string, next: string, player: import("./player.js").Words}, param: string,
 *   start: number | null, frames: number, side: number, panels: Panel[], moments: string[], film: string,
 * }} Payload
 */

/** A panel as it is drawn, and of its words the one chosen and the one shown, or -1.
 * @typedef {{
 *   told: Panel, image: HTMLImageElement, pens: CanvasRenderingContext2D[], maps: Uint8Array, chosen: number, shown: number,
 * }} Drawn
 */

const SCALE = 3; // pixels drawn for a pixel
const SHADE = 0.88; // how dark what a word did not paint becomes

/**
 * What a word did not paint of a drawing, dark.
 * @param {{told: Panel, maps: Uint8Array}} panel
 * @param {number} word
 * @param {number} i
 */
function veil({ told, maps }, word, i) {
  const { cells } = told;
  const canvas = html("canvas", { width: cells, height: cells });
  const tile = new ImageData(cells, cells);
  const first = (i * told.words.length + word) * cells * cells;
  for (let p = 0; p < cells * cells; p++) {
    tile.data.set([10, 14, 20, SHADE * (255 - maps[first + p])], 4 * p);
  }
  penOf(canvas).putImageData(tile, 0, 0);
  return canvas;
}

function sceneFilmView(/** @type {ShadowRoot} */ root) {
  const component = finder(root)(".component");
  component.classList.add("scene-film-view");
  component.innerHTML = `<div class="sheets"></div><div class="controls"><div class="transport"></div>
    <div class="moment"></div></div><div class="spoken"></div>`;
  const $ = finder(component);
  let data = /** @type {Payload} */ (later());
  let panels = /** @type {Drawn[]} */ ([]);
  let now = 0;
  /** @type {string | null} */
  let film = null;
  const player = awaitedPlayer($(".transport"), (at) => {
    now = at;
    draw();
  });

  function build() {
    $(".sheets").replaceChildren();
    $(".spoken").replaceChildren();
    panels = data.panels.map((told) => {
      const side = data.side * SCALE;
      const look = { width: side, height: side, role: "img", ariaLabel: told.alt };
      const canvases = Array.from({ length: told.n }, () => html("canvas", look));
      const row = html("div", { className: "row" }, ...canvases);
      const box = html("figure", {}, html("figcaption", {}, told.title), row);
      const pens = canvases.map((canvas) => penOf(canvas));
      box.classList.toggle("few", told.n < 3);
      $(".sheets").append(box);
      const image = new Image();
      const panel = { told, image, pens, maps: octets(told.maps), chosen: -1, shown: -1 };
      image.onload = () => draw();
      image.src = told.picture;
      if (told.words.length) $(".spoken").append(words(panel));
      return panel;
    });
  }

  function words(/** @type {Drawn} */ panel) {
    const { told: { title } } = panel; // which of two sentences these are the words of
    const line = html("div", { className: "words", role: "group", ariaLabel: title || data.text.words });
    line.append(
      html("b", {}, title),
      html("small", {}, data.text.words),
      ...panel.told.words.map((word, k) => {
        const button = html("button", { type: "button", ariaPressed: "false" }, word);
        button.onpointerenter = (event) => event.pointerType === "mouse" && light(panel, k);
        button.onpointerleave = () => light(panel, panel.chosen);
        button.onclick = () => {
          panel.chosen = panel.chosen === k ? -1 : k;
          findAll(line, "button", HTMLButtonElement).forEach((other, i) =>
            other.setAttribute("aria-pressed", String(i === panel.chosen))
          );
          light(panel, panel.chosen);
        };
        return button;
      }),
    );
    return line;
  }

  function light(/** @type {Drawn} */ panel, /** @type {number} */ word) {
    panel.shown = word;
    draw();
  }

  function draw() {
    if (!data) return;
    const { side } = data;
    const [frame, share] = [Math.floor(now), now % 1];
    for (const panel of panels) {
      if (!panel.image.complete) continue;
      panel.pens.forEach((pen, i) => {
        const size = pen.canvas.width;
        pen.imageSmoothingQuality = "high";
        pen.globalAlpha = 1;
        pen.drawImage(panel.image, i * side, frame * side, side, side, 0, 0, size, size);
        if (share) {
          pen.globalAlpha = share;
          pen.drawImage(panel.image, i * side, (frame + 1) * side, side, side, 0, 0, size, size);
          pen.globalAlpha = 1;
        }
        if (panel.shown >= 0) pen.drawImage(veil(panel, panel.shown, i), 0, 0, size, size);
        pen.canvas.dataset.word = panel.told.words[panel.shown] ?? "";
      });
    }
    $(".moment").textContent = data.moments[frame];
  }

  return {
    stop: player.stop,
    update(/** @type {Payload} */ fresh) {
      data = fresh;
      if (fresh.film !== film) {
        film = fresh.film;
        build();
      }
      const { frames: count, start, text } = fresh;
      player.load(fresh.param, { film: fresh.film, count, start, words: text.player, next: text.next });
    },
  };
}

export default mount(sceneFilmView);
