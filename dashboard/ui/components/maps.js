// @ts-check
// Maps of the plane and examples on them: what every view of a network shows.

import { clamp, floats, html, isLight, numbers, penOf, rgb } from "./kit.js";
import { decide, features, forward } from "./engine.js";

/**
 * Points [x, y, …] and their targets, float32 as base64.
 * @typedef {{points: string, targets: string}} Packed
 * @typedef {{points: Float32Array, targets: number[]}} Examples
 * A network and the square that it answers on.
 * @typedef {{
 *   sizes: number[], inputs: string[], activation: string, task: "classes" | "values", extent: number, curve: boolean,
 *   colours: Colours & {classes: string[]},
 * }} Run
 * What stands for 1, for -1 and, on a light and on a dark page, for 0.
 * @typedef {{positive: string, negative: string, neutral: [light: string, dark: string]}} Colours
 * @typedef {(place: number) => [ink: number[], strength: number]} Inks
 * @typedef {HTMLCanvasElement & {side?: number}} Answer where it is drawn, and its side as last measured
 */

export const GRID = 56; // places along a side of the maps
const PLACES = GRID * GRID;

// Light text: a dark page. Asked once a run, not once a frame: it makes the browser work out all styles.
export const onDark = (/** @type {Element} */ node) => isLight(getComputedStyle(node).color);

export const mapPlaces = (/** @type {number} */ extent) => {
  const places = new Float32Array(2 * PLACES);
  for (let i = 0; i < PLACES; i++) {
    places[2 * i] = (((i % GRID) + 0.5) / GRID) * 2 * extent - extent;
    places[2 * i + 1] = extent - ((Math.floor(i / GRID) + 0.5) / GRID) * 2 * extent;
  }
  return places;
};

/** What gives a number from -1 to 1 its colour, over the theme's neutral.
 * @type {(colours: Colours, dark: boolean) => (value: number) => number[]}
 */
export const tints = ({ negative, neutral, positive }, dark) => {
  const [minus, ground, plus] = [negative, neutral[dark ? 1 : 0], positive].map(rgb);
  return (/** @type {number} */ value) => {
    const [end, strength] = [value < 0 ? minus : plus, Math.min(1, Math.abs(value))];
    return ground.map((v, k) => Math.round(v + strength * (end[k] - v)));
  };
};

/** @returns {Examples} */
export const examples = (/** @type {Packed} */ { points, targets }) => ({
  points: floats(points),
  targets: Array.from(floats(targets)),
});

// colourAt gives each place an ink and its strength, 0 to 1, over the theme's neutral.
/** @type {(canvas: HTMLCanvasElement, colourAt: Inks, colours: Colours, dark: boolean) => void} */
export const paintMap = (canvas, colourAt, colours, dark) => {
  const context = penOf(canvas);
  const image = context.createImageData(GRID, GRID);
  const neutral = rgb(colours.neutral[dark ? 1 : 0]);
  for (let i = 0; i < PLACES; i++) {
    const [ink, strength] = colourAt(i);
    for (let c = 0; c < 3; c++) image.data[4 * i + c] = neutral[c] + (ink[c] - neutral[c]) * strength;
    image.data[4 * i + 3] = 255;
  }
  context.putImageData(image, 0, 0);
};
/**
 * The answer at every place.
 * @type {(outputs: import("./engine.js").Layer, task: string, colours: Run["colours"]) => Inks}
 */
export const answerInks = (outputs, task, colours) => {
  const [minus, plus] = [colours.negative, colours.positive].map(rgb);
  const classes = colours.classes.map(rgb);
  const chance = 1 / outputs.length;
  return (i) => {
    const [best, v] = decide(outputs, task, i);
    if (outputs.length > 1) return [classes[best], Math.max(0.08, (v - chance) / (1 - chance)) * 0.6];
    return [v < 0 ? minus : plus, Math.abs(v) * 0.6];
  };
};

/** What one neuron gives at every place: the strongest in full colour, of an activation with limits at least one.
 * @param {Float32Array} values
 * @param {string} activation
 * @param {Colours} colours
 * @param {number} [full] the strength of the strongest
 * @returns {Inks}
 */
export const neuronInks = (values, activation, colours, full = 1) => {
  let most = activation === "tanh" || activation === "sigmoid" ? 1 : 1e-6;
  for (const v of values) most = Math.max(most, Math.abs(v));
  const [minus, plus] = [colours.negative, colours.positive].map(rgb);
  return (i) => [values[i] < 0 ? minus : plus, (full * Math.abs(values[i])) / most];
};
/** A colour for a number, so strong (percent).
 * @type {(v: number, colours: Colours, strength: number) => string}
 */
export const inkOf = (v, colours, strength) =>
  `color-mix(in srgb, ${v < 0 ? colours.negative : colours.positive} ${strength}%, transparent)`;

/** @typedef {Run & {dark: boolean, lang: string}} Shown */
/**
 * The answer at every place, and the examples: full ones to learn from, hollow ones to test on. With inks of one
 * neuron, its map in the answer's place.
 * @param {Answer} canvas
 * @param {Shown} run
 * @param {Float32Array} weights
 * @param {import("./engine.js").Layer} outputs
 * @param {Examples[]} sets to learn from, to test on
 * @param {Inks | null} [inks]
 */
export const drawAnswer = (canvas, run, weights, outputs, sets, inks = null) => {
  canvas.dataset.drawn = String(Number(canvas.dataset.drawn ?? 0) + 1);
  const { dark } = run;
  // Asked once a size, not once a frame: it makes the browser lay the page out.
  canvas.side ??= Math.max(160, Math.round(canvas.clientWidth || 400));
  const size = canvas.side;
  const sharp = window.devicePixelRatio || 1;
  if (canvas.width !== size * sharp) canvas.width = canvas.height = size * sharp;
  const context = penOf(canvas);
  context.setTransform(sharp, 0, 0, sharp, 0, 0);
  context.clearRect(0, 0, size, size);
  const px = (/** @type {number} */ x) => ((x + run.extent) / (2 * run.extent)) * size;
  if (run.curve && !inks) return drawCurve(context, size, run, weights, sets);
  const small = html("canvas", { width: GRID, height: GRID });
  paintMap(small, inks ?? answerInks(outputs, run.task, run.colours), run.colours, dark);
  context.imageSmoothingEnabled = true;
  context.drawImage(small, 0, 0, size, size);
  const radius = sets[0].targets.length > 300 ? 2.6 : 3.6;
  const paper = dark ? "#11161d" : "#ffffff";
  for (const hollow of [true, false]) {
    const set = sets[hollow ? 1 : 0];
    set.targets.forEach((t, i) => {
      const [x, y] = [px(set.points[2 * i]), size - px(set.points[2 * i + 1])];
      const ink = run.task === "values"
        ? (t < 0 ? run.colours.negative : run.colours.positive)
        : run.colours.classes[t];
      context.beginPath();
      if (run.task === "classes" && t === 0) context.rect(x - radius, y - radius, 2 * radius, 2 * radius);
      else context.arc(x, y, radius * (run.task === "values" ? 0.5 + Math.abs(t) : 1), 0, 7);
      context.fillStyle = hollow ? paper : ink;
      context.strokeStyle = hollow ? ink : paper;
      context.lineWidth = hollow ? 1.6 : 0.8;
      context.fill();
      context.stroke();
    });
  }
  return undefined;
};

/** A curve y = f(x): the network's answer along x1, and the examples.
 * @param {CanvasRenderingContext2D} context
 * @param {number} size
 * @param {Shown} run
 * @param {Float32Array} weights
 * @param {Examples[]} sets
 */
const drawCurve = (context, size, run, weights, sets) => {
  const { dark } = run;
  const along = new Float32Array(400);
  for (let i = 0; i < 200; i++) along[2 * i] = (i / 199) * 2 * run.extent - run.extent;
  const answer =
    forward(weights, run.sizes, run.activation, features(along, run.inputs))[run.sizes.length - 1][0];
  const px = (/** @type {number} */ x) => ((x + run.extent) / (2 * run.extent)) * size;
  const py = (/** @type {number} */ v) => size / 2 - (clamp(v, -1.6, 1.6) / 1.6) * (size / 2);
  context.strokeStyle = dark ? "#39424e" : "#dfe4ea";
  context.fillStyle = dark ? "#a3b0c0" : "#5b6675";
  for (const v of [-1, 0, 1]) {
    context.beginPath();
    context.moveTo(0, py(v));
    context.lineTo(size, py(v));
    context.stroke();
    context.fillText(numbers(run.lang, 0)(v), 4, py(v) - 4);
  }
  context.strokeStyle = context.fillStyle = run.colours.positive;
  for (const hollow of [true, false]) {
    const set = sets[hollow ? 1 : 0];
    set.targets.forEach((t, i) => {
      context.beginPath();
      context.arc(px(set.points[2 * i]), py(t), 3, 0, 7);
      if (hollow) context.stroke();
      else context.fill();
    });
  }
  context.beginPath();
  Array.from(answer).forEach((v, i) => context.lineTo(px(along[2 * i]), py(v)));
  context.strokeStyle = dark ? "#e8edf3" : "#121922";
  context.lineWidth = 2.5;
  context.stroke();
};
