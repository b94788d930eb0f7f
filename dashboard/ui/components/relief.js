// @ts-check
// A surface over a square, seen from above and aside: heights as a shaded mesh, and places on it.

import { clamp } from "./kit.js";

const [LIFT, LOW] = [0.55, 0.62]; // height of the highest ground, and how much the square is foreshortened
// From the valley to the heights, on light and dark pages alike.
const SHADES = [[18, 78, 110], [44, 123, 168], [120, 184, 196], [222, 226, 196], [240, 200, 140], [
  214,
  140,
  84,
]];

/** The height, 0 to 1, at a place from -1 to 1 across the square, between the corners of the mesh.
 * @param {ArrayLike<number>} heights side x side, row after row
 */
export const heightAt = (
  heights,
  /** @type {number} */ side,
  /** @type {number} */ x,
  /** @type {number} */ y,
) => {
  const [u, v] = [x, y].map((w) => clamp(((w + 1) / 2) * (side - 1), 0, side - 1));
  const [i, j] = [Math.min(Math.floor(u), side - 2), Math.min(Math.floor(v), side - 2)];
  const [p, q] = [u - i, v - j];
  const at = (/** @type {number} */ a, /** @type {number} */ b) => heights[b * side + a];
  return (at(i, j) * (1 - p) + at(i + 1, j) * p) * (1 - q) +
    (at(i, j + 1) * (1 - p) + at(i + 1, j + 1) * p) * q;
};

/** From a place and a height to the screen: x, y, and how near it is.
 * @param {number} turn radians
 */
export const seenFrom = (turn, /** @type {number} */ width, /** @type {number} */ height) => {
  const scale = Math.min(width / 2.9, height / 2.25); // the diagonal of the square, and its corners' heights
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const middle = height / 2 + (LIFT * scale) / 2;
  return (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ h) => {
    const near = x * sin - y * cos;
    return [width / 2 + scale * (x * cos + y * sin), middle + scale * (LOW * near - LIFT * h), near];
  };
};

const shadeOf = (/** @type {number} */ h, /** @type {number} */ light) => {
  const place = clamp(h, 0, 1) * (SHADES.length - 1);
  const k = Math.min(Math.floor(place), SHADES.length - 2);
  const mixed = SHADES[k].map((v, c) => (v + (place - k) * (SHADES[k + 1][c] - v)) * light);
  return `rgb(${mixed.map((v) => Math.round(clamp(v, 0, 255)))})`;
};

/** Draws the mesh, the farthest cells first.
 * @param {CanvasRenderingContext2D} pen
 * @param {ArrayLike<number>} heights 0 to 1
 * @param {number} side
 * @param {ReturnType<typeof seenFrom>} project
 */
export const drawRelief = (pen, heights, side, project) => {
  const across = (/** @type {number} */ k) => (2 * k) / (side - 1) - 1;
  const corners = Array.from({ length: side * side }, (_, k) => {
    const [i, j] = [k % side, Math.floor(k / side)];
    return project(across(i), across(j), heights[k]);
  });
  const cells = [];
  for (let j = 0; j < side - 1; j++) {
    for (let i = 0; i < side - 1; i++) {
      const k = j * side + i;
      cells.push([corners[k][2] + corners[k + side + 1][2], k]);
    }
  }
  cells.sort((a, b) => a[0] - b[0]);
  pen.lineWidth = 0.6;
  for (const [, k] of cells) {
    const four = [k, k + 1, k + side + 1, k + side];
    const mean = four.reduce((sum, c) => sum + heights[c], 0) / 4;
    // Light from one side: slopes that face it are brighter.
    const slope = (heights[k + 1] - heights[k] + heights[k + side] - heights[k]) * side;
    pen.fillStyle = shadeOf(mean, clamp(1 - 0.07 * slope, 0.62, 1.25));
    pen.strokeStyle = k % side % 4 === 0 || Math.floor(k / side) % 4 === 0
      ? "rgba(0,0,0,.22)"
      : pen.fillStyle;
    pen.beginPath();
    for (const c of four) pen.lineTo(corners[c][0], corners[c][1]);
    pen.closePath();
    pen.fill();
    pen.stroke();
  }
};
