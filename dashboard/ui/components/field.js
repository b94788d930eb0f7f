// @ts-check
// A drawing of the visitor's, a network that learns on it in the browser, and the field of arrows that it has
// learned: points are carried from noise to the drawing, forwards and backwards in time.

import { clamp, counters, fill, finder, html, later, mount, numbers, rgb, withIcon } from "./kit.js";
import { EXAMPLES } from "./field_examples.js";
import { carried, chance, Learner, normal, PARAMETERS, spread, STEPS, velocity } from "./flow_learning.js";
import { onDark } from "./maps.js";
import { sharp } from "./motion.js";
import { filmPlayer } from "./player.js";

/**
 * @typedef {{
 *   lang: string, text: import("./player.js").Texts & {examples: Record<string, string>}, example: string,
 *   start: number | null,
 * }} Payload
 */

const REACH = 2.2; // the sheet shows places from minus this to this
const [PARTICLES, PREVIEWED] = [600, 200];
const [MOMENTS, ROUGH] = [60, 8]; // steps from noise to drawing: of the film, of a preview
const POINTS = 800; // taken along the drawing
const ARROWS = 17; // along a side
const BUSY = 12; // milliseconds of learning between two pictures
const TRAIL = 5; // moments that a particle's trail is long

/** From the plane to the canvas. @typedef {(v: number) => number} Scale */

class FieldView {
  data = /** @type {Payload} */ (later());
  strokes = /** @type {number[][][]} */ ([]);
  own = false; // the visitor has drawn
  stroke = /** @type {{id: number, points: number[][]} | null} */ (null);
  learner = /** @type {Learner | null} */ (null);
  noise = normal(2 * PARTICLES, chance(7));
  frames = /** @type {Float32Array[]} */ ([]); // where the particles are at each moment
  seed = 1;
  films = 0;
  at = 0;
  timer = 0;
  dark = false;
  calm = matchMedia("(prefers-reduced-motion: reduce)");

  /** @param {ShadowRoot} root */
  constructor(root) {
    this.component = finder(root)(".component");
    this.component.classList.add("field");
    this.component.innerHTML = `
      <div class="left"><canvas class="sheet" role="img"></canvas><div class="transport"></div></div>
      <div class="panel">
        <div class="tools"></div>
        <p class="state" role="status"></p>
        <div class="counters"></div>
        <p class="how"></p>
      </div>`;
    this.$ = finder(this.component);
    this.canvas = this.$("canvas");
    this.player = filmPlayer({
      param: "moment",
      onFrame: (frame, share) => {
        this.at = frame + share;
        if (this.frames.length) this.draw();
      },
    });
    this.$(".transport").append(this.player.element);
    this.listen();
    new ResizeObserver(() => this.data && this.draw()).observe(this.component);
  }

  // ------------------------------------------------------------------ the drawing

  listen() {
    const { canvas } = this;
    const where = (/** @type {PointerEvent} */ event) => {
      const box = canvas.getBoundingClientRect();
      const place = [(event.clientX - box.x) / box.width, 1 - (event.clientY - box.y) / box.height];
      return place.map((v) => clamp((2 * v - 1) * REACH, -REACH, REACH));
    };
    canvas.onpointerdown = (event) => {
      if (event.button || this.stroke) return;
      canvas.setPointerCapture(event.pointerId);
      if (!this.own) this.strokes = [];
      this.own = true;
      this.halt();
      this.stroke = { id: event.pointerId, points: [where(event)] };
      this.strokes = [...this.strokes, this.stroke.points];
      this.draw();
    };
    canvas.onpointermove = (event) => {
      if (this.stroke?.id !== event.pointerId) return;
      const events = event.getCoalescedEvents?.() ?? [];
      this.stroke.points.push(...(events.length ? events : [event]).map(where));
      this.draw();
    };
    canvas.onpointerup = canvas.onpointercancel = (event) => {
      if (this.stroke?.id !== event.pointerId) return;
      this.stroke = null;
      this.learn();
    };
  }
  tools() {
    const { text } = this.data;
    const button = (
      /** @type {string} */ name,
      /** @type {string} */ label,
      /** @type {() => void} */ press,
    ) => {
      const made = html("button", { type: "button", onclick: press }, label);
      made.dataset.name = name;
      return made;
    };
    const again = button("again", "", () => this.learn());
    withIcon(again, "dice", text.again);
    this.$(".tools").replaceChildren(
      ...Object.keys(EXAMPLES).map((name) => button(name, text.examples[name], () => this.show(name))),
      again,
    );
  }
  /** @param {string} name of an example */
  show(name) {
    [this.strokes, this.own] = [EXAMPLES[name], false];
    this.learn();
  }

  // ------------------------------------------------------------------ learning

  halt() {
    cancelAnimationFrame(this.timer);
    this.timer = 0;
    [this.learner, this.frames] = [null, []];
    this.player.load({ film: "", count: 1, words: this.data.text.player });
  }
  learn() {
    this.halt();
    this.learner = new Learner(spread(this.strokes, POINTS), this.seed++);
    this.go();
  }
  /** Learns for a while, shows where it stands, and goes on with the next picture. */
  go() {
    const { learner } = this;
    if (!learner || this.timer || this.frames.length) return;
    const tick = () => {
      const until = performance.now() + BUSY;
      while (!learner.done && performance.now() < until) learner.step();
      if (learner.done) return this.finish(learner);
      if (this.calm.matches) this.tell();
      else this.draw();
      this.timer = requestAnimationFrame(tick);
    };
    this.timer = requestAnimationFrame(tick);
  }
  finish(/** @type {Learner} */ learner) {
    this.timer = 0;
    this.frames = carried(learner.weights, this.noise, MOMENTS);
    this.films += 1;
    // A link opens the first film at its moment.
    this.load(this.films === 1 ? this.data.start : null);
    this.canvas.dataset.learned = String(this.films);
    this.draw();
  }
  load(/** @type {number | null} */ still = null) {
    const { text } = this.data;
    this.player.load({
      film: `film${this.films}`,
      count: MOMENTS + 1,
      words: text.player,
      next: text.next,
      still,
    });
  }

  // ------------------------------------------------------------------ drawing

  draw() {
    const { context: pen, width } = sharp(this.canvas);
    if (!width || !this.data) return;
    const { learner, frames, at } = this;
    const px = (/** @type {number} */ x) => ((x / REACH + 1) / 2) * width;
    const py = (/** @type {number} */ y) => ((1 - y / REACH) / 2) * width;
    pen.clearRect(0, 0, width, width);
    this.drawing(pen, px, py, width);
    if (learner) {
      const time = frames.length ? at / MOMENTS : learner.steps / STEPS;
      this.arrows(pen, px, py, width, learner.weights, time);
      if (frames.length) this.particles(pen, px, py, at);
      else this.preview(pen, px, py, learner.weights);
    }
    this.tell();
  }
  /** @type {(pen: CanvasRenderingContext2D, px: Scale, py: Scale, width: number) => void} */
  drawing(pen, px, py, width) {
    const ink = this.dark ? "rgba(232,237,243," : "rgba(18,25,34,";
    pen.strokeStyle = this.learner ? `${ink}0.13)` : `${ink}0.85)`;
    Object.assign(pen, {
      lineWidth: width * (this.learner ? 0.03 : 0.012),
      lineCap: "round",
      lineJoin: "round",
    });
    for (const stroke of this.strokes) {
      pen.beginPath();
      for (const [x, y] of [...stroke, stroke[stroke.length - 1]]) pen.lineTo(px(x), py(y));
      pen.stroke();
    }
  }
  /**
   * The field at a moment: an arrow's length and strength are its speed.
   * @param {CanvasRenderingContext2D} pen
   * @param {Scale} px
   * @param {Scale} py
   * @param {number} width
   * @param {Float32Array} weights
   * @param {number} time
   */
  arrows(pen, px, py, width, weights, time) {
    const places = new Float32Array(2 * ARROWS ** 2);
    for (let k = 0; k < ARROWS ** 2; k++) {
      places[2 * k] = (((k % ARROWS) + 0.5) / ARROWS * 2 - 1) * REACH;
      places[2 * k + 1] = ((Math.floor(k / ARROWS) + 0.5) / ARROWS * 2 - 1) * REACH;
    }
    const v = velocity(weights, places, Math.min(time, 0.99));
    const cell = width / ARROWS;
    const [r, g, b] = rgb(this.dark ? "#a3b0c0" : "#5b6675");
    pen.lineWidth = Math.max(1.4, width / 330);
    for (let k = 0; k < ARROWS ** 2; k++) {
      const [vx, vy] = [v[2 * k], -v[2 * k + 1]];
      const speed = Math.hypot(vx, vy);
      const reach = cell * 0.92 * Math.tanh(speed / 2);
      const [dx, dy] = [(vx / (speed || 1)) * reach, (vy / (speed || 1)) * reach];
      const [x, y] = [px(places[2 * k]) - dx / 2, py(places[2 * k + 1]) - dy / 2];
      const turn = Math.atan2(dy, dx);
      pen.strokeStyle = `rgba(${r},${g},${b},${0.25 + 0.6 * Math.tanh(speed / 2)})`;
      pen.beginPath();
      pen.moveTo(x, y);
      pen.lineTo(x + dx, y + dy);
      for (const side of [-1, 1]) {
        pen.moveTo(x + dx, y + dy);
        const wing = turn + Math.PI + side * 0.5;
        pen.lineTo(x + dx + 0.3 * reach * Math.cos(wing), y + dy + 0.3 * reach * Math.sin(wing));
      }
      pen.stroke();
    }
  }
  /**
   * The particles of the film, each with the way that it has just come.
   * @type {(pen: CanvasRenderingContext2D, px: Scale, py: Scale, at: number) => void}
   */
  particles(pen, px, py, at) {
    const { frames, dark } = this;
    const [now, share] = [Math.floor(at), at % 1];
    const next = frames[Math.min(now + 1, MOMENTS)];
    const place = (/** @type {number} */ i) => frames[now][i] + share * (next[i] - frames[now][i]);
    pen.strokeStyle = dark ? "rgba(255,255,255,.3)" : "rgba(18,25,34,.25)";
    pen.lineWidth = 1.2;
    pen.beginPath();
    for (let k = 0; k < PARTICLES; k++) {
      pen.moveTo(px(place(2 * k)), py(place(2 * k + 1)));
      for (let back = 0; back < TRAIL && now - back >= 0; back++) {
        pen.lineTo(px(frames[now - back][2 * k]), py(frames[now - back][2 * k + 1]));
      }
    }
    pen.stroke();
    this.dots(pen, px, py, PARTICLES, place);
  }
  /**
   * Where a few would end with the weights of this moment.
   * @type {(pen: CanvasRenderingContext2D, px: Scale, py: Scale, weights: Float32Array) => void}
   */
  preview(pen, px, py, weights) {
    const ends = carried(weights, this.noise.subarray(0, 2 * PREVIEWED), ROUGH)[ROUGH];
    this.dots(pen, px, py, PREVIEWED, (i) => ends[i]);
  }
  /**
   * @param {CanvasRenderingContext2D} pen
   * @param {Scale} px
   * @param {Scale} py
   * @param {number} count
   * @param {(i: number) => number} place coordinate by coordinate
   */
  dots(pen, px, py, count, place) {
    pen.fillStyle = this.dark ? "#7fbcf5" : "#1a62ab"; // of the frame
    pen.beginPath();
    for (let k = 0; k < count; k++) {
      const [x, y] = [px(place(2 * k)), py(place(2 * k + 1))];
      pen.moveTo(x + 2.2, y);
      pen.arc(x, y, 2.2, 0, 7);
    }
    pen.fill();
  }

  tell() {
    const { data: { text, lang }, learner, frames, at } = this;
    const whole = numbers(lang, 0);
    const state = !learner ? text.drawing : frames.length ? text.learned : text.learning;
    this.$(".state").textContent = fill(state, { n: whole(STEPS) });
    counters(this.$(".counters"), [
      [text.steps, `${whole(learner?.steps ?? 0)} / ${whole(STEPS)}`],
      [text.loss, learner && !Number.isNaN(learner.loss) ? numbers(lang, 2)(learner.loss) : "–"],
      [text.time, frames.length ? numbers(lang, 2)(at / MOMENTS) : "–"],
    ]);
  }

  /** @param {Payload} fresh */
  update(fresh) {
    const first = !this.data;
    this.data = fresh;
    this.dark = onDark(this.component);
    const { text, lang } = fresh;
    this.canvas.setAttribute("aria-label", text.alt);
    this.$(".how").textContent = fill(text.how, { parameters: numbers(lang, 0)(PARAMETERS) });
    this.tools();
    if (first) this.show(fresh.example);
    else if (this.frames.length) {
      this.load();
      this.draw();
    } else this.go();
  }
  stop() {
    cancelAnimationFrame(this.timer);
    this.timer = 0;
    this.player.stop();
  }
}

export default mount((root) => new FieldView(root));
