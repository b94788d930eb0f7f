// @ts-check
// Figures along a run.

import { clamp, el, fill, numbers, textAt } from "./kit.js";

/** A little over the highest value at either end of the curves: peaks on the way may leave the figure.
 * @param {ArrayLike<number>[]} curves
 */
export const topOf = (curves) => Math.max(1e-3, ...curves.map((c) => Math.max(c[0], c[c.length - 1]))) * 1.1;

const CHART = 360; // width of a figure in its own units

/** @typedef {[values: ArrayLike<number>, dashes: string, name: string, ink?: string]} Series values per epoch */
/** @type {WeakMap<Element, (epoch: number) => void>} */
const markers = new WeakMap();
/** Marks an epoch on a figure that has been drawn. */
export const showEpoch = (/** @type {Element} */ svg, /** @type {number} */ epoch) =>
  markers.get(svg)?.(epoch);

/**
 * Curves along a run; ``at`` tells the film's epoch, ``spoken`` is what the figure says to who cannot see it.
 * @param {SVGSVGElement} svg
 * @param {{
 *   lang: string, title: string, x: string, unit: (v: number) => string, most: number, series: Series[],
 *   at: () => number, spoken: string,
 * }} figure
 */
export const runChart = (svg, { lang, title, x: name, unit, most, series, at, spoken }) => {
  const whole = numbers(lang, 0);
  const last = Math.max(1, ...series.map(([values]) => values.length - 1));
  const x = (/** @type {number} */ e) => 46 + (e / last) * (CHART - 58);
  const y = (/** @type {number} */ v) => 148 - (Math.min(v, most) / most) * 116;
  svg.replaceChildren();
  el("path", { class: "axis", d: `M46 32V148H${CHART - 12}`, fill: "none" }, svg);
  for (const v of [most / 2, most]) {
    el("line", { class: "epoch", x1: 46, x2: CHART - 12, y1: y(v), y2: y(v) }, svg);
  }
  for (const v of [0, most / 2, most]) textAt(svg, 40, y(v) + 4, unit(v), "end");
  textAt(svg, 46, 165, "0", "middle");
  textAt(svg, CHART - 12, 165, whole(last), "end");
  textAt(svg, CHART / 2 + 17, 182, name, "middle");
  textAt(svg, 4, 14, title, "start", { "font-weight": 600 });
  const wide = (CHART - 108) / series.length;
  series.forEach(([values, dash, label, ink], k) => {
    const stride = Math.max(1, Math.floor(values.length / 400));
    let d = "";
    for (let e = 0; e < values.length; e += stride) {
      d += `${d ? "L" : "M"}${x(e).toFixed(1)} ${y(values[e]).toFixed(1)}`;
    }
    const style = ink ? `stroke:${ink}` : "";
    el("path", { class: "curve", d, "stroke-dasharray": dash, style }, svg);
    el("path", { class: "curve", d: `M${108 + wide * k} 10h20`, "stroke-dasharray": dash, style }, svg);
    textAt(svg, 132 + wide * k, 14, label, "start");
  });
  const now = el("g", {}, svg);
  const end = (/** @type {Series} */ [values], /** @type {number} */ e) =>
    values[Math.min(e, values.length - 1)];
  const show = (/** @type {number} */ e) => {
    now.replaceChildren();
    el("line", { class: "now", x1: x(e), x2: x(e), y1: 32, y2: 148 }, now);
    for (const one of series) el("circle", { cx: x(e), cy: y(end(one, e)), r: 4 }, now);
    const right = x(e) > CHART / 2;
    el(
      "text",
      { x: x(e) + (right ? -8 : 8), y: 44, "text-anchor": right ? "end" : "start", class: "value" },
      now,
    ).textContent = `${whole(e)} · ${series.map((one) => unit(end(one, e))).join(" / ")}`;
  };
  markers.set(svg, show);
  svg.onpointermove = (event) => {
    const place = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM()?.inverse());
    show(Math.round(clamp((place.x - 46) / (CHART - 58), 0, 1) * last));
  };
  svg.onpointerleave = () => show(at());
  svg.setAttribute(
    "aria-label",
    fill(spoken, {
      title,
      first: unit(series[0][0][0]),
      last: unit(end(series[0], last)),
      test: unit(end(series[1], last)),
    }),
  );
};
