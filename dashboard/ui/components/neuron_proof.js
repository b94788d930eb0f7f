// @ts-check
// The two quantities of the convergence proof along a run, each with its bound (Novikoff 1962).

import { el, fill, textAt } from "./kit.js";

/** A separator of unit length, the bias included, its margin γ and the greatest length R of an example.
 * @typedef {{separator: number[], margin: number, radius: number}} Proof
 */

const dot = (/** @type {number[]} */ a, /** @type {number[]} */ b) =>
  a.reduce((sum, v, k) => sum + v * b[k], 0);

/**
 * At each frame: the updates made, w·w* and its lower bound, |w|² and its upper bound.
 * @param {{index: number[], weights: number[], rate: number}} film
 * @param {Proof} proof
 */
export const growth = ({ index, weights, rate }, { separator, margin, radius }) => {
  const rows = index.map((_, k) => weights.slice(3 * k, 3 * k + 3));
  const made = index.map((point, k) => (point < 0 && k ? k - 1 : k)); // a closing frame changes nothing
  const [ahead, squares] = [rows.map((w) => dot(w, separator)), rows.map((w) => dot(w, w))];
  return {
    made,
    ahead,
    atLeast: made.map((k) => ahead[0] + k * rate * margin),
    squares,
    atMost: made.map((k) => squares[0] + k * (rate * radius) ** 2),
  };
};

const [LEFTS, LENGTH, TOP, BASE] = [[216, 384], 124, 24, 128]; // of the curves, in the chart's own units

/**
 * Draws both beside the mistakes; gives what moves their dots along the film, after the one of the mistakes.
 * @param {SVGSVGElement} svg
 * @param {import("./neuron.js").Payload["text"]} text
 * @param {ReturnType<typeof growth>} grown
 * @param {(v: number) => string} format
 */
export const drawProof = (svg, text, grown, format) => {
  const frames = grown.made.length;
  const movers = [
    { title: text.proof_ahead, curve: grown.ahead, bound: grown.atLeast },
    { title: text.proof_length, curve: grown.squares, bound: grown.atMost },
  ].map(({ title, curve, bound }, k) => {
    const left = LEFTS[k];
    const [low, high] = [Math.min(0, ...curve, ...bound), Math.max(1e-9, ...curve, ...bound)];
    const x = (/** @type {number} */ k) => left + (k / Math.max(1, frames - 1)) * LENGTH;
    const y = (/** @type {number} */ v) => BASE - ((v - low) / (high - low)) * (BASE - TOP);
    const path = (/** @type {number[]} */ values) =>
      values.map((v, k) => `${k ? "L" : "M"}${x(k).toFixed(1)} ${y(v).toFixed(1)}`).join("");
    textAt(svg, left, 14, title, "start");
    textAt(svg, left - 5, y(high) + 4, format(high), "end");
    textAt(svg, left - 5, y(0) + 4, "0", "end");
    el("path", { class: "axis", fill: "none", d: `M${left} ${TOP}V${BASE}h${LENGTH}` }, svg);
    el("path", { class: "curve", "stroke-dasharray": "5 4", d: path(bound) }, svg);
    el("path", { class: "curve", style: "stroke: var(--st-primary-color)", d: path(curve) }, svg);
    const mark = el("circle", { r: 4.5 }, svg);
    return (/** @type {number} */ frame, /** @type {number} */ share) => {
      const next = Math.min(frame + 1, frames - 1);
      mark.setAttribute("cx", String(x(frame + share)));
      mark.setAttribute("cy", String(y(curve[frame] + share * (curve[next] - curve[frame]))));
    };
  });
  return (/** @type {number} */ frame, share = 0) => {
    for (const move of movers) move(frame, share);
    svg.setAttribute(
      "aria-label",
      `${svg.getAttribute("aria-label")} ${
        fill(text.proof_alt, {
          k: grown.made[frame],
          ahead: format(grown.ahead[frame]),
          least: format(grown.atLeast[frame]),
          length: format(grown.squares[frame]),
          most: format(grown.atMost[frame]),
        })
      }`,
    );
  };
};
