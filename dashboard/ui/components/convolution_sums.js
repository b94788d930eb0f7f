// @ts-check
// A convolution, worked out number by number, and where its film stands at a moment.

import { clamp } from "./kit.js";

/**
 * A first convolution. ``kernels``: units x channels x size x size weights, one after the other; ``ceiling``: what
 * greater sums become; ``padding``: zeros before the first of ``side`` pixels.
 * @typedef {{
 *   channels: number, side: number, size: number, stride: number, padding: number, mean: number, std: number,
 *   ceiling: number | null, kernels: Float32Array, biases: Float32Array,
 * }} Convolution
 */

/** Places along a side of the map. */
export const placesOf = (/** @type {Convolution} */ { side, stride }) => Math.ceil(side / stride);

/**
 * The inputs under the kernel at a row and a column of the map, channel after channel: scaled pixels, and NaN
 * beyond the edge, where the network counts 0.
 * @param {ArrayLike<number>} pixels channels x side x side, 0 to 1
 * @param {Convolution} layer
 * @param {number} row
 * @param {number} column
 */
export const under = (pixels, layer, row, column) => {
  const { channels, side, size, stride, padding, mean, std } = layer;
  const found = new Float64Array(channels * size * size).fill(NaN);
  for (let c = 0, k = 0; c < channels; c++) {
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++, k++) {
        const [y, x] = [row * stride - padding + i, column * stride - padding + j];
        if (y >= 0 && y < side && x >= 0 && x < side) {
          found[k] = (pixels[(c * side + y) * side + x] - mean) / std;
        }
      }
    }
  }
  return found;
};

/** Products, their sum, the total with the bias, and what ReLU leaves of it.
 * @param {ArrayLike<number>} pixels
 * @param {Convolution} layer
 * @param {number} unit
 * @param {number} row
 * @param {number} column
 */
export const sumAt = (pixels, layer, unit, row, column) => {
  const inputs = under(pixels, layer, row, column);
  const weights = layer.kernels.subarray(unit * inputs.length, (unit + 1) * inputs.length);
  const products = inputs.map((value, k) => (Number.isNaN(value) ? 0 : value * weights[k]));
  const sum = products.reduce((a, b) => a + b, 0);
  const total = sum + layer.biases[unit];
  return { inputs, weights, products, sum, total, value: clamp(total, 0, layer.ceiling ?? Infinity) };
};

/** The whole map of a unit, row after row.
 * @param {ArrayLike<number>} pixels
 * @param {Convolution} layer
 * @param {number} unit
 */
export const mapOf = (pixels, layer, unit) => {
  const places = placesOf(layer);
  return Float32Array.from(
    { length: places * places },
    (_, k) => sumAt(pixels, layer, unit, Math.floor(k / places), k % places).value,
  );
};

const [SWEEP, SLOW, STEPS] = [12, 6, 6]; // frames before and after; places dwelt on, and frames for each
export const FRAMES = 2 * SWEEP + SLOW * STEPS + 1;

/** The strongest place; of equals, as at a ceiling, the one nearest to the middle. */
const peakOf = (/** @type {Float32Array} */ map) => {
  const side = Math.sqrt(map.length);
  const most = map.reduce((a, b) => Math.max(a, b), -Infinity);
  const off = (/** @type {number} */ k) => Math.hypot(Math.floor(k / side) - side / 2, (k % side) - side / 2);
  return map.reduce((best, value, k) => value === most && (best < 0 || off(k) < off(best)) ? k : best, -1);
};

/**
 * The film: the kernel runs along the rows to the strongest place, dwells on a few beside it, runs on to the end.
 * ``lit`` is the share of the products that are lit, ``fall`` how far their sum has fallen into the map.
 * @param {number} at frame and share of the way to the next
 * @param {Float32Array} map
 */
export const sceneAt = (at, map) => {
  const peak = peakOf(map);
  const first = clamp(peak - SLOW / 2, 0, map.length - SLOW);
  const turn = at - SWEEP;
  if (turn < 0) {
    const place = Math.floor((first * at) / SWEEP);
    return { place, filled: place, lit: 1, fall: 1 };
  }
  if (turn < SLOW * STEPS) {
    const [k, t] = [Math.floor(turn / STEPS), (turn / STEPS) % 1];
    const place = first + k;
    return { place, filled: place, lit: clamp(t / 0.5, 0, 1), fall: clamp((t - 0.55) / 0.4, 0, 1) };
  }
  const left = first + SLOW;
  const filled = left + Math.floor(((map.length - left) * (turn - SLOW * STEPS)) / SWEEP);
  return { place: filled < map.length ? filled : peak, filled, lit: 1, fall: 1 };
};
