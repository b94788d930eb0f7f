// @ts-check
// Sheets of small images that change from frame to frame, and the way of each image over a map. All frames
// are here: scrubbing, playing and pointing need no server.

import { arrowStep, clamp, finder, html, later, mount, octets, penOf } from "./kit.js";
import { JourneyMap } from "./denoise_map.js";
import { awaitedPlayer } from "./player.js";

/**
 * ``pixels`` (frames, n, height, width) bytes; ``points`` and ``paths`` two bytes a number; ``labels`` a byte each.
 * @typedef {{title: string, alt: string, pixels: string}} Panel
 * @typedef {{
 *   title: string, alt: string, axes: string[], points: string, labels: string, names: string[],
 *   paths: string, travellers: number, colours: string[],
 * }} Journey
 * @typedef {{
 *   lang: string, text: {point: string, next: string, player: import("./player.js").Words}, param: string, start: number | null,
 *   frames: number, n: number, size: [number, number], columns: number, panels: Panel[],
 *   moments: string[], captions: string[], journey: Journey | null, dark: boolean, film: string,
 * }} Payload
 */

const GAP = 1; // empty pixels between two images of a sheet

/** A titled canvas, put at the end of a place.
 * @type {(place: HTMLElement, css: string, title: string) => HTMLElement}
 */
function titled(place, css, title) {
  const stage = html("div", { className: "stage" }, html("canvas", { role: "img" }));
  const box = html("figure", { className: css }, html("figcaption", {}, title), stage);
  place.append(box);
  return box;
}

function denoiseView(/** @type {ShadowRoot} */ root) {
  const component = finder(root)(".component");
  component.classList.add("denoise-view");
  component.innerHTML = `<div class="sheets"></div><div class="controls"><div class="moment"></div>
    <div class="transport"></div><div class="told" role="status"></div></div><div class="map"></div>`;
  const $ = finder(component);
  let data = /** @type {Payload} */ (later());
  let panels = /** @type {ReturnType<typeof panelOf>[]} */ ([]);
  let map = /** @type {JourneyMap | null} */ (null);
  let now = 0; // the frame, or a place between two
  let chosen = -1; // the image that stays marked
  /** @type {string | null} */
  let film = null; // what is built
  const player = awaitedPlayer($(".transport"), (at) => {
    now = at;
    draw();
  });

  const rows = () => Math.ceil(data.n / data.columns);
  /** @type {(i: number) => number[]} */
  const corner = (
    i,
  ) => [(i % data.columns) * (data.size[0] + GAP), Math.floor(i / data.columns) * (data.size[1] + GAP)];

  function panelOf(/** @type {Panel} */ { title, alt, pixels }) {
    const [w, h] = data.size;
    const box = titled($(".sheets"), "sheet", title);
    const canvas = finder(box)("canvas");
    canvas.width = data.columns * (w + GAP) - GAP;
    canvas.height = rows() * (h + GAP) - GAP;
    finder(box)(".stage").style.maxWidth = `${data.columns * 140}px`;
    canvas.setAttribute("aria-label", alt);
    canvas.tabIndex = 0;
    const ring = html("i", { className: "ring" });
    finder(box)(".stage").append(ring);
    listen(canvas);
    const tile = new ImageData(w, h);
    return {
      pixels: octets(pixels),
      canvas,
      ring,
      pen: penOf(canvas),
      tile,
      words: new Uint32Array(tile.data.buffer),
    };
  }
  function build() {
    $(".sheets").replaceChildren();
    $(".map").replaceChildren();
    component.classList.toggle("mapped", Boolean(data.journey));
    $(".sheets").classList.toggle("pair", data.panels.length > 1);
    panels = data.panels.map(panelOf);
    map = data.journey &&
      new JourneyMap(titled($(".map"), "journey", data.journey.title), data.journey, data.dark);
  }

  /** @param {HTMLCanvasElement} canvas */
  function listen(canvas) {
    const under = (/** @type {MouseEvent} */ event) => {
      const box = canvas.getBoundingClientRect();
      const column = Math.floor(((event.clientX - box.left) / box.width) * data.columns);
      const i = Math.floor(((event.clientY - box.top) / box.height) * rows()) * data.columns + column;
      return column >= 0 && column < data.columns && i >= 0 && i < data.n ? i : -1;
    };
    canvas.onpointermove = (event) => event.pointerType === "mouse" && mark(under(event));
    canvas.onpointerleave = () => mark(chosen);
    canvas.onclick = (event) => {
      const i = under(event);
      chosen = i === chosen ? -1 : i;
      mark(chosen);
    };
    canvas.onkeydown = (event) => {
      const step = arrowStep(event.key, data.columns);
      if (event.key === "Escape") chosen = -1;
      else if (step) chosen = clamp(chosen + step, 0, data.n - 1);
      else return;
      event.preventDefault();
      mark(chosen);
    };
  }

  let marked = -1;
  /** @param {number} i */
  function mark(i) {
    if (i === marked) return;
    marked = i;
    for (const { ring } of panels) place(ring);
    $(".told").textContent = i < 0 ? data.text.point : data.captions[i];
    map?.draw(now, marked);
  }
  function place(/** @type {HTMLElement} */ ring) {
    ring.classList.toggle("hidden", marked < 0);
    if (marked < 0) return;
    const [x, y] = corner(marked);
    const { width, height } = panels[0].canvas;
    ring.style.left = `${(100 * x) / width}%`;
    ring.style.top = `${(100 * y) / height}%`;
    ring.style.width = `${(100 * data.size[0]) / width}%`;
    ring.style.height = `${(100 * data.size[1]) / height}%`;
  }

  function draw() {
    if (!data) return;
    const area = data.size[0] * data.size[1];
    const [frame, share] = [Math.floor(now), now % 1];
    const step = share ? data.n * area : 0; // to the same pixel of the next frame
    for (const { pixels, pen, tile, words } of panels) {
      for (let i = 0; i < data.n; i++) {
        const start = (frame * data.n + i) * area;
        for (let p = start, k = 0; k < area; p++, k++) {
          words[k] = 0xff000000 | (Math.round(pixels[p] + share * (pixels[p + step] - pixels[p])) * 0x010101);
        }
        const [x, y] = corner(i);
        pen.putImageData(tile, x, y);
      }
    }
    $(".moment").textContent = data.moments[frame];
    map?.draw(now, marked);
  }

  return {
    stop: player.stop,
    update(/** @type {Payload} */ fresh) {
      data = fresh;
      const { frames: count, start, text } = fresh;
      const told = { film: fresh.film, count, start, words: text.player, next: text.next };
      if (fresh.film === film) return player.load(fresh.param, told);
      film = fresh.film;
      build();
      if (chosen >= data.n) chosen = -1;
      marked = -2;
      player.load(fresh.param, told);
      mark(chosen);
      for (const { ring } of panels) place(ring);
      return undefined;
    },
  };
}

export default mount(denoiseView);
