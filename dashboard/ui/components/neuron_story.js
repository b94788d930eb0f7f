// @ts-check
// What is told beside the board: the step in words and numbers, the neuron as a drawing, the mistakes along a run.

import { clamp, el, fill, sigmoid, textAt } from "./kit.js";
import { activate, score } from "./neuron_plane.js";

/** @typedef {import("./neuron.js").Payload} Payload */
/** @typedef {import("./neuron_plane.js").Weights} Weights */
/** @typedef {(v: number) => string} Format */

const minus = (
  /** @type {Format} */ format,
  /** @type {number} */ x,
) => (x < 0 ? `(${format(x)})` : format(x));

/**
 * A correction: weights before and after, the point, and what pushed.
 * @param {HTMLElement} table
 * @param {Payload} data
 * @param {{frame: number, old: Weights, now: Weights, point: number[], kept: Weights | null}} step
 * @param {Format} format
 */
export const tellSums = (table, { film }, { frame, old, now, point, kept }, format) => {
  const signed = (/** @type {number} */ x) => minus(format, x);
  const s = score(old, point[0], point[1]);
  const rows = [[
    "<i>s</i>",
    "= <i>w</i>₁<i>x</i>₁ + <i>w</i>₂<i>x</i>₂ + <i>b</i>",
    `${signed(old[0])} × ${signed(point[0])} + ${signed(old[1])} × ${signed(point[1])} + ${signed(old[2])}
      <b>= ${format(s)}</b>`,
  ]];
  ["<i>w</i>₁", "<i>w</i>₂", "<i>b</i>"].forEach((name, k) => {
    const value = k < 2 ? ` × ${signed(point[k])}` : "";
    rows.push([
      `${name} ←`,
      `${name} + η<i>${film.symbol}</i>${["<i>x</i>₁", "<i>x</i>₂", ""][k]}`,
      `${signed(old[k])} + ${format(film.rate)} × ${signed(film.step[frame])}${value} <b>= ${
        format(now[k])
      }</b>`,
    ]);
  });
  if (kept) rows.push([film.kept ?? "", "", `<b>(${kept.map(format).join(" ; ")})</b>`]);
  table.innerHTML = rows
    .map(([name, formula, numbers]) => `<tr><td>${name}</td><td>${formula}</td><td>= ${numbers}</td></tr>`)
    .join("");
};

const CURVES = {
  step: "M326 120H356V84H386",
  identity: "M326 120L386 84",
  sigmoid: "M326 120C360 120 352 84 386 84",
};

/**
 * The neuron as inputs, weights, sum, activation and output, for one point.
 * @param {SVGSVGElement} svg
 * @param {Payload} data
 * @param {Weights} w
 * @param {number} i
 * @param {number[] | undefined} point
 * @param {Format} format
 */
export const drawCell = (svg, data, w, i, point, format) => {
  svg.replaceChildren();
  svg.classList.toggle("hidden", !point);
  if (!point) return;
  const { text, activation } = data;
  const [x1, x2, label] = point;
  const s = score(w, x1, x2);
  const out = activate(activation, s);
  const tint = (/** @type {number} */ v) => (v >= 0 ? data.colours.positive : data.colours.negative);
  const strongest = Math.max(1e-9, ...w.map(Math.abs));
  const put = (/** @type {number} */ x, /** @type {number} */ y, /** @type {string} */ content, kind = "") =>
    textAt(svg, x, y, content, "middle", { class: kind });
  ["x₁", "x₂", ""].forEach((name, k) => {
    const y = 48 + 54 * k;
    const width = 1 + (7 * Math.abs(w[k])) / strongest;
    el("line", { x1: 76, y1: y, x2: 226, y2: 102, stroke: tint(w[k]), "stroke-width": width }, svg);
    el("circle", { cx: 58, cy: y, r: 19, class: "body" }, svg);
    put(58, y + 5, format([x1, x2, 1][k]));
    put(18, y + 5, name);
    put([150, 122, 150][k], [58, 94, 152][k], `${["w₁", "w₂", "b"][k]} = ${format(w[k])}`, "small weight");
  });
  el("line", { x1: 270, y1: 102, x2: 470, y2: 102, class: "curve" }, svg);
  el("circle", { cx: 250, cy: 102, r: 26, class: "body" }, svg);
  put(250, 107, format(s));
  put(250, 66, `Σ ${text.sum}`);
  el("rect", { x: 318, y: 76, width: 76, height: 52, rx: 6, class: "body" }, svg);
  el("path", { d: CURVES[activation], class: "curve" }, svg);
  const reach = clamp(s / (activation === "step" ? 2 : 4), -1, 1);
  const height = {
    step: s > 0 ? 84 : 120,
    identity: 102 - 18 * reach,
    sigmoid: 120 - 36 * sigmoid(6 * reach),
  }[activation];
  el("circle", { cx: 356 + 30 * reach, cy: height, r: 4.5, fill: tint(s) }, svg);
  put(356, 66, text.activations[activation], "small");
  const edge = tint(activation === "sigmoid" ? out - 0.5 : out);
  el("circle", {
    cx: 452,
    cy: 102,
    r: 26,
    fill: "var(--st-background-color)",
    stroke: edge,
    "stroke-width": 4,
  }, svg);
  put(452, 107, activation === "step" ? (s === 0 ? "?" : out > 0 ? "+1" : "−1") : format(out));
  put(452, 66, text.output, "small");
  put(452, 150, data.classes[label > 0 ? 1 : 0], "small");
  put(452, 166, label * s <= 0 ? text.missed : text.found, "small");
  put(58, 20, fill(text.point, { i: i + 1 }));
  svg.setAttribute("aria-label", fill(text.cell, { i: i + 1, s: format(s), out: format(out) }));
};

const [WHOLE, THIRD] = [464, 124]; // width of the chart's curve, alone and beside the proof's, in its own units
const BIN = 3; // a change of the curve takes as much of it

/**
 * Misclassified points along the run: a curve, or, where it would be a block, the middle of what it sweeps over.
 * @param {SVGSVGElement} svg
 * @param {Payload} data
 * @param {number[]} counts
 * @param {Format} format
 */
export const drawChart = (svg, { text, film }, counts, format) => {
  const frames = counts.length;
  const wide = film.proof ? THIRD : WHOLE;
  const mostBins = wide / BIN;
  const most = Math.max(1, ...counts);
  const x = (/** @type {number} */ k) => 44 + (k / Math.max(1, frames - 1)) * wide;
  const y = (/** @type {number} */ n) => 128 - (n / most) * 104;
  const path = (/** @type {number[][]} */ places) =>
    places.map(([a, b], k) => `${k ? "L" : "M"}${x(a).toFixed(1)} ${y(b).toFixed(1)}`).join("");
  svg.replaceChildren();
  if (film.epoch[frames - 1] <= 40) {
    for (let k = 1; k < frames; k++) {
      if (film.epoch[k] === film.epoch[k - 1]) continue;
      el("line", { class: "epoch", x1: x(k), x2: x(k), y1: 24, y2: 128 }, svg);
    }
  }
  el("path", { class: "axis", d: `M44 24V128h${wide}`, fill: "none" }, svg);
  if (frames <= mostBins) el("path", { class: "curve", d: path(counts.map((n, k) => [k, n])) }, svg);
  else {
    const size = Math.ceil(frames / mostBins);
    const bins = Array.from(
      { length: Math.ceil(frames / size) },
      (_, i) => counts.slice(i * size, (i + 1) * size),
    );
    const at = (/** @type {number} */ i) => Math.min(frames - 1, (i + 0.5) * size);
    const top = bins.map((bin, i) => [at(i), Math.max(...bin)]);
    const bottom = bins.map((bin, i) => [at(i), Math.min(...bin)]);
    el("path", { class: "sweep", d: `${path([...top, ...bottom.reverse()])}Z` }, svg);
    const mean = bins.map((bin, i) => [at(i), bin.reduce((a, b) => a + b, 0) / bin.length]);
    el("path", { class: "curve", d: path(mean) }, svg);
  }
  textAt(svg, 38, y(0) + 4, "0", "end");
  textAt(svg, 38, y(most) + 4, format(most), "end");
  textAt(svg, 44, 146, "0", "middle");
  textAt(svg, 44 + wide, 146, format(frames - 1), "end");
  textAt(svg, 276, 162, film.proof ? text.proof_x : text.chart_x, "middle");
  textAt(svg, 44, 14, text.chart_title, "start");
  const now = el("line", { class: "now", y1: 24, y2: 128 }, svg);
  const dot = el("circle", { r: 4.5 }, svg);
  return (/** @type {number} */ frame, share = 0) => {
    const [at, next] = [counts[frame], counts[Math.min(frame + 1, frames - 1)]];
    now.setAttribute("x1", String(x(frame + share)));
    now.setAttribute("x2", String(x(frame + share)));
    dot.setAttribute("cx", String(x(frame + share)));
    dot.setAttribute("cy", String(y(at + share * (next - at))));
    svg.setAttribute("aria-label", fill(text.chart, { n: at, k: frame }));
  };
};
