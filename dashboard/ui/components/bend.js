// @ts-check
// The squared paper and the points on it, carried from layer to layer: the film moves them from one to the next.

import { el, fill, filmAt, finder, floats, later, legendEntry, mount, penOf } from "./kit.js";
import { onDark, tints } from "./maps.js";
import { filmPlayer } from "./player.js";

/**
 * Float32 as base64, each stage within the square from -1 to 1: ``paper`` (stages, lines, steps, 2), ``points``
 * (stages, n, 2), ``line`` (stages, 2, 2) its two ends. ``targets`` (n,) are class numbers, or values if ``names`` holds
 * one name only; the last ``tested`` points are for testing.
 * @typedef {{
 *   lang: string, text: import("./player.js").Texts, stages: string[], paper: string, lines: number, points: string,
 *   line: string | null, targets: string, tested: number, names: string[], film_id: string, start: number | null,
 *   colours: import("./maps.js").Run["colours"],
 * }} Payload
 */

const SIZE = 560; // pixels of the drawing on a side, before the screen's own
const MARGIN = 0.94; // of the half side, for what lies at 1
const RADIUS = 3.6;

// Classes are told apart by shape too: [x, y, …] around the place, or a circle.
const SHAPES = [
  [-0.9, -0.9, 0.9, -0.9, 0.9, 0.9, -0.9, 0.9],
  null,
  [0, -1.3, 1.3, 0, 0, 1.3, -1.3, 0],
  [0, -1.3, 1.2, 0.9, -1.2, 0.9],
  "-1.3 -0.4 -0.4 -0.4 -0.4 -1.3 0.4 -1.3 0.4 -0.4 1.3 -0.4 1.3 0.4 0.4 0.4 0.4 1.3 -0.4 1.3 -0.4 0.4 -1.3 0.4"
    .split(" ").map(Number),
];
const outline = (/** @type {number} */ label) => SHAPES[label % SHAPES.length];

class BendView {
  data = /** @type {Payload} */ (later());
  paper = new Float32Array();
  points = new Float32Array();
  line = /** @type {Float32Array | null} */ (null);
  targets = new Float32Array();
  dark = false;
  at = 0;

  /** @param {ShadowRoot} root */
  constructor(root) {
    this.component = finder(root)(".component");
    this.component.classList.add("bend");
    this.component.innerHTML = `<b class="now"></b>
      <div class="stage"><canvas role="img"></canvas></div>
      <div class="transport"></div><div class="axes"><span></span><span></span></div><div class="legend"></div>`;
    this.$ = finder(this.component);
    this.canvas = this.$("canvas");
    const sharp = Math.min(2, window.devicePixelRatio || 1);
    this.canvas.width = this.canvas.height = SIZE * sharp;
    this.pen = penOf(this.canvas);
    this.pen.setTransform(
      (SIZE * sharp * MARGIN) / 2,
      0,
      0,
      (-SIZE * sharp * MARGIN) / 2,
      (SIZE * sharp) / 2,
      (SIZE * sharp) / 2,
    );
    this.player = filmPlayer({ param: "stage", onFrame: (frame, share) => this.turn(frame + share) });
    this.$(".transport").append(this.player.element);
  }

  /** @param {number} at */
  turn(at) {
    this.at = at;
    this.draw();
  }
  /** Places [x, y, …] between two stages. */
  between(/** @type {Float32Array} */ film) {
    return filmAt(film, film.length / this.data.stages.length, Math.floor(this.at), this.at % 1);
  }

  draw() {
    const { pen, data, dark, canvas } = this;
    const unit = 2 / (SIZE * MARGIN); // of a pixel
    canvas.dataset.drawn = String(Number(canvas.dataset.drawn ?? 0) + 1);
    pen.clearRect(-2, -2, 4, 4);
    const muted = dark ? "#a3b0c0" : "#5b6675";
    Object.assign(pen, { strokeStyle: muted, lineWidth: unit, globalAlpha: 0.5 });
    const paper = this.between(this.paper);
    const steps = paper.length / data.lines / 2;
    for (let l = 0; l < data.lines; l++) {
      pen.beginPath();
      for (let i = l * steps; i < (l + 1) * steps; i++) pen.lineTo(paper[2 * i], paper[2 * i + 1]);
      pen.stroke();
    }
    pen.globalAlpha = 0.9;
    this.dots(this.between(this.points), unit);
    pen.globalAlpha = 1;
    if (this.line) {
      const [x1, y1, x2, y2] = this.between(this.line);
      Object.assign(pen, { strokeStyle: dark ? "#e8edf3" : "#121922", lineWidth: 3 * unit });
      pen.beginPath();
      pen.moveTo(x1, y1);
      pen.lineTo(x2, y2);
      pen.stroke();
    }
    this.$(".now").textContent = data.stages[Math.round(this.at)];
    canvas.setAttribute("aria-label", `${data.text.alt} ${data.stages[Math.round(this.at)]}`);
  }
  /**
   * @param {Float32Array} places
   * @param {number} unit of a pixel
   */
  dots(places, unit) {
    const { pen, data, targets, dark } = this;
    const paper = dark ? "#11161d" : "#ffffff";
    const learnt = targets.length - data.tested;
    // Test points, which are hollow, below.
    for (const test of [true, false]) {
      for (let i = test ? learnt : 0; i < (test ? targets.length : learnt); i++) {
        const ink = this.ink(targets[i]);
        const shape = data.names.length > 1 ? outline(targets[i]) : null;
        const [x, y] = [places[2 * i], places[2 * i + 1]];
        pen.beginPath();
        if (!shape) pen.arc(x, y, RADIUS * unit, 0, 7);
        else {for (let k = 0; k < shape.length; k += 2) {
            pen.lineTo(x + RADIUS * unit * shape[k], y - RADIUS * unit * shape[k + 1]);
          }}
        pen.closePath();
        Object.assign(pen, {
          fillStyle: test ? paper : ink,
          strokeStyle: test ? ink : paper,
          lineWidth: (test ? 1.6 : 0.8) * unit,
        });
        pen.fill();
        pen.stroke();
      }
    }
  }
  /** The colour of a class, or of a value from -1 to 1. @type {(target: number) => string} */
  ink(target) {
    const { colours, names } = this.data;
    if (names.length > 1) return colours.classes[target];
    const least = 0.1; // 0 itself could not be seen on the page
    return `rgb(${tints(colours, this.dark)((target < 0 ? -1 : 1) * Math.max(least, Math.abs(target)))})`;
  }

  legend() {
    const { names, colours, text } = this.data;
    const box = this.$(".legend");
    /** @type {(parent: Element, label: number, attributes: import("./kit.js").Attributes) => void} */
    const figure = (parent, label, attributes) => {
      const shape = outline(label);
      const d = shape?.map((v, k) => `${k ? (k % 2 ? " " : "L") : "M"}${8 + 5 * v}`).join("");
      if (shape) el("path", { d: `${d}Z`, ...attributes }, parent);
      else el("circle", { cx: 8, cy: 8, r: 5, ...attributes }, parent);
    };
    /** @type {(name: string, label: number, attributes: import("./kit.js").Attributes) => HTMLSpanElement} */
    const entry = (name, label, attributes) => legendEntry(name, (icon) => figure(icon, label, attributes));
    const learnt = names.length > 1 ? names.map((name, k) => entry(name, k, { fill: colours.classes[k] })) : [
      entry(fill(text.minus, { name: names[0] }), 1, { fill: colours.negative }),
      entry(fill(text.plus, { name: names[0] }), 1, { fill: colours.positive }),
    ];
    const hollow = { fill: "none", stroke: "currentColor", "stroke-width": 1.8 };
    box.replaceChildren(...learnt, entry(text.test_points, 1, hollow));
  }

  /** @param {Payload} fresh */
  update(fresh) {
    this.data = fresh;
    this.dark = onDark(this.component);
    this.paper = floats(fresh.paper);
    this.points = floats(fresh.points);
    this.line = fresh.line ? floats(fresh.line) : null;
    this.targets = floats(fresh.targets);
    const { text } = fresh;
    const [first, second] = [...this.$(".axes").children];
    [first.textContent, second.textContent] = [`→ ${text.first_axis}`, `↑ ${text.second_axis}`];
    this.legend();
    this.at = Math.min(this.at, fresh.stages.length - 1);
    this.player.load({
      film: fresh.film_id,
      count: fresh.stages.length,
      start: fresh.start,
      words: text.player,
      next: text.next,
    });
    this.$(".transport").classList.toggle("hidden", fresh.stages.length < 2);
  }
  stop() {
    this.player.stop();
  }
}

export default mount((root) => new BendView(root));
