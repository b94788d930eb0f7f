// @ts-check
// The drawing of a network: a map for each neuron, a line for each weight. It says what the pointer does to them.

import { firstWeight } from "./engine.js";
import { child, clamp, el, fill, findAll, finder, html, later, set } from "./kit.js";
import { GRID, inkOf, neuronInks, paintMap } from "./maps.js";

/** @typedef {import("./network.js").Payload} Payload */
/**
 * @typedef {{
 *   look: (neuron: [number, number] | null) => void, pin: (layer: number, k: number) => void,
 *   over: (weight: number | null) => void, pull: (weight: number, value: number) => void,
 *   resize: (change: (widths: number[]) => number[]) => void,
 * }} Hooks
 */

/** The line of a weight, from neuron ``j`` of the layer before to neuron ``k`` of a layer. @typedef {{
 *   path: SVGPathElement, layer: number, k: number, j: number, middle: number[],
 * }} Link
 */

const TARGET = 40; // pixels that a finger needs
const REACH = 0.025; // of a weight, for a pixel that a link is dragged
const STRONGEST = 5; // weight that a link can be dragged to

export class Net {
  /**
   * @param {HTMLElement} box
   * @param {Hooks} hooks
   */
  constructor(box, hooks) {
    this.box = box;
    this.hooks = hooks;
    this.svg = finder(box)("svg");
    this.neurons = /** @type {HTMLElement[][]} */ ([]);
    this.links = /** @type {Link[]} */ ([]); // by weight
    this.side = 0; // of a neuron, in pixels
    this.at = /** @type {(layer: number, k: number) => number[]} */ (later()); // where a neuron's middle is
    this.label = /** @type {SVGTextElement} */ (later());
    this.weights = /** @type {Float32Array} */ (new Float32Array());
    this.listen();
  }

  // ------------------------------------------------------------------ built for a payload

  /** @param {Payload} data */
  build(data) {
    const { box, svg } = this;
    for (const old of findAll(box, ".neuron, .column, .io", HTMLElement)) old.remove();
    const { sizes } = data;
    const columns = sizes.length;
    const width = box.clientWidth || 600;
    const finger = window.innerWidth < 640 || matchMedia("(pointer: coarse)").matches;
    const step = width / columns;
    const most = Math.max(...sizes);
    const head = data.editable_net ? 44 : 22;
    const foot = data.editable_net && finger ? 44 : 8;
    const least = finger ? Math.min(TARGET, step - 4) : 16;
    const side = Math.max(least, Math.min(46, step * 0.62, 440 / most - 4));
    const pitch = side + Math.max(4, Math.min(16, 460 / most - side));
    const tall = Math.max(most * pitch, 150);
    box.style.height = `${head + tall + foot}px`;
    box.classList.toggle("finger", finger);
    this.at = (
      /** @type {number} */ layer,
      /** @type {number} */ k,
    ) => [step * (layer + 0.5), head + tall / 2 + (k - (sizes[layer] - 1) / 2) * pitch];
    this.side = side;
    this.neurons = sizes.map((count, layer) => {
      this.column(data, layer, step);
      return Array.from({ length: count }, (_, k) => this.neuron(data, layer, k, width));
    });
    svg.replaceChildren();
    set(svg, { width, height: head + tall + foot });
    this.connect(data);
  }

  /** @type {(data: Payload, layer: number, step: number) => void} */
  column({ sizes, text, editable_net, max_width }, layer, step) {
    const column = html("div", { className: "column" });
    column.style.cssText = `left:${step * layer}px;width:${step}px`;
    const hidden = layer > 0 && layer < sizes.length - 1;
    if (!hidden) column.textContent = layer ? text.output : text.inputs;
    else if (editable_net) {
      for (const change of [-1, 1]) {
        const button = html("button", {
          ariaLabel: fill(change > 0 ? text.more_neurons : text.fewer_neurons, { layer }),
          disabled: change > 0 ? sizes[layer] >= max_width : sizes[layer] <= 1,
        }, change > 0 ? "+" : "−");
        button.onclick = () =>
          this.hooks.resize((widths) =>
            widths.map((n, l) => (l === layer - 1 ? clamp(n + change, 1, max_width) : n))
          );
        column.append(button);
      }
    }
    this.box.append(column);
  }

  /** @type {(data: Payload, layer: number, k: number, width: number) => HTMLButtonElement} */
  neuron({ sizes, text, input_names }, layer, k, width) {
    const [x, y] = this.at(layer, k);
    const { side, box, hooks } = this;
    const map = html("canvas", { width: GRID, height: GRID });
    const neuron = html("button", { className: "neuron" }, map, html("b"));
    neuron.dataset.at = `${layer}-${k}`;
    neuron.style.cssText = `left:${x - side / 2}px;top:${y - side / 2}px;width:${side}px;height:${side}px`;
    const output = sizes[layer] > 1 ? fill(text.output_of, { k: k + 1 }) : text.output;
    const name = layer === 0
      ? input_names[k]
      : layer === sizes.length - 1
      ? output
      : fill(text.neuron, { layer, k: k + 1 });
    neuron.setAttribute("aria-label", name);
    neuron.onclick = () => hooks.pin(layer, k);
    neuron.onpointerenter = (event) => event.pointerType !== "touch" && hooks.look([layer, k]);
    neuron.onpointerleave = () => hooks.look(null);
    neuron.onfocus = () => neuron.matches(":focus-visible") && hooks.look([layer, k]);
    neuron.onblur = () => hooks.look(null);
    box.append(neuron);
    if (layer === 0) {
      const label = html("span", { className: "io" }, name);
      label.style.cssText = `right:${width - x + side / 2 + 3}px;top:${y - 9}px`;
      box.append(label);
    }
    return neuron;
  }

  /** A line to see and a wider one to hold, for each weight. */
  connect(/** @type {Payload} */ { sizes }) {
    const { svg, side } = this;
    const [seen, held] = [el("g", {}, svg), el("g", { class: "held" }, svg)];
    this.label = el("text", { class: "weight hidden", "text-anchor": "middle" }, svg);
    this.links = [];
    for (let layer = 1; layer < sizes.length; layer++) {
      for (let k = 0; k < sizes[layer]; k++) {
        for (let j = 0; j < sizes[layer - 1]; j++) {
          const [[x1, y1], [x2, y2]] = [this.at(layer - 1, j), this.at(layer, k)];
          const [a, b] = [x1 + side / 2, x2 - side / 2];
          const middle = (a + b) / 2;
          const d = `M${a} ${y1}C${middle} ${y1} ${middle} ${y2} ${b} ${y2}`;
          const weight = firstWeight(sizes, layer, k) + j;
          const path = el("path", { d, fill: "none" }, seen);
          this.links[weight] = { path, layer, k, j, middle: [middle, (y1 + y2) / 2] };
          el("path", { d, fill: "none", "data-weight": weight }, held);
        }
      }
    }
  }

  // ------------------------------------------------------------------ the pointer on the links

  listen() {
    const { svg, hooks } = this;
    let drag = /** @type {{weight: number, x: number, y: number, from: number} | null} */ (null);
    const weightAt = (/** @type {PointerEvent} */ event) => {
      const { weight } = /** @type {SVGElement} */ (event.target).dataset;
      return weight === undefined ? null : Number(weight);
    };
    svg.addEventListener("pointerover", (event) => !drag && hooks.over(weightAt(event)));
    svg.addEventListener("pointerleave", () => !drag && hooks.over(null));
    svg.addEventListener("pointerdown", (event) => {
      const weight = weightAt(event);
      if (weight === null || event.button) return;
      svg.setPointerCapture(event.pointerId);
      drag = { weight, x: event.clientX, y: event.clientY, from: this.weights[weight] };
      hooks.over(weight);
      if (event.pointerType !== "touch") event.preventDefault();
    });
    svg.addEventListener("pointermove", (event) => {
      if (!drag) return;
      // A finger that goes up or down scrolls the page.
      const way = event.clientX - drag.x - (event.pointerType === "touch" ? 0 : event.clientY - drag.y);
      hooks.pull(drag.weight, clamp(drag.from + REACH * way, -STRONGEST, STRONGEST));
    });
    const drop = (/** @type {PointerEvent} */ event) => {
      if (drag && event.pointerType !== "touch") hooks.over(null);
      drag = null;
    };
    svg.addEventListener("pointerup", drop);
    svg.addEventListener("pointercancel", drop);
  }

  // ------------------------------------------------------------------ drawn for every frame

  /**
   * @param {Payload} data
   * @param {Float32Array} weights
   * @param {Float32Array[][]} layers
   * @param {{shown: [number, number] | null, pinned: [number, number] | null, over: number | null, fresh: boolean, dark: boolean,
   *   format: (v: number) => string, answer: (outputs: Float32Array[]) => import("./maps.js").Inks}} state
   */
  draw(data, weights, layers, { shown, pinned, over, fresh, dark, format, answer }) {
    this.weights = weights;
    const { colours, sizes } = data;
    const signed = (/** @type {number} */ v) => (v < 0 ? colours.negative : colours.positive);
    /** @type {(at: [number, number] | null, layer: number, k: number) => boolean} */
    const is = (at, layer, k) => at?.[0] === layer && at[1] === k;
    let most = 1e-9;
    for (const w of weights) most = Math.max(most, Math.abs(w));
    this.links.forEach(({ path, layer, k, j }, weight) => {
      const w = weights[weight];
      const strength = Math.abs(w) / most;
      const dim = shown
        ? !(is(shown, layer, k) || is(shown, layer - 1, j))
        : over !== null && over !== weight;
      set(path, {
        stroke: signed(w),
        "stroke-width": (over === weight ? 2 : 0.4) + 5 * strength,
        opacity: dim ? 0.06 : over === weight ? 1 : 0.25 + 0.7 * strength,
      });
    });
    this.neurons.forEach((column, layer) =>
      column.forEach((neuron, k) => {
        neuron.classList.toggle("open", is(pinned, layer, k));
        neuron.classList.toggle("dim", Boolean(shown) && !is(shown, layer, k));
        if (!fresh) return;
        const last = layer === sizes.length - 1;
        const inks = last && sizes[layer] === 1
          ? answer(layers[layer])
          : neuronInks(layers[layer][k], data.activation, colours);
        paintMap(child(neuron, 0, HTMLCanvasElement), inks, colours, dark);
        const bias = layer ? weights[firstWeight(sizes, layer, k) + sizes[layer - 1]] : 0;
        neuron.style.borderColor = layer ? signed(bias) : "";
      })
    );
    this.label.classList.toggle("hidden", over === null);
    if (over === null || !this.links[over]) return;
    const [x, y] = this.links[over].middle;
    set(this.label, { x, y: y - 8 });
    this.label.textContent = format(weights[over]);
  }

  /**
   * The values of all neurons at one place, the first ``reached`` of them: numbers, and the products on the links.
   * @type {(data: Payload, values: Float32Array[][] | null, reached: number, format: (v: number) => string) => void}
   */
  probe(data, values, reached, format) {
    this.box.classList.toggle("probing", Boolean(values));
    if (!values) return;
    const { colours } = data;
    let count = 0;
    const most = values.map((layer) => Math.max(1e-6, ...layer.map(([v]) => Math.abs(v))));
    this.neurons.forEach((column, layer) =>
      column.forEach((neuron, k) => {
        const lit = count++ < reached;
        const [v] = values[layer][k];
        neuron.classList.toggle("lit", lit);
        if (!lit) return;
        finder(neuron)("b").textContent = format(v);
        const strength = Math.round(20 + (80 * Math.abs(v)) / most[layer]);
        neuron.style.setProperty("--value", inkOf(v, colours, strength));
      })
    );
    const first = data.sizes.map((_, layer) => data.sizes.slice(0, layer).reduce((sum, n) => sum + n, 0));
    let strongest = 1e-9;
    const products = this.links.map(({ layer, j }, weight) => {
      const product = this.weights[weight] * values[layer - 1][j][0];
      strongest = Math.max(strongest, Math.abs(product));
      return product;
    });
    this.links.forEach(({ path, layer, k }, weight) => {
      const share = Math.abs(products[weight]) / strongest;
      set(path, {
        stroke: products[weight] < 0 ? colours.negative : colours.positive,
        opacity: first[layer] + k < reached ? 0.15 + 0.85 * share : 0.05,
      });
    });
  }
}
