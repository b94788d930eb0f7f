// @ts-check
// Clusters of known proportions beside three maps of them, whose films are played in step.

import { filmAt, findAll, finder, floats, html, later, mount } from "./kit.js";
import { sharp } from "./motion.js";
import { filmPlayer } from "./player.js";

/**
 * ``panels``: what each shows: its name, what is measured there, and frames (count, n, 2) within -1 and 1, float32 as
 * base64; the first has one frame alone.
 * @typedef {{
 *   film: string, count: number, start: number | null, labels: number[], colours: string[], names: string[],
 *   panels: {name: string, told: string, alt: string, frames: string}[], text: import("./player.js").Texts,
 * }} Payload
 */

const MARGIN = 0.9; // of the half width, from the middle to the farthest point
const DOT = 2.6; // pixels

class DeceptionView {
  data = /** @type {Payload} */ (later());
  films = /** @type {Float32Array[]} */ ([]);
  frame = 0;
  share = 0;

  /** @param {ShadowRoot} root */
  constructor(root) {
    this.component = finder(root)(".component");
    this.component.classList.add("deception");
    this.component.innerHTML = `<div class="maps"></div><div class="transport"></div>`;
    this.$ = finder(this.component);
    this.player = filmPlayer({
      param: "frame",
      onFrame: (frame, share) => {
        [this.frame, this.share] = [frame, share];
        this.draw();
      },
    });
    this.$(".transport").append(this.player.element);
    new ResizeObserver(() => this.draw()).observe(this.component);
  }

  draw() {
    const { data, films, frame, share } = this;
    if (!data) return;
    const size = 2 * data.labels.length;
    const canvases = findAll(this.component, ".maps canvas", HTMLCanvasElement);
    films.forEach((film, k) => {
      const { context: pen, width } = sharp(canvases[k]);
      const still = film.length === size;
      const places = filmAt(film, size, still ? 0 : frame, still ? 0 : share);
      const px = (/** @type {number} */ v) => (width / 2) * (1 + MARGIN * v);
      pen.clearRect(0, 0, width, width);
      const middles = data.names.map(() => [0, 0, 0]);
      data.labels.forEach((label, i) => {
        const [x, y] = [px(places[2 * i]), width - px(places[2 * i + 1])];
        middles[label].forEach((_, c) => middles[label][c] += [x, y, 1][c]);
        pen.beginPath();
        pen.arc(x, y, DOT, 0, 7);
        pen.fillStyle = data.colours[label];
        pen.fill();
      });
      const style = getComputedStyle(this.component);
      Object.assign(pen, { font: `700 15px ${style.fontFamily}`, textAlign: "center", lineWidth: 4 });
      pen.strokeStyle = style.getPropertyValue("--st-background-color");
      pen.fillStyle = style.color;
      middles.forEach(([x, y, n], label) => {
        const at = Math.max(18, y / n - 14);
        pen.strokeText(data.names[label], x / n, at);
        pen.fillText(data.names[label], x / n, at);
      });
    });
  }

  /** @param {Payload} fresh */
  update(fresh) {
    this.data = fresh;
    this.films = fresh.panels.map(({ frames }) => floats(frames));
    this.$(".maps").replaceChildren(...fresh.panels.map(({ name, told, alt }) => {
      const canvas = html("canvas", { role: "img", ariaLabel: alt });
      return html("figure", {}, html("figcaption", {}, name), canvas, html("small", {}, told));
    }));
    const { film, count, start, text } = fresh;
    this.player.load({ film, count, start, words: text.player, next: text.next });
    this.draw();
  }
  stop() {
    this.player.stop();
  }
}

export default mount((root) => new DeceptionView(root));
