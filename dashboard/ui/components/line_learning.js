// @ts-check
// One neuron that learns to part two clouds of points in the square [-1, 1] x [-1, 1]; plain computing, no screen.

import { sigmoid } from "./kit.js";
import { score, wrong } from "./neuron_plane.js";

/** @typedef {import("./neuron_plane.js").Weights} Weights */
/** x, y and the class, -1 or 1. @typedef {number[]} Point */

const EACH = 34; // points of a class
const STEPS = 260;
const RATE = 1.6;

/** Evenly distributed numbers from 0 to 1, the same for the same seed (mulberry32). */
export const random = (/** @type {number} */ seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

/** Two clouds that a line parts, each stretched along it; one seed, one pair.
 * @param {number} seed
 * @returns {{points: Point[], start: Weights}} with weights that are far from parting them
 */
export function clouds(seed) {
  const next = random(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const angle = (seed % 2 ? 0.3 : 0.62) * Math.PI + 0.12 * Math.PI * next();
  const [a, b] = [Math.cos(angle), Math.sin(angle)];
  const offset = 0.24 * (next() - 0.5);
  const points = [];
  for (const label of [-1, 1]) {
    for (let left = EACH; left;) {
      const away = label * (0.055 + Math.abs(0.27 + 0.2 * normal()));
      const along = 0.5 * normal() + 0.16 * label;
      const [x, y] = [a * (away + offset) - b * along, b * (away + offset) + a * along];
      if (Math.abs(x) > 0.94 || y > 0.9 || y < -0.76 || (x > 0.7 && y > 0.5)) continue; // words stand there
      points.push([x, y, label]);
      left--;
    }
  }
  const turned = angle + Math.PI * (0.62 + 0.2 * next());
  return { points, start: [0.9 * Math.cos(turned), 0.9 * Math.sin(turned), 0.25] };
}

/** Weights after each step of gradient descent on the mean cross-entropy of logistic regression, the first included.
 * @type {(points: Point[], start: Weights) => Weights[]}
 */
export function learn(points, start) {
  const film = [start];
  for (let step = 0; step < STEPS; step++) {
    const w = film[step];
    const slope = [0, 0, 0];
    for (const [x, y, label] of points) {
      const push = label * sigmoid(-label * score(w, x, y)) / points.length;
      slope[0] += push * x;
      slope[1] += push * y;
      slope[2] += push;
    }
    film.push(w.map((value, k) => value + RATE * slope[k] * (1 + step / 30)));
  }
  return film;
}

/** Points on the wrong side. */
export const errors = (/** @type {Point[]} */ points, /** @type {Weights} */ w) =>
  points.reduce((sum, point) => sum + Number(wrong(w, point)), 0);

/** Weights of the line through two points, whichever way round makes fewer errors; ``scale`` makes them steeper.
 * @type {(ends: number[][], points: Point[], scale: number) => Weights}
 */
export function through([[x1, y1], [x2, y2]], points, scale) {
  const long = Math.hypot(y1 - y2, x2 - x1) || 1;
  const [a, b] = [scale * (y1 - y2) / long, scale * (x2 - x1) / long];
  const w = [a, b, -a * x1 - b * y1];
  const turned = w.map((value) => -value);
  return errors(points, turned) < errors(points, w) ? turned : w;
}
