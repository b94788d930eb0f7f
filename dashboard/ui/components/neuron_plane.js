// @ts-check
// One neuron in the plane: its score w·x + b, what it makes of it, the line where the score is zero.

import { sigmoid } from "./kit.js";

/** Weights [w1, w2, b]. @typedef {number[]} Weights */

export const score = (/** @type {Weights} */ [a, b, c], x = 0, y = 0) => a * x + b * y + c;

/** The output for a score: -1 or 1 ("step"), the score itself ("identity"), a probability ("sigmoid"). */
export const activate = (/** @type {string} */ activation, /** @type {number} */ s) =>
  activation === "sigmoid" ? sigmoid(s) : activation === "identity" ? s : s > 0 ? 1 : -1;

/** Whether the class -1 or 1 of [x, y, label] is missed; on the line itself it is. */
export const wrong = (/** @type {Weights} */ w, /** @type {number[]} */ [x, y, label]) =>
  label * score(w, x, y) <= 0;

/** The two points where the line leaves the square of ``limit`` around the origin, or null.
 * @type {(weights: Weights, limit: number) => number[][] | null}
 */
export const crossing = ([a, b, c], limit) => {
  const ends = [];
  for (const v of [-limit, limit]) {
    if (b) ends.push([v, -(a * v + c) / b]);
    if (a) ends.push([-(b * v + c) / a, v]);
  }
  const inside = ends.filter(([x, y]) => Math.abs(x) <= limit * 1.0001 && Math.abs(y) <= limit * 1.0001);
  if (inside.length < 2) return null;
  const from = (/** @type {number[]} */ [x, y]) => Math.hypot(x - inside[0][0], y - inside[0][1]);
  return [inside[0], inside.reduce((best, p) => (from(p) > from(best) ? p : best))];
};
