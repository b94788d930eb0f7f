// @ts-check
// Maps of the plane and examples on them: what every view of a network shows.

import { clamp, floats, numbers, rgb } from "./kit.js";
import { decide, features, forward } from "./engine.js";

/**
 * Points [x, y, …] and their targets, float32 as base64.
 * @typedef {{points: string, targets: string}} Packed
 * @typedef {{points: Float32Array, targets: number[]}} Examples
 * A network and the square that it answers on.
 * @typedef {{
 *   sizes: number[], inputs: string[], activation: string, task: "classes" | "values", extent: number, curve: boolean,
 *   colours: {positive: string, negative: string, classes: string[]},
 * }} Run
 */

export const GRID = 56; // places along a side of the maps
const PLACES = GRID * GRID;

// Light text: a dark page. Asked once a run, not once a frame: it makes the browser work out all styles.
export const onDark = (node) =>
  getComputedStyle(node).color.match(/\d+/g).slice(0, 3).reduce((sum, c) => sum + Number(c), 0) > 380;

export const mapPlaces = (extent) => {
  const places = new Float32Array(2 * PLACES);
  for (let i = 0; i < PLACES; i++) {
    places[2 * i] = (((i % GRID) + 0.5) / GRID) * 2 * extent - extent;
    places[2 * i + 1] = extent - ((Math.floor(i / GRID) + 0.5) / GRID) * 2 * extent;
  }
  return places;
};
/** What stands for 0, on a light and on a dark page. */
export const NEUTRAL = [[244, 244, 242], [42, 48, 56]];

/** @returns {Examples} */
export const examples = (/** @type {Packed} */ { points, targets }) => ({
  points: floats(points),
  targets: Array.from(floats(targets)),
});

// colourAt gives each place an ink and its strength, 0 to 1, over the theme's neutral.
export const paintMap = (canvas, colourAt, dark) => {
  const context = canvas.getContext("2d");
  const image = context.createImageData(GRID, GRID);
  const neutral = NEUTRAL[dark ? 1 : 0];
  for (let i = 0; i < PLACES; i++) {
    const [ink, strength] = colourAt(i);
    for (let c = 0; c < 3; c++) image.data[4 * i + c] = neutral[c] + (ink[c] - neutral[c]) * strength;
    image.data[4 * i + 3] = 255;
  }
  context.putImageData(image, 0, 0);
};
/** @returns {(i: number) => [number[], number]} */
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
 * @returns {(i: number) => [number[], number]}
 */
export const neuronInks = (values, activation, colours, full = 1) => {
  let most = activation === "tanh" || activation === "sigmoid" ? 1 : 1e-6;
  for (const v of values) most = Math.max(most, Math.abs(v));
  const [minus, plus] = [colours.negative, colours.positive].map(rgb);
  return (i) => [values[i] < 0 ? minus : plus, (full * Math.abs(values[i])) / most];
};
/** A colour for a number, so strong (percent). */
export const inkOf = (v, colours, strength) =>
  `color-mix(in srgb, ${v < 0 ? colours.negative : colours.positive} ${strength}%, transparent)`;

/** Weights of a film, (frames, size), between a frame and the next. */
export const weightsAt = (film, size, frame, share) => {
  const now = film.slice(frame * size, (frame + 1) * size);
  if (share) {
    for (let i = 0, next = (frame + 1) * size; i < size; i++) now[i] += share * (film[next + i] - now[i]);
  }
  return now;
};

// The answer at every place, and the examples: full ones to learn from, hollow ones to test on. With inks of one
// neuron, its map in the answer's place.
export const drawAnswer = (canvas, run, weights, outputs, [train, test], inks = null) => {
  canvas.dataset.drawn = Number(canvas.dataset.drawn ?? 0) + 1;
  const { dark } = run;
  // Asked once a size, not once a frame: it makes the browser lay the page out.
  canvas.side ??= Math.max(160, Math.round(canvas.clientWidth || 400));
  const size = canvas.side;
  const sharp = window.devicePixelRatio || 1;
  if (canvas.width !== size * sharp) canvas.width = canvas.height = size * sharp;
  const context = canvas.getContext("2d");
  context.setTransform(sharp, 0, 0, sharp, 0, 0);
  context.clearRect(0, 0, size, size);
  const px = (x) => ((x + run.extent) / (2 * run.extent)) * size;
  if (run.curve && !inks) return drawCurve(context, size, px, run, weights, [train, test], dark);
  const small = document.createElement("canvas");
  small.width = small.height = GRID;
  paintMap(small, inks ?? answerInks(outputs, run.task, run.colours), dark);
  context.imageSmoothingEnabled = true;
  context.drawImage(small, 0, 0, size, size);
  const radius = train.targets.length > 300 ? 2.6 : 3.6;
  const paper = dark ? "#11161d" : "#ffffff";
  for (const [set, hollow] of [[test, true], [train, false]]) {
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

// A curve y = f(x): the network's answer along x1, and the examples.
const drawCurve = (context, size, px, run, weights, [train, test], dark) => {
  const along = new Float32Array(400);
  for (let i = 0; i < 200; i++) along[2 * i] = (i / 199) * 2 * run.extent - run.extent;
  const answer = forward(weights, run.sizes, run.activation, features(along, run.inputs)).at(-1)[0];
  const py = (v) => size / 2 - (clamp(v, -1.6, 1.6) / 1.6) * (size / 2);
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
  for (const [set, hollow] of [[test, true], [train, false]]) {
    set.targets.forEach((t, i) => {
      context.beginPath();
      context.arc(px(set.points[2 * i]), py(t), 3, 0, 7);
      if (hollow) context.stroke();
      else context.fill();
    });
  }
  context.beginPath();
  answer.forEach((v, i) => context[i ? "lineTo" : "moveTo"](px(along[2 * i]), py(v)));
  context.strokeStyle = dark ? "#e8edf3" : "#121922";
  context.lineWidth = 2.5;
  context.stroke();
};
