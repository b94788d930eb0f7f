// @ts-check
// How the front page's picture is drawn.

import { clamp } from "./kit.js";
import { sharp } from "./motion.js";
import { wrong } from "./neuron_plane.js";

const ease = (/** @type {number} */ t) => (t < 0.5 ? 2 * t * t : 1 - (2 - 2 * t) ** 2 / 2);

/** Where the line meets the edges of the square within which it can be held.
 * @param {import("./neuron_plane.js").Weights} weights
 */
export const grips = ([a, b, c]) => {
  const edge = 0.66;
  const steep = Math.abs(a) > Math.abs(b);
  return [-edge, edge].map((v) =>
    steep ? [clamp(-(b * v + c) / a, -1, 1), v] : [v, clamp(-(a * v + c) / b, -1, 1)]
  ).sort(([p], [q]) => p - q);
};

/** @typedef {{ground: number[], ink: string, positive: number[], negative: number[]}} Colours */

// The answer falls off along one direction only: a gradient shows it exactly.
const shade = (
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {number} */ width,
  /** @type {number} */ height,
  /** @type {import("./neuron_plane.js").Weights} */ w,
  /** @type {Colours} */ colours,
) => {
  const [a, b, c] = w;
  const [across, down] = [2 * a / width, -2 * b / height];
  const middle = c - a + b; // the score in the top left corner
  const long = across ** 2 + down ** 2 || 1e-9;
  const at = (/** @type {number} */ value) => (value - middle) / long;
  const reach = 4;
  const gradient = context.createLinearGradient(
    at(-reach) * across,
    at(-reach) * down,
    at(reach) * across,
    at(reach) * down,
  );
  for (let k = 0; k <= 8; k++) {
    const answer = Math.tanh((k / 8 * 2 - 1) * reach / 2);
    const hue = answer > 0 ? colours.positive : colours.negative;
    const mixed = colours.ground.map((/** @type {number} */ value, i) =>
      value + 0.42 * Math.abs(answer) * (hue[i] - value)
    );
    gradient.addColorStop(k / 8, `rgb(${mixed.map(Math.round)})`);
  }
  context.fillStyle = gradient;
  context.fillRect(0, 0, width, height);
};

/**
 * The plane in the colours of the answer, the line, the points on their way, and two places to hold it by.
 * @param {HTMLCanvasElement} canvas
 * @param {{
 *   now: import("./neuron_plane.js").Weights, points: number[][], before: number[][], share: number,
 *   gripped: number[][] | null,
 * }} scene
 * @param {Colours} colours
 */
export const drawLine = (canvas, { now, points, before, share, gripped }, colours) => {
  const { context, width, height } = sharp(canvas);
  if (!width) return;
  const px = (/** @type {number} */ x) => (x + 1) / 2 * width;
  const py = (/** @type {number} */ y) => (1 - y) / 2 * height;
  shade(context, width, height, now, colours);
  const [p, q] = grips(now);
  const [dx, dy] = [px(q[0]) - px(p[0]), py(q[1]) - py(p[1])];
  context.strokeStyle = colours.ink;
  context.lineWidth = 3.5;
  context.beginPath();
  context.moveTo(px(p[0]) - 9 * dx, py(p[1]) - 9 * dy);
  context.lineTo(px(q[0]) + 9 * dx, py(q[1]) + 9 * dy);
  context.stroke();
  const size = Math.max(6.5, Math.min(width, height) / 66);
  const way = ease(share);
  points.forEach((point, k) => {
    const [x, y] = [0, 1].map((i) => before[k][i] + way * (point[i] - before[k][i]));
    const missed = wrong(now, [x, y, point[2]]);
    context.beginPath();
    context.arc(px(x), py(y), missed ? size * 1.25 : size, 0, 7);
    context.fillStyle = `rgb(${point[2] > 0 ? colours.positive : colours.negative})`;
    context.fill();
    context.lineWidth = missed ? 3.5 : 1.5;
    context.strokeStyle = missed ? colours.ink : "rgba(255,255,255,0.85)";
    context.stroke();
  });
  for (const [x, y] of gripped ?? [p, q]) {
    context.beginPath();
    context.arc(px(x), py(y), gripped ? 16 : 12, 0, 7);
    context.fillStyle = `rgb(${colours.ground})`;
    context.fill();
    context.lineWidth = 3.5;
    context.strokeStyle = colours.ink;
    context.stroke();
  }
};
