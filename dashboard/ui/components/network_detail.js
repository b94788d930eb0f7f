// @ts-check
// The weights of one neuron, each with a slider.

import { firstWeight } from "./engine.js";
import { fill, findAll, finder } from "./kit.js";

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
    const label = document.createElement("label");
    const range = document.createElement("input");
    label.textContent = j === count
      ? data.text.bias
      : layer === 1
      ? data.input_names[j]
      : fill(data.text.from, { j: j + 1 });
    Object.assign(range, { type: "range", min: -LIMIT, max: LIMIT, step: 0.01 });
    range.dataset.weight = String(start + j);
    range.setAttribute("aria-label", label.textContent);
    range.oninput = () => change(start + j, Number(range.value));
    const row = document.createElement("div");
    row.append(label, range, document.createElement("output"));
    sliders.append(row);
  }
};

export const drawDetail = (
  /** @type {ParentNode} */ box,
  /** @type {Float32Array} */ weights,
  /** @type {(v: number) => string} */ format,
) => {
  for (const range of findAll(box, ".sliders input", HTMLInputElement)) {
    const w = weights[Number(range.dataset.weight)];
    const root = /** @type {ShadowRoot} */ (range.getRootNode());
    if (root.activeElement !== range) range.value = String(w);
    /** @type {Element} */ (range.nextElementSibling).textContent = format(w);
  }
};
