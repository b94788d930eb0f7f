// @ts-check
// A small network that learns, in the browser, the velocity that carries noise to a drawing: flow matching with
// straight paths in the plane (Lipman et al. 2023, arXiv:2210.02747), by Adam, backpropagation written by hand.

const WAVES = [2, 4]; // of each coordinate: what a plain network would learn slowly
const GIVEN = 4 + 4 * WAVES.length; // x, y, t, t², waves; like every layer but the last a multiple of 4
export const SIZES = [GIVEN, 48, 48, 2];
export const STEPS = 1000; // of a training
const BATCH = 128;
const [RATE, LEAST, BETA1, BETA2] = [0.01, 1e-4, 0.9, 0.999];
const SOFT = 0.015; // how far beside the line of the drawing its points lie

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export const chance = (/** @type {number} */ seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
/** ``count`` numbers of the normal distribution (Box and Muller). */
export const normal = (/** @type {number} */ count, /** @type {() => number} */ random) =>
  Float32Array.from(
    { length: count },
    () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
  );

/**
 * Points [x, y, …] spread evenly along strokes, so that each stretch is met as often as it is long.
 * @param {number[][][]} strokes each a list of [x, y]
 */
export const spread = (strokes, /** @type {number} */ count) => {
  const parts = strokes.flatMap((stroke) =>
    stroke.length > 1 ? stroke.slice(1).map((to, k) => [stroke[k], to]) : [[stroke[0], stroke[0]]]
  );
  const lengths = parts.map(([a, b]) => Math.hypot(b[0] - a[0], b[1] - a[1]) + 1e-6);
  const whole = lengths.reduce((a, b) => a + b, 0);
  const places = new Float32Array(2 * count);
  let [part, before] = [0, 0];
  for (let k = 0; k < count; k++) {
    const at = ((k + 0.5) / count) * whole;
    while (part < parts.length - 1 && before + lengths[part] < at) before += lengths[part++];
    const [[a, b], share] = [parts[part], (at - before) / lengths[part]];
    for (const c of [0, 1]) places[2 * k + c] = a[c] + share * (b[c] - a[c]);
  }
  return places;
};

const SHAPES = SIZES.slice(1).map((rows, k) => [rows, SIZES[k]]);
export const PARAMETERS = SHAPES.reduce((sum, [rows, columns]) => sum + rows * (columns + 1), 0);

/** First weights (He et al. 2015): layer by layer, row by row, [weights…], then the biases of the layer. */
export const firstWeights = (/** @type {() => number} */ random) => {
  const weights = new Float32Array(PARAMETERS);
  let at = 0;
  for (const [rows, columns] of SHAPES) {
    const drawn = normal(rows * columns, random);
    for (let k = 0; k < drawn.length; k++) weights[at + k] = drawn[k] * Math.sqrt(2 / columns);
    at += rows * (columns + 1);
  }
  return weights;
};

/** What the network is given at places [x, y, …] and times: GIVEN x n, row by row. */
const inputsAt = (/** @type {Float32Array} */ places, /** @type {(k: number) => number} */ time) => {
  const n = places.length / 2;
  const rows = new Float32Array(GIVEN * n);
  for (let k = 0; k < n; k++) {
    const at = [places[2 * k], places[2 * k + 1]];
    rows[k] = at[0];
    rows[n + k] = at[1];
    rows[2 * n + k] = 2 * time(k) - 1;
    rows[3 * n + k] = time(k) ** 2;
    let row = 4;
    for (const wave of WAVES) {
      for (const v of at) {
        rows[row++ * n + k] = Math.sin(wave * v);
        rows[row++ * n + k] = Math.cos(wave * v);
      }
    }
  }
  return rows;
};

/** Values of all layers, the inputs first: ReLU between, none at the end.
 * @type {(weights: Float32Array, inputs: Float32Array, n: number) => Float32Array<ArrayBufferLike>[]}
 */
const passed = (weights, inputs, n) => {
  const layers = [inputs];
  let at = 0;
  SHAPES.forEach(([rows, columns], l) => {
    const [before, after] = [layers[l], new Float32Array(rows * n)];
    const biases = at + rows * columns;
    // Four columns at once, by index: this loop is most of a training's time.
    for (let r = 0; r < rows; r++) {
      const out = r * n;
      after.fill(weights[biases + r], out, out + n);
      for (let c = 0; c < columns; c += 4) {
        const w = at + r * columns + c;
        const [w0, w1, w2, w3] = [weights[w], weights[w + 1], weights[w + 2], weights[w + 3]];
        const [a, b, d, e] = [c * n, (c + 1) * n, (c + 2) * n, (c + 3) * n];
        for (let k = 0; k < n; k++) {
          after[out + k] += w0 * before[a + k] + w1 * before[b + k] + w2 * before[d + k] + w3 * before[e + k];
        }
      }
    }
    if (l < SHAPES.length - 1) { for (let k = 0; k < after.length; k++) if (after[k] < 0) after[k] = 0; }
    layers.push(after);
    at = biases + rows;
  });
  return layers;
};

/** The velocity [vx, vy, …] at places [x, y, …] at one time.
 * @type {(weights: Float32Array, places: Float32Array, time: number) => Float32Array<ArrayBuffer>}
 */
export const velocity = (weights, places, time) => {
  const n = places.length / 2;
  const out = passed(weights, inputsAt(places, () => time), n)[SHAPES.length];
  return Float32Array.from({ length: 2 * n }, (_, k) => out[(k % 2) * n + (k >> 1)]);
};

/** Mean squared error of the velocity at places and times against ``wanted`` [vx, vy, …], and its gradient. */
export const gradientOf = (
  /** @type {Float32Array} */ weights,
  /** @type {Float32Array} */ places,
  /** @type {ArrayLike<number>} */ times,
  /** @type {ArrayLike<number>} */ wanted,
) => {
  const n = places.length / 2;
  const layers = passed(weights, inputsAt(places, (k) => times[k]), n);
  const gradient = new Float32Array(PARAMETERS);
  let error = new Float32Array(2 * n);
  let loss = 0;
  for (let c = 0; c < 2; c++) {
    for (let k = 0; k < n; k++) {
      const off = layers[SHAPES.length][c * n + k] - wanted[2 * k + c];
      loss += (off * off) / (2 * n);
      error[c * n + k] = off / n;
    }
  }
  let end = PARAMETERS;
  for (let l = SHAPES.length - 1; l >= 0; l--) {
    const [[rows, columns], before] = [SHAPES[l], layers[l]];
    const at = end - rows * (columns + 1);
    const back = new Float32Array(columns * n);
    for (let r = 0; r < rows; r++) {
      const from = r * n;
      for (let c = 0; c < columns; c += 4) {
        const w = at + r * columns + c;
        const [w0, w1, w2, w3] = [weights[w], weights[w + 1], weights[w + 2], weights[w + 3]];
        const [a, b, d, e] = [c * n, (c + 1) * n, (c + 2) * n, (c + 3) * n];
        let [s0, s1, s2, s3] = [0, 0, 0, 0];
        for (let k = 0; k < n; k++) {
          const off = error[from + k];
          s0 += off * before[a + k];
          s1 += off * before[b + k];
          s2 += off * before[d + k];
          s3 += off * before[e + k];
          back[a + k] += w0 * off;
          back[b + k] += w1 * off;
          back[d + k] += w2 * off;
          back[e + k] += w3 * off;
        }
        gradient.set([s0, s1, s2, s3], w);
      }
      for (let k = 0; k < n; k++) gradient[end - rows + r] += error[from + k];
    }
    // ReLU lets an error through where it let the value through.
    for (let k = 0; k < back.length; k++) if (before[k] <= 0) back[k] = 0;
    [error, end] = [back, at];
  }
  return { loss, gradient };
};

/** A training on the points [x, y, …] of a drawing, step by step. */
export class Learner {
  constructor(/** @type {Float32Array} */ drawn, /** @type {number} */ seed) {
    this.drawn = drawn;
    this.random = chance(seed);
    this.weights = firstWeights(this.random);
    this.mean = new Float32Array(PARAMETERS);
    this.square = new Float32Array(PARAMETERS);
    this.steps = 0;
    this.loss = NaN; // a running mean
  }
  get done() {
    return this.steps >= STEPS;
  }
  step() {
    const { drawn, random, weights, mean, square } = this;
    const [noise, aside] = [normal(2 * BATCH, random), normal(2 * BATCH, random)];
    const times = Float32Array.from({ length: BATCH }, random);
    const [places, wanted] = [new Float32Array(2 * BATCH), new Float32Array(2 * BATCH)];
    for (let k = 0; k < BATCH; k++) {
      const point = Math.floor((random() * drawn.length) / 2);
      for (const c of [0, 1]) {
        const to = drawn[2 * point + c] + SOFT * aside[2 * k + c];
        places[2 * k + c] = (1 - times[k]) * noise[2 * k + c] + times[k] * to;
        wanted[2 * k + c] = to - noise[2 * k + c];
      }
    }
    const { loss, gradient } = gradientOf(weights, places, times, wanted);
    this.loss = Number.isNaN(this.loss) ? loss : 0.97 * this.loss + 0.03 * loss;
    const rate = LEAST + (RATE / 2) * (1 + Math.cos((Math.PI * this.steps) / STEPS));
    this.steps += 1;
    const [one, two] = [1 - BETA1 ** this.steps, 1 - BETA2 ** this.steps];
    for (let k = 0; k < PARAMETERS; k++) {
      mean[k] = BETA1 * mean[k] + (1 - BETA1) * gradient[k];
      square[k] = BETA2 * square[k] + (1 - BETA2) * gradient[k] ** 2;
      weights[k] -= (rate * (mean[k] / one)) / (Math.sqrt(square[k] / two) + 1e-8);
    }
  }
}

/** Points [x, y, …] carried from time 0 to 1 in equal steps (Euler): where they are after each.
 * @type {(weights: Float32Array, from: Float32Array, steps: number) => Float32Array<ArrayBufferLike>[]}
 */
export const carried = (weights, from, steps) => {
  const frames = [from];
  for (let k = 0; k < steps; k++) {
    const v = velocity(weights, frames[k], k / steps);
    frames.push(frames[k].map((place, i) => place + v[i] / steps));
  }
  return frames;
};
