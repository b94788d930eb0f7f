// @ts-check
// Runs a decoder or a classifier in the browser: the steps and weights that `dashboard/portable.py` writes. The
// component `decoder` brings the weights, once for all that use them; until they have come a component shows
// what it has.

import { penOf, visit } from "./kit.js";

/**
 * One step: what to do, and, of those that it needs, the sizes and where its weights (``w``) and biases (``b``) begin.
 * @typedef {{op: string, inputs: number, outputs: number, side: number, w: number, b: number}} Step
 * @typedef {(code: ArrayLike<number>) => Float32Array} Decode
 * @typedef {(x: Float32Array, step: Step, weights: Float32Array, code: ArrayLike<number>) => Float32Array} Operation
 */

/** @type {Map<string, Decode>} */
export const decoders = visit("dashboardDecoders", () => new Map()); // digest -> code -> pixels

export const halves = (/** @type {Uint8Array} */ bytes) => {
  const bits = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
  const out = new Float32Array(bits.length);
  for (let i = 0; i < bits.length; i++) {
    const h = bits[i];
    const exponent = (h >> 10) & 31;
    const mantissa = h & 1023;
    const size = exponent ? 2 ** (exponent - 25) * (1024 + mantissa) : 2 ** -24 * mantissa;
    out[i] = h & 0x8000 ? -size : size;
  }
  return out;
};

/** A fully connected layer.
 * @param {ArrayLike<number>} x
 * @param {Step} step
 * @param {Float32Array} weights
 */
const dense = (x, { inputs, outputs, w, b }, weights) => {
  const y = new Float32Array(outputs);
  for (let k = 0, at = w; k < outputs; k++) {
    let sum = weights[b + k];
    for (let j = 0; j < inputs; j++) sum += weights[at++] * x[j];
    y[k] = sum;
  }
  return y;
};
/** @type {Record<string, Operation>} */
const LAYERS = {
  dense,
  straight(x, step, weights, code) {
    const y = dense(code, step, weights);
    for (let i = 0; i < y.length; i++) y[i] += x[i];
    return y;
  },
  // Maps are padded with a border of zeros, so that no place needs a test of its own.
  conv(x, { inputs, outputs, side, w, b }, weights) {
    const wide = side + 2;
    const padded = new Float32Array(inputs * wide * wide);
    for (let c = 0; c < inputs; c++) {
      for (let r = 0; r < side; r++) {
        padded.set(
          x.subarray((c * side + r) * side, (c * side + r + 1) * side),
          (c * wide + r + 1) * wide + 1,
        );
      }
    }
    const y = new Float32Array(outputs * side * side);
    for (let k = 0, at = w; k < outputs; k++) {
      const map = y.subarray(k * side * side, (k + 1) * side * side).fill(weights[b + k]);
      for (let c = 0; c < inputs; c++, at += 9) {
        const [a0, a1, a2, a3, a4, a5, a6, a7, a8] = weights.subarray(at, at + 9);
        for (let r = 0, i = 0; r < side; r++) {
          for (let p = (c * wide + r) * wide, end = p + side; p < end; p++, i++) {
            map[i] += a0 * padded[p] + a1 * padded[p + 1] + a2 * padded[p + 2] +
              a3 * padded[p + wide] + a4 * padded[p + wide + 1] + a5 * padded[p + wide + 2] +
              a6 * padded[p + 2 * wide] + a7 * padded[p + 2 * wide + 1] + a8 * padded[p + 2 * wide + 2];
          }
        }
      }
    }
    return y;
  },
  shuffle(x, { side }) {
    const y = new Float32Array(x.length);
    for (let i = 0; i < x.length; i++) {
      const map = Math.floor(i / (side * side));
      const [r, s] = [Math.floor(i / side) % side, i % side];
      const [c, corner] = [map >> 2, map & 3];
      y[(c * 2 * side + 2 * r + (corner >> 1)) * 2 * side + 2 * s + (corner & 1)] = x[i];
    }
    return y;
  },
  scale: (x, { w, b }, weights) => x.map((v) => weights[w] * v + weights[b]),
  pool(x, { side }) {
    const half = side >> 1;
    const y = new Float32Array(x.length / 4);
    for (let i = 0, map = 0; i < y.length; map += side * side) {
      for (let r = 0; r < half; r++) {
        for (let s = 0, at = map + 2 * r * side; s < half; s++, at += 2, i++) {
          y[i] = Math.max(x[at], x[at + 1], x[at + side], x[at + side + 1]);
        }
      }
    }
    return y;
  },
  summary(x, { side }) {
    const cells = side * side;
    const maps = x.length / cells;
    const y = new Float32Array(2 * maps);
    for (let c = 0; c < maps; c++) {
      const map = x.subarray(c * cells, (c + 1) * cells);
      y[c] = map.reduce((a, b) => Math.max(a, b));
      y[maps + c] = map.reduce((a, b) => a + b) / cells;
    }
    return y;
  },
  silu: (x) => x.map((v) => v / (1 + Math.exp(-v))),
  relu: (x) => x.map((v) => (v > 0 ? v : 0)),
  tanh: (x) => x.map(Math.tanh),
  sigmoid: (x) => x.map((v) => 1 / (1 + Math.exp(-v))),
  clamp: (x) => x.map((v) => Math.min(1, Math.max(0, v))),
};

// A function from a code to its image, 784 numbers in [0, 1], or from an image to its scores.
export const decoderOf =
  (/** @type {Step[]} */ steps, /** @type {Float32Array} */ weights) =>
  (/** @type {ArrayLike<number>} */ code) => {
    const kept = /** @type {Float32Array[]} */ ([]);
    let x = /** @type {Float32Array} */ (Float32Array.from(code));
    for (const step of steps) {
      if (step.op === "keep") kept.push(x);
      else if (step.op === "add") {
        const [before] = kept.splice(-1);
        x = x.map((v, i) => v + before[i]);
      } else x = LAYERS[step.op](x, step, weights, code);
    }
    return x;
  };

// Calls back as soon as that decoder is there; gives a way to stop waiting.
export const whenDecoder = (/** @type {string} */ digest, /** @type {(decode: Decode) => void} */ ready) => {
  const look = () => {
    const decode = decoders.get(digest);
    if (!decode) return;
    window.removeEventListener("dashboard-decoder", look);
    ready(decode);
  };
  window.addEventListener("dashboard-decoder", look);
  look();
  return () => window.removeEventListener("dashboard-decoder", look);
};

// Grey pixels onto a canvas of 28 x 28, which the style enlarges.
export const paint = (/** @type {HTMLCanvasElement} */ canvas, /** @type {ArrayLike<number>} */ pixels) => {
  const pen = penOf(canvas);
  const image = pen.createImageData(28, 28);
  for (let i = 0; i < 784; i++) {
    image.data.fill(Math.round(255 * pixels[i]), 4 * i, 4 * i + 3);
    image.data[4 * i + 3] = 255;
  }
  pen.putImageData(image, 0, 0);
};
