// @ts-check
// A kernel slides over the visitor's image: its products light up, their sum falls into the feature map.

import {
  fill,
  findAll,
  finder,
  floats,
  html,
  later,
  mount,
  numbers,
  octets,
  penOf,
  remember,
} from "./kit.js";
import { onDark, tints } from "./maps.js";
import { sharp } from "./motion.js";
import { FRAMES, mapOf, placesOf, sceneAt, sumAt } from "./convolution_sums.js";
import { drawCells, drawGround, frameAround, layoutOf } from "./convolution_draw.js";
import { filmPlayer } from "./player.js";

/**
 * ``pixels``: channels x side x side, base64, bytes if ``bytes``, else float32 in [0, 1]; ``names``: of the kernels.
 * @typedef {Omit<import("./convolution_sums.js").Convolution, "kernels" | "biases"> & {
 *   lang: string, film: string, pixels: string, bytes: boolean, kernels: string, biases: string, names: string[],
 *   unit: number, start: number | null, colours: import("./maps.js").Colours, text: Record<string, string>,
 *   player: import("./player.js").Words,
 * }} Payload
 */

class ConvolutionView {
  data = /** @type {Payload} */ (later());
  layer = /** @type {import("./convolution_sums.js").Convolution} */ (later());
  layout = /** @type {import("./convolution_draw.js").Layout} */ (later());
  pixels = /** @type {Float32Array} */ (later());
  map = /** @type {Float32Array} */ (later());
  ground = /** @type {HTMLCanvasElement} */ (later());
  held = /** @type {number | null} */ (null); // the place under the pointer
  at = FRAMES - 1;
  unit = 0;
  places = 0; // along a side of the map
  peak = 1; // of the map
  tint = /** @type {ReturnType<typeof tints>} */ (later());
  ink = "#000";
  font = "";
  short = numbers("fr", 1);
  number = numbers("fr", 2);

  constructor(/** @type {ShadowRoot} */ root) {
    this.component = finder(root)(".component");
    this.component.classList.add("convolution");
    this.component.innerHTML = `
      <div class="pictures"><canvas class="sheet" role="img"></canvas><div class="cover"></div></div>
      <p class="sum"></p>
      <div class="transport"></div>
      <div class="kernels veiled" role="radiogroup"></div>`;
    this.$ = finder(this.component);
    this.canvas = this.$(".sheet", HTMLCanvasElement);
    this.player = filmPlayer({
      param: "slide",
      onFrame: (frame, share) => {
        this.at = frame + share;
        if (this.map && this.held === null) this.draw();
      },
    });
    this.$(".transport").append(this.player.element);
    this.canvas.onpointermove = this.canvas.onpointerdown = (event) => this.follow(event);
    this.canvas.onpointerleave = this.canvas.onpointercancel = () => {
      this.held = null;
      this.draw();
    };
    this.resized = new ResizeObserver(() => this.map && this.draw());
  }

  /**
   * The kernel goes where the pointer is, on the image or on the map.
   * @param {PointerEvent} event
   */
  follow(event) {
    const box = this.canvas.getBoundingClientRect();
    const { image, map, side } = this.layout;
    const inside = [image, map].find(({ x, y }) => {
      const [u, v] = [(event.clientX - box.x - x) / side, (event.clientY - box.y - y) / side];
      if (u < 0 || u >= 1 || v < 0 || v >= 1) return false;
      this.held = Math.floor(v * this.places) * this.places + Math.floor(u * this.places);
      return true;
    });
    if (!inside) this.held = null;
    this.draw();
  }

  /** @param {number} unit */
  choose(unit) {
    this.unit = unit;
    const box = this.$(".kernels");
    findAll(box, "button", HTMLElement).forEach((node, k) => {
      node.setAttribute("aria-checked", String(k === unit));
      if (k === unit) box.scrollLeft = node.offsetLeft - box.clientWidth / 2;
    });
    this.map = mapOf(this.pixels, this.layer, unit);
    this.peak = this.map.reduce((a, b) => Math.max(a, b), 1e-6);
    this.ground = drawGround(this.pixels, this.layer);
    const { data: { film, player: words, start, text } } = this;
    this.player.load({ film: `${film}.${unit}`, count: FRAMES, words, start, next: text.next });
  }

  draw() {
    const { canvas, data, layer, places, map } = this;
    const width = canvas.clientWidth;
    if (!width) return;
    this.layout = layoutOf(width, layer);
    canvas.style.height = `${this.layout.height}px`;
    const { map: { x: left, y: top }, side } = this.layout;
    this.$(".cover").style.cssText = `left:${left}px;top:${top}px;width:${side}px;height:${side}px`;
    const { context: pen, height } = sharp(canvas);
    const scene = this.held === null
      ? sceneAt(this.at, map)
      : { place: this.held, filled: map.length, lit: 1, fall: 1 };
    const [row, column] = [Math.floor(scene.place / places), scene.place % places];
    const sums = sumAt(this.pixels, layer, this.unit, row, column);
    pen.clearRect(0, 0, width, height);
    const look = { pen, ink: this.ink, font: this.font, tint: this.tint, text: data.text };
    this.pictures(look, scene);
    frameAround(look, this.layout, layer, row, column, places);
    drawCells(look, this.layout, layer, sums, scene, this.short);
    if (scene.fall > 0 && scene.fall < 1) this.drop(look, sums.value, scene.fall, row, column);
    canvas.dataset.place = `${row + 1} ${column + 1}`;
    canvas.dataset.value = String(sums.value);
    this.$(".sum").textContent = fill(data.text[sums.value === sums.total ? "kept" : "cut"], {
      n: sums.products.length,
      row: row + 1,
      column: column + 1,
      sum: this.number(sums.sum),
      bias: `${layer.biases[this.unit] < 0 ? "−" : "+"} ${this.number(Math.abs(layer.biases[this.unit]))}`,
      total: this.number(sums.total),
      value: this.number(sums.value),
    });
  }

  /**
   * The image, and the map as far as it is filled.
   * @type {(look: import("./convolution_draw.js").Look, scene: {filled: number, fall: number}) => void}
   */
  pictures({ pen, ink, font, tint, text }, scene) {
    const { image, map, side } = this.layout;
    const sheet = html("canvas", { width: this.places, height: this.places });
    const painted = penOf(sheet).createImageData(this.places, this.places);
    const last = scene.fall >= 1 ? Math.min(scene.filled, this.map.length - 1) : scene.filled - 1;
    for (let k = 0; k <= last; k++) {
      painted.data.set([...tint(this.map[k] / this.peak), 255], 4 * k);
    }
    penOf(sheet).putImageData(painted, 0, 0);
    pen.imageSmoothingEnabled = side < this.layer.side * 2;
    pen.drawImage(this.ground, image.x, image.y, side, side);
    pen.imageSmoothingEnabled = false;
    pen.drawImage(sheet, map.x, map.y, side, side);
    Object.assign(pen, { strokeStyle: ink, lineWidth: 1, globalAlpha: 0.35 });
    pen.strokeRect(image.x + 0.5, image.y + 0.5, side - 1, side - 1);
    pen.strokeRect(map.x + 0.5, map.y + 0.5, side - 1, side - 1);
    Object.assign(pen, { globalAlpha: 1, fillStyle: ink, font: `600 14px ${font}`, textAlign: "left" });
    pen.fillText(text.image, image.x, image.y - 8);
    pen.fillText(text.map, map.x, map.y - 8);
  }

  /**
   * The sum on its way from the products to its place.
   * @param {import("./convolution_draw.js").Look} look
   * @param {number} value
   * @param {number} fall
   * @param {number} row
   * @param {number} column
   */
  drop({ pen, ink, font, tint }, value, fall, row, column) {
    const { map, side, corner, table } = this.layout;
    const products = corner(2, this.layer.channels >> 1);
    const from = { x: products.x + table / 2, y: products.y + table / 2 };
    const cell = side / this.places;
    const t = fall * fall * (3 - 2 * fall);
    const x = from.x + t * (map.x + (column + 0.5) * cell - from.x);
    const y = from.y + t * (map.y + (row + 0.5) * cell - from.y) - 40 * Math.sin(Math.PI * t);
    const radius = 17 - 12 * t;
    pen.beginPath();
    pen.arc(x, y, radius, 0, 7);
    pen.fillStyle = `rgb(${tint(value / this.peak)})`;
    pen.fill();
    Object.assign(pen, { strokeStyle: ink, lineWidth: 1.5 });
    pen.stroke();
    if (radius < 11) return;
    Object.assign(pen, { fillStyle: value > 0.5 * this.peak ? "#fff" : ink, font: `600 11px ${font}` });
    pen.textAlign = "center";
    pen.fillText(this.number(value), x, y + 4);
  }

  /** The kernels to choose from; those of a colour image as the colours that they look for. */
  kernels() {
    const { data, layer, tint } = this;
    const length = layer.channels * layer.size ** 2;
    const box = this.$(".kernels");
    box.setAttribute("aria-label", data.text.kernels);
    box.replaceChildren(...data.names.map((name, unit) => {
      const small = html("canvas", { width: layer.size, height: layer.size });
      const image = penOf(small).createImageData(layer.size, layer.size);
      const weights = layer.kernels.subarray(unit * length, (unit + 1) * length);
      const most = weights.reduce((a, w) => Math.max(a, Math.abs(w)), 1e-6);
      for (let k = 0; k < layer.size ** 2; k++) {
        const shades = layer.channels === 3
          ? [0, 1, 2].map((c) => 128 + (127 * weights[c * layer.size ** 2 + k]) / most)
          : tint(weights[k] / most);
        image.data.set([...shades, 255], 4 * k);
      }
      penOf(small).putImageData(image, 0, 0);
      const look = { title: name, ariaLabel: name, onclick: () => this.take(unit) };
      return html("button", { type: "button", role: "radio", ...look }, small);
    }));
  }
  /** @param {number} unit */
  take(unit) {
    remember("kernel", unit === this.data.unit ? null : unit + 1);
    this.choose(unit);
  }

  /** @param {Payload} fresh */
  update(fresh) {
    const same = this.data?.film === fresh.film;
    this.data = fresh;
    this.tint = tints(fresh.colours, onDark(this.component));
    const style = getComputedStyle(this.component);
    this.ink = style.color;
    this.font = style.fontFamily;
    this.short = numbers(fresh.lang, 1);
    this.number = numbers(fresh.lang, 2);
    this.canvas.setAttribute("aria-label", fresh.text.alt);
    if (!same) {
      this.pixels = fresh.bytes
        ? Float32Array.from(octets(fresh.pixels), (v) => v / 255)
        : floats(fresh.pixels);
      this.layer = { ...fresh, kernels: floats(fresh.kernels), biases: floats(fresh.biases) };
      this.places = placesOf(this.layer);
      this.held = null;
    }
    this.kernels();
    this.resized.observe(this.canvas);
    this.choose(same ? this.unit : fresh.unit);
    this.draw();
  }
  stop() {
    this.resized.disconnect();
    this.player.stop();
  }
}

export default mount((root) => new ConvolutionView(root));
