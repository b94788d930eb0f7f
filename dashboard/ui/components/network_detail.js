// @ts-check
// The weights of one neuron, each with a slider.

import { firstWeight } from "./engine.js";
import { fill, findAll, finder, html, slider } from "./kit.js";

const LIMIT = 5;

/**
 * @param {HTMLElement} box
 * @param {import("./network.js").Payload} data
 * @param {[number, number]} neuron
 * @param {(weight: number, value: number) => void} change
 */
export const buildDetail = (box, data, [layer, k], change) => {
  const sliders = finder(box)(".sliders");
  sliders.replaceChildren();
  if (!layer) return;
  const start = firstWeight(data.sizes, layer, k);
  const count = data.sizes[layer - 1];
  for (let j = 0; j <= count; j++) {
    const name = j === count
      ? data.text.bias
      : layer === 1
      ? data.input_names[j]
      : fill(data.text.from, { j: j + 1 });
    const range = slider(name, LIMIT);
    range.dataset.weight = String(start + j);
    range.oninput = () => change(start + j, Number(range.value));
    sliders.append(html("div", {}, html("label", {}, name), range, html("output")));
  }
};

/** @type {(box: ParentNode, weights: Float32Array, format: (v: number) => string) => void} */
export const drawDetail = (box, weights, format) => {
  for (const range of findAll(box, ".sliders input", HTMLInputElement)) {
    const w = weights[Number(range.dataset.weight)];
    const root = /** @type {ShadowRoot} */ (range.getRootNode());
    if (root.activeElement !== range) range.value = String(w);
    /** @type {Element} */ (range.nextElementSibling).textContent = format(w);
  }
};
