// @ts-check
// The forward pass of a small fully connected network, on many places of the plane at once. Weights lie as
// on the server: layer by layer, neuron by neuron, [weights…, bias].

// erf by Abramowitz and Stegun 7.1.26, right to 1.5e-7.
const erf = (/** @type {number} */ x) => {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const tail = t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.sign(x) * (1 - tail * Math.exp(-x * x));
};
/** @type {Record<string, (z: number) => number>} */
const ACTIVATIONS = {
  tanh: Math.tanh,
  relu: (z) => Math.max(0, z),
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  gelu: (z) => 0.5 * z * (1 + erf(z / Math.SQRT2)),
  linear: (z) => z,
};
/** @type {Record<string, (x: number, y: number) => number>} */
const INPUTS = {
  x1: (x) => x,
  x2: (_x, y) => y,
  x1sq: (x) => x * x,
  x2sq: (_x, y) => y * y,
  x1x2: (x, y) => x * y,
  sinx1: (x) => Math.sin(x),
  sinx2: (_x, y) => Math.sin(y),
};

/** @typedef {ArrayLike<number>[]} Layer what each neuron of a layer gives at each place */

/** What the network is given at places [x, y, x, y, …]: one array an input.
 * @param {ArrayLike<number>} places
 * @param {string[]} inputs
 */
export const features = (places, inputs) =>
  inputs.map((slug) => {
    const values = new Float32Array(places.length / 2);
    for (let i = 0; i < values.length; i++) values[i] = INPUTS[slug](places[2 * i], places[2 * i + 1]);
    return values;
  });

// Where the weights of a neuron begin: layer 1 is the first after the inputs.
/** @type {(sizes: number[], layer: number, neuron: number) => number} */
export const firstWeight = (sizes, layer, neuron) => {
  let start = 0;
  for (let l = 1; l < layer; l++) start += sizes[l] * (sizes[l - 1] + 1);
  return start + neuron * (sizes[layer - 1] + 1);
};

/** All layers' answers, inputs first; the last layer is not activated.
 * @param {ArrayLike<number>} weights
 * @param {number[]} sizes
 * @param {string} activation
 * @param {Float32Array[]} inputs
 */
export const forward = (weights, sizes, activation, inputs) => {
  const f = ACTIVATIONS[activation];
  const layers = [inputs];
  const count = inputs[0].length;
  let at = 0;
  for (let l = 1; l < sizes.length; l++) {
    const before = layers[l - 1];
    const last = l === sizes.length - 1;
    layers.push(Array.from({ length: sizes[l] }, () => {
      const z = new Float32Array(count).fill(weights[at + before.length]);
      for (const values of before) {
        const w = weights[at++];
        if (w) { for (let i = 0; i < count; i++) z[i] += w * values[i]; }
      }
      at += 1;
      if (!last) { for (let i = 0; i < count; i++) z[i] = f(z[i]); }
      return z;
    }));
  }
  return layers;
};

/** At one place, the class and a value in -1..1 or confidence 0..1.
 * @type {(outputs: Layer, task: string, i: number) => number[]}
 */
export const decide = (outputs, task, i) => {
  if (task === "values") return [0, Math.max(-1, Math.min(1, outputs[0][i]))];
  if (outputs.length === 1) return [outputs[0][i] > 0 ? 1 : 0, Math.tanh(outputs[0][i] / 2)];
  let best = 0;
  for (let k = 1; k < outputs.length; k++) if (outputs[k][i] > outputs[best][i]) best = k;
  let sum = 0;
  for (const values of outputs) sum += Math.exp(values[i] - outputs[best][i]);
  return [best, 1 / sum];
};

/** Mean loss (cross-entropy in nats, or squared error) and score (share right, or R² cut off at 0).
 * @type {(outputs: Layer, targets: number[], task: string) => number[]}
 */
export const examine = (outputs, targets, task) => {
  const n = targets.length;
  let loss = 0;
  let right = 0;
  let mean = 0;
  for (const t of targets) mean += t / n;
  let spread = 0;
  for (let i = 0; i < n; i++) {
    const t = targets[i];
    if (task === "values") {
      loss += (outputs[0][i] - t) ** 2 / n;
      spread += (t - mean) ** 2 / n;
    } else if (outputs.length === 1) {
      const s = (2 * t - 1) * outputs[0][i];
      loss += (Math.log1p(Math.exp(-Math.abs(s))) + Math.max(0, -s)) / n;
      right += (outputs[0][i] > 0 ? 1 : 0) === t ? 1 / n : 0;
    } else {
      const top = Math.max(...outputs.map((values) => values[i]));
      let sum = 0;
      for (const values of outputs) sum += Math.exp(values[i] - top);
      loss += (Math.log(sum) + top - outputs[t][i]) / n;
      right += decide(outputs, task, i)[0] === t ? 1 / n : 0;
    }
  }
  return [loss, task === "values" ? Math.max(0, 1 - loss / spread) : right];
};
