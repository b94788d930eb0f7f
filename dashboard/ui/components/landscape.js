// @ts-check
// A slice of the loss as a landscape: the descent's path on it, and what the network answers at each of its steps.

import { features, forward } from "./engine.js";
import { counters, fill, filmAt, finder, floats, later, mount, numbers, penOf } from "./kit.js";
import { drawAnswer, examples, mapPlaces, onDark } from "./maps.js";
import { sharp } from "./motion.js";
import { filmPlayer } from "./player.js";
import { drawRelief, heightAt, seenFrom } from "./relief.js";

/**
 * ``loss`` side x side and ``path`` (frames, 2) from -1 to 1, float32 as base64; higher ground than ``cut`` is flat.
 * @typedef {import("./network.js").Payload & {loss: string, side: number, cut: number, path: string}} Payload
 */

const FIRST = 0.7; // radians that the square is turned at first

class LandscapeView {
  data = /** @type {Payload} */ (later());
  heights = new Float32Array();
  path = new Float32Array();
  film = new Float32Array();
  curves = /** @type {Float32Array[]} */ ([]);
  sets = /** @type {import("./maps.js").Examples[]} */ ([]);
  grid = /** @type {Float32Array[]} */ ([]);
  ground = document.createElement("canvas"); // the surface as it is turned now
  turned = FIRST;
  at = 0; // frame and share of the way to the next
  dark = false;

  /** @param {ShadowRoot} root */
  constructor(root) {
    this.component = finder(root)(".component");
    this.component.classList.add("landscape");
    this.component.innerHTML = `
      <div class="panel"><canvas class="relief" role="img"></canvas>
        <label><span></span><input type="range" min="-3.14" max="3.14" step="0.02"></label></div>
      <div class="beside"><canvas class="answer" role="img"></canvas><div class="counters"></div></div>
      <div class="transport"></div>`;
    this.$ = finder(this.component);
    this.canvas = this.$(".relief", HTMLCanvasElement);
    this.answer = /** @type {import("./maps.js").Answer} */ (this.$(".answer", HTMLCanvasElement));
    this.player = filmPlayer({
      param: "epoch",
      place: (at) => this.data.epochs[at],
      onFrame: (frame, share) => {
        this.at = frame + share;
        this.draw();
      },
    });
    this.$(".transport").append(this.player.element);
    const range = this.$("label input", HTMLInputElement);
    range.value = String(FIRST);
    range.oninput = () => this.turnTo(Number(range.value));
    this.canvas.onpointerdown = (event) => this.canvas.setPointerCapture(event.pointerId);
    this.canvas.onpointermove = (event) => {
      if (!this.canvas.hasPointerCapture(event.pointerId)) return;
      this.turnTo(this.turned + event.movementX / 150);
      range.value = String(Math.atan2(Math.sin(this.turned), Math.cos(this.turned)));
    };
    new ResizeObserver(() => this.fit()).observe(this.component);
  }

  turnTo(/** @type {number} */ angle) {
    this.turned = angle;
    this.surface();
    this.draw();
  }
  fit() {
    if (!this.data || !this.canvas.clientWidth) return;
    this.answer.side = undefined;
    this.surface();
    this.draw();
  }
  /** The ground, kept until it is turned: the film moves on it many times a second. */
  surface() {
    const { width, height } = sharp(this.canvas);
    if (!width) return;
    Object.assign(this.ground, { width: this.canvas.width, height: this.canvas.height });
    const pen = penOf(this.ground);
    pen.scale(this.canvas.width / width, this.canvas.height / height);
    drawRelief(pen, this.heights, this.data.side, seenFrom(this.turned, width, height));
  }

  draw() {
    const { data, path, heights } = this;
    if (!data || !this.ground.width) return;
    const { context: pen, width, height } = sharp(this.canvas);
    const project = seenFrom(this.turned, width, height);
    pen.clearRect(0, 0, width, height);
    pen.drawImage(this.ground, 0, 0, width, height);
    const place = (/** @type {number} */ k) => {
      const [now, share] = [Math.floor(k), k % 1];
      const next = Math.min(now + 1, path.length / 2 - 1);
      const [x, y] = [0, 1].map((c) => path[2 * now + c] + share * (path[2 * next + c] - path[2 * now + c]));
      return project(x, y, heightAt(heights, data.side, x, y));
    };
    const last = path.length / 2 - 1;
    this.track(pen, Array.from({ length: last + 1 }, (_, k) => place(k)), "rgba(255,255,255,.45)", 2);
    const walked = Array.from({ length: Math.floor(this.at) + 1 }, (_, k) => place(k));
    this.track(pen, [...walked, place(this.at)], "#fff", 3.5);
    this.flag(pen, place(0), data.text.from, height);
    this.flag(pen, place(last), data.text.to, height);
    const [x, y] = place(this.at);
    pen.beginPath();
    pen.arc(x, y - 7, 8, 0, 7);
    Object.assign(pen, { fillStyle: "#fff", strokeStyle: "#121922", lineWidth: 2.5 });
    pen.fill();
    pen.stroke();
    this.tell();
  }
  /** @type {(pen: CanvasRenderingContext2D, places: number[][], ink: string, wide: number) => void} */
  track(pen, places, ink, wide) {
    pen.lineJoin = "round";
    for (const [style, width] of [["rgba(10,20,30,.6)", wide + 2], [ink, wide]]) {
      pen.beginPath();
      for (const [x, y] of places) pen.lineTo(x, y);
      Object.assign(pen, { strokeStyle: style, lineWidth: width });
      pen.stroke();
    }
  }
  /** @type {(pen: CanvasRenderingContext2D, place: number[], name: string, height: number) => void} */
  flag(pen, place, name, height) {
    const [x, y] = place;
    const style = getComputedStyle(this.component);
    Object.assign(pen, { font: `600 14px ${style.fontFamily}`, textAlign: "center", lineWidth: 4 });
    Object.assign(pen, {
      strokeStyle: this.dark ? "#11161d" : "#fff",
      fillStyle: this.dark ? "#fff" : "#121922",
    });
    const below = Math.min(y + 26, height - 6);
    pen.strokeText(name, x, below);
    pen.fillText(name, x, below);
  }
  /** What the network answers there, and its loss. */
  tell() {
    const { data, at } = this;
    const [frame, share] = [Math.floor(at), at % 1];
    const weights = filmAt(this.film, this.film.length / data.epochs.length, frame, share);
    const outputs = forward(weights, data.sizes, data.activation, this.grid)[data.sizes.length - 1];
    drawAnswer(this.answer, { ...data, dark: this.dark }, weights, outputs, this.sets);
    const epoch = Math.round(
      data.epochs[frame] + (share ? share * (data.epochs[frame + 1] - data.epochs[frame]) : 0),
    );
    const loss = numbers(data.lang, 3)(this.curves[0][epoch]);
    const written = numbers(data.lang, 0)(epoch);
    counters(this.$(".counters"), [[data.text.epoch, written], [data.text.train_loss, loss]]);
    this.canvas.setAttribute("aria-label", fill(data.text.relief_alt, { epoch: written, loss }));
    const percent = new Intl.NumberFormat(data.lang, { style: "percent", maximumFractionDigits: 1 });
    const score = (data.task === "values" ? numbers(data.lang, 2) : percent.format)(this.curves[3][epoch]);
    this.answer.setAttribute("aria-label", fill(data.text.describe, { epoch: written, score }));
    this.canvas.dataset.loss = String(this.curves[0][epoch]);
  }

  /** @param {Payload} fresh */
  update(fresh) {
    this.data = fresh;
    this.dark = onDark(this.component);
    this.heights = floats(fresh.loss).map((v) => v / fresh.cut);
    [this.path, this.film] = [fresh.path, fresh.weights].map(floats);
    this.curves = fresh.curves.map(floats);
    this.sets = [fresh.train, fresh.test].map(examples);
    this.grid = features(mapPlaces(fresh.extent), fresh.inputs);
    this.$("label span").textContent = fresh.text.turn;
    this.at = Math.min(this.at, fresh.epochs.length - 1);
    this.fit();
    const away = fresh.epochs.map((epoch) => Math.abs(epoch - (fresh.start ?? 0)));
    this.player.load({
      film: fresh.film_id,
      count: fresh.epochs.length,
      start: fresh.start === null ? null : away.indexOf(Math.min(...away)),
      words: fresh.text.player,
      next: fresh.text.next,
    });
  }
  stop() {
    this.player.stop();
  }
}

export default mount((root) => new LandscapeView(root));
