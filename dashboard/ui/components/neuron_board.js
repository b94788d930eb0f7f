// @ts-check
// The board of one neuron: the plane in the colours of its answers, the points, the line, the arrow of the weights.

import { clamp, el, later, penOf, rgb, set, sigmoid, textAt, withChildren } from "./kit.js";
import { crossing, score, wrong } from "./neuron_plane.js";

/** @typedef {import("./neuron_plane.js").Weights} Weights */
/**
 * What the board shows: ``points`` [x, y, label], ``answer`` the line that answers, ``learning`` the one that
 * learns, ``before`` the one of the frame before, ``cause`` the point that moved it (-1: none), ``push`` what was
 * added to the weights, as a formula, and ``pushed`` the sign of its step, ``foot`` and ``scale`` where the arrow stands and how long a weight of one is drawn, ``mark`` the point looked at.
 * @typedef {{
 *   points: number[][], answer: Weights, learning: Weights | null, before: Weights | null, arrow: Weights,
 *   foot: number[] | null, scale: number, cause: number, mark: number, push: string, pushed: number,
 * }} Scene
 */

export const SIZE = 480; // of the board's own units
export const EDGE = { left: 46, right: 10, top: 10, bottom: 42 };
export const SIDE = SIZE - EDGE.left - EDGE.right; // equals SIZE - top - bottom: axes have one scale
export const SHADES = 48;

/** A point: a circle for the class 1, a square for -1.
 * @param {Element} parent
 * @param {number} x
 * @param {number} y
 * @param {number} label
 * @param {number} radius
 * @param {import("./kit.js").Attributes} attributes
 */
export const drawPoint = (parent, x, y, label, radius, attributes) =>
  label > 0 ? el("circle", { cx: x, cy: y, r: radius, ...attributes }, parent) : el(
    "rect",
    { x: x - radius * 0.9, y: y - radius * 0.9, width: radius * 1.8, height: radius * 1.8, ...attributes },
    parent,
  );

const arrowIn = (/** @type {Element} */ parent, /** @type {string} */ kind) => {
  const box = el("g", { class: kind }, parent);
  const name = el("text", { "font-weight": 700 }, box);
  return { box, name, shaft: el("line", {}, box), head: el("path", {}, box) };
};
/** Points an arrow, from one place of the drawing to another; its name stands beyond its head.
 * @type {(arrow: ReturnType<typeof arrowIn>, from: number[], to: number[]) => void}
 */
const aim = ({ shaft, head, name }, from, to) => {
  const [[x1, y1], [x2, y2]] = [from, to];
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const wing = (/** @type {number} */ turn) =>
    `${x2 - 10 * Math.cos(angle + turn)} ${y2 - 10 * Math.sin(angle + turn)}`;
  set(shaft, { x1, y1, x2, y2 });
  set(head, { d: `M${x2} ${y2}L${wing(0.45)}L${wing(-0.45)}Z` });
  set(name, { x: x2 + 13 * Math.cos(angle) - 4, y: y2 + 13 * Math.sin(angle) + 4 });
};

/** What is drawn on the plane, from the lowest to the highest. */
const layersIn = (/** @type {Element} */ inside) => ({
  witness: el("g", {}, inside),
  before: el("line", { class: "before" }, inside),
  learning: el("line", { class: "learning" }, inside),
  line: el("line", { class: "line" }, inside),
  marks: el("g", {}, inside),
  points: el("g", {}, inside),
  halo: el("circle", { class: "halo", r: 12 }, inside),
  pick: el("circle", { class: "pick", r: 11 }, inside),
  old: el("line", { class: "old" }, inside),
  arrow: arrowIn(inside, "arrow"),
  push: arrowIn(inside, "arrow push"),
  handles: ["foot", "tip"].map((name) =>
    el("circle", { class: "handle", r: 9, "data-handle": name }, inside)
  ),
});

const ring = (/** @type {SVGElement} */ node, /** @type {number[] | undefined} */ at) => {
  node.style.display = at ? "" : "none";
  if (at) set(node, { cx: at[0], cy: at[1] });
};

export class Board {
  /**
   * @param {SVGSVGElement} svg
   * @param {HTMLCanvasElement} shade
   */
  constructor(svg, shade) {
    this.svg = svg;
    this.shade = shade;
    this.layers = /** @type {ReturnType<typeof layersIn>} */ (later());
    this.radius = 5.5; // of a point
    this.data = /** @type {import("./neuron.js").Payload} */ (later());
  }

  get limit() {
    return this.data.limit;
  }
  /** @param {number} x */
  px(x) {
    return EDGE.left + ((x + this.limit) / (2 * this.limit)) * SIDE;
  }
  /** @param {number} y */
  py(y) {
    return EDGE.top + ((this.limit - y) / (2 * this.limit)) * SIDE;
  }
  /** The place in the plane under a pointer. @type {(event: MouseEvent) => number[]} */
  where(event) {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.svg.getScreenCTM()?.inverse());
    const { limit } = this;
    return [((at.x - EDGE.left) / SIDE) * 2 * limit - limit, limit - ((at.y - EDGE.top) / SIDE) * 2 * limit];
  }
  /** @param {number} label */
  colour(label) {
    return label > 0 ? this.data.colours.positive : this.data.colours.negative;
  }

  /**
   * Frame, axes and empty layers for a payload.
   * @type {(data: import("./neuron.js").Payload, format: (v: number) => string) => void}
   */
  stage(data, format) {
    this.data = data;
    const { svg, limit } = this;
    svg.replaceChildren();
    el("rect", { class: "frame", x: EDGE.left, y: EDGE.top, width: SIDE, height: SIDE }, svg);
    const clip = el("clipPath", { id: "inside" }, el("defs", {}, svg));
    el("rect", { x: EDGE.left, y: EDGE.top, width: SIDE, height: SIDE }, clip);
    const step = limit > 1.6 ? 1 : 0.5;
    const [bottom, left] = [this.py(-limit), this.px(-limit)];
    for (let v = -Math.floor(limit / step) * step; v <= limit; v += step) {
      const [x, y] = [this.px(v), this.py(v)];
      el("line", { class: "tick", x1: x, x2: x, y1: bottom, y2: bottom + 4 }, svg);
      el("line", { class: "tick", y1: y, y2: y, x1: left - 4, x2: left }, svg);
      textAt(svg, x, bottom + 17, format(v));
      textAt(svg, left - 8, y + 4, format(v), "end");
    }
    const middle = EDGE.top + SIDE / 2;
    textAt(svg, EDGE.left + SIDE / 2, SIZE - 6, data.axes[0]);
    textAt(svg, 12, middle, data.axes[1], "middle", { transform: `rotate(-90 12 ${middle})` });
    const inside = el("g", { "clip-path": "url(#inside)" }, svg);
    const layers = this.layers = layersIn(inside);
    layers.arrow.name.textContent = "w";
    for (const handle of layers.handles) handle.style.display = data.mode === "hand" ? "" : "none";
  }

  /** @param {number[][]} points */
  drawPoints(points) {
    const { layers, data } = this;
    this.radius = points.length > 150 ? 4 : 5.5;
    layers.points.replaceChildren();
    points.forEach(([x, y, label], i) =>
      drawPoint(layers.points, this.px(x), this.py(y), label, this.radius, {
        class: "point",
        fill: this.colour(label),
        stroke: "var(--st-background-color)",
        "stroke-width": 1.2,
        "data-point": i,
      })
    );
    layers.witness.replaceChildren();
    if (!data.meeting || data.mode === "hand") return;
    const [x, y] = [this.px(data.meeting[0]), this.py(data.meeting[1])];
    for (const i of data.around) {
      if (!points[i]) continue;
      const [x2, y2] = [this.px(points[i][0]), this.py(points[i][1])];
      el("line", { class: "hull", x1: x, y1: y, x2, y2 }, layers.witness);
    }
    el(
      "path",
      { class: "meeting", d: `M${x - 7} ${y}L${x} ${y - 7}L${x + 7} ${y}L${x} ${y + 7}Z` },
      layers.witness,
    );
  }

  /** @type {(line: SVGElement, weights: import("./neuron_plane.js").Weights | null) => void} */
  place(line, weights) {
    const ends = weights && crossing(weights, this.limit);
    line.style.display = ends ? "" : "none";
    if (!ends) return;
    const [[x1, y1], [x2, y2]] = ends;
    set(line, { x1: this.px(x1), y1: this.py(y1), x2: this.px(x2), y2: this.py(y2) });
  }

  /** @param {import("./neuron_plane.js").Weights} w */
  shading(w) {
    const { limit, data } = this;
    const context = penOf(this.shade);
    const image = context.createImageData(SHADES, SHADES);
    const most = Math.max(1e-9, limit * (Math.abs(w[0]) + Math.abs(w[1])) + Math.abs(w[2]));
    const inks = [data.colours.negative, data.colours.positive].map(rgb);
    const strength = {
      step: (/** @type {number} */ s) => (s === 0 ? 0 : Math.sign(s) * (0.3 + (0.7 * Math.abs(s)) / most)),
      identity: (/** @type {number} */ s) => clamp(s, -1, 1),
      sigmoid: (/** @type {number} */ s) => 2 * sigmoid(s) - 1,
    }[data.activation];
    for (let j = 0, k = 0; j < SHADES; j++) {
      for (let i = 0; i < SHADES; i++, k += 4) {
        const [x, y] = [((i + 0.5) / SHADES) * 2 * limit - limit, limit - ((j + 0.5) / SHADES) * 2 * limit];
        const v = strength(score(w, x, y));
        image.data.set(inks[v < 0 ? 0 : 1], k);
        image.data[k + 3] = 120 * Math.abs(v);
      }
    }
    context.putImageData(image, 0, 0);
  }

  /**
   * The arrow of the weights and, if a point has just moved them, the one that was added to the old.
   * @param {Scene} scene
   */
  arrow({ arrow: w, foot, scale, before, push, pushed }) {
    const { layers, limit } = this;
    const length = Math.hypot(w[0], w[1]);
    for (const { box } of [layers.arrow, layers.push]) box.style.display = length ? "" : "none";
    layers.old.style.display = "none";
    if (!length) return;
    let from = foot ?? [(-w[2] * w[0]) / length ** 2, (-w[2] * w[1]) / length ** 2];
    if (Math.max(Math.abs(from[0]), Math.abs(from[1])) > limit) {
      const ends = crossing(w, limit);
      from = ends ? [(ends[0][0] + ends[1][0]) / 2, (ends[0][1] + ends[1][1]) / 2] : [0, 0];
    }
    const tip = (/** @type {Weights} */ v) => [
      this.px(from[0] + v[0] * scale),
      this.py(from[1] + v[1] * scale),
    ];
    const [start, end] = [tip([0, 0, 0]), tip(w)];
    aim(layers.arrow, start, end);
    layers.handles.forEach((handle, k) => set(handle, { cx: [start, end][k][0], cy: [start, end][k][1] }));
    layers.old.style.display = before ? "" : "none";
    layers.push.box.style.display = before ? "" : "none";
    if (!before) return;
    // The old weights from the same foot; what was added to them leads to the new ones.
    const old = tip(before);
    set(layers.old, { x1: start[0], y1: start[1], x2: old[0], y2: old[1] });
    aim(layers.push, old, end);
    layers.push.name.textContent = push;
    // Beside its middle, on the side away from the weights.
    const side =
      Math.sign((end[0] - old[0]) * (start[1] - old[1]) - (end[1] - old[1]) * (start[0] - old[0])) || 1;
    const long = Math.hypot(end[0] - old[0], end[1] - old[1]) || 1;
    const [dx, dy] = [(side * (end[1] - old[1])) / long, (-side * (end[0] - old[0])) / long];
    set(layers.push.name, {
      x: (old[0] + end[0]) / 2 + 12 * dx,
      y: (old[1] + end[1]) / 2 + 12 * dy + 4,
      "text-anchor": Math.abs(dx) < 0.4 ? "middle" : dx > 0 ? "start" : "end",
    });
    set(layers.push.box, { style: `--push: ${this.colour(pushed)}` });
  }

  /** Draws what changes; gives how many points are on the wrong side. @param {Scene} scene */
  draw(scene) {
    const { points, answer, learning, before, cause, mark } = scene;
    const { layers } = this;
    this.shading(answer);
    this.place(layers.line, answer);
    this.place(layers.learning, learning);
    this.place(layers.before, before);
    this.arrow(scene);
    const at = (/** @type {number} */ i) => points[i] && [this.px(points[i][0]), this.py(points[i][1])];
    ring(layers.halo, at(cause));
    ring(layers.pick, at(mark));
    // A ring round each point on the wrong side: its own colour stays to be seen.
    const missed = points.filter((p) => wrong(answer, p));
    const rings = layers.marks;
    withChildren(rings, missed.length, () => el("circle", { class: "wrong", r: this.radius + 3.5 }));
    missed.forEach(([x, y], i) => set(rings.children[i], { cx: this.px(x), cy: this.py(y) }));
    this.svg.dataset.drawn = String(Number(this.svg.dataset.drawn ?? 0) + 1);
    return missed.length;
  }
}
