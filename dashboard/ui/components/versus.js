// @ts-check
// Two networks on the same examples: their answers side by side, their films in step, their curves overlaid.

import { fill, filmAt, findAll, finder, floats, later, mount, numbers } from "./kit.js";
import { filmPlayer } from "./player.js";
import { features, forward } from "./engine.js";
import { runChart, showEpoch, topOf } from "./charts.js";
import { drawAnswer, examples, mapPlaces, onDark } from "./maps.js";

/**
 * @typedef {{
 *   lang: string, text: import("./player.js").Texts, colours: {positive: string, negative: string, runs: string[]},
 *   start: number | null, runs: import("./network.js").Payload[],
 * }} Payload
 */

/** A run whose film and curves are numbers. */
const readied = (/** @type {import("./network.js").Payload} */ run, /** @type {boolean} */ dark) => ({
  ...run,
  dark,
  weights: floats(run.weights),
  curves: run.curves.map(floats),
  grid: features(mapPlaces(run.extent), run.inputs),
  examples: [run.train, run.test].map(examples),
});

function versusView(/** @type {ShadowRoot} */ root) {
  const component = finder(root)(".component");
  component.classList.add("versus-view");
  component.innerHTML = `
    <div class="pair">${
    ["A", "B"].map((name) =>
      `<figure><figcaption><b>${name}</b> <span class="veiled"></span></figcaption>
      <canvas class="answer" role="img"></canvas></figure>`
    ).join("")
  }</div>
    <div class="legend"></div>
    <div class="transport"></div>
    <div class="figures">
      <svg class="chart loss" viewBox="0 0 360 190" role="img"></svg>
      <svg class="chart score" viewBox="0 0 360 190" role="img"></svg>
    </div>`;
  const $ = finder(component);
  const canvases =
    /** @type {import("./maps.js").Answer[]} */ (findAll(component, ".answer", HTMLCanvasElement));
  const captions = findAll(component, "figcaption span", HTMLElement);
  let data = /** @type {Payload} */ (later());
  let runs = /** @type {ReturnType<typeof readied>[]} */ ([]);
  let epochs = /** @type {number[]} */ ([]); // at which either film has a frame
  let now = 0; // the epoch shown, between two frames too
  const player = filmPlayer({
    param: "epoch",
    place: (at) => epochs[at],
    onFrame: (at, share) => {
      now = epochs[at] + (share ? share * (epochs[at + 1] - epochs[at]) : 0);
      draw();
    },
  });
  $(".transport").append(player.element);

  // A film that ended early stands still.
  const weightsOf = (/** @type {(typeof runs)[number]} */ run) => {
    const size = run.weights.length / run.epochs.length;
    const at = run.epochs.findLastIndex((e) => e <= now);
    const next = run.epochs[at + 1];
    return filmAt(run.weights, size, at, next ? (now - run.epochs[at]) / (next - run.epochs[at]) : 0);
  };
  /** @type {(v: number) => string} */
  const unit = (
    v,
  ) => (runs[0].task === "values"
    ? numbers(data.lang, 2)(v)
    : new Intl.NumberFormat(data.lang, { style: "percent", maximumFractionDigits: 1 }).format(v));

  function draw() {
    if (!data) return;
    const epoch = Math.round(now);
    runs.forEach((run, k) => {
      const weights = weightsOf(run);
      const outputs = forward(weights, run.sizes, run.activation, run.grid)[run.sizes.length - 1];
      drawAnswer(canvases[k], run, weights, outputs, run.examples);
      const e = Math.min(epoch, run.curves[0].length - 1);
      captions[k].textContent = fill(data.text.versus, {
        epoch: numbers(data.lang, 0)(e),
        train: unit(run.curves[2][e]),
        test: unit(run.curves[3][e]),
      });
      canvases[k].setAttribute(
        "aria-label",
        fill(run.text.describe, { epoch: e, score: unit(run.curves[3][e]) }),
      );
    });
    for (const css of [".loss", ".score"]) showEpoch($(css, SVGSVGElement), epoch);
  }
  let width = -1;
  new ResizeObserver(() => {
    if (component.clientWidth === width) return;
    width = component.clientWidth;
    for (const canvas of canvases) canvas.side = undefined;
    draw();
  }).observe(component);

  return {
    stop: player.stop,
    update(/** @type {Payload} */ fresh) {
      data = fresh;
      const dark = onDark(component);
      runs = fresh.runs.map((run) => readied(run, dark));
      epochs = [...new Set(runs.flatMap((run) => run.epochs))].sort((a, b) => a - b);
      /** @returns {import("./charts.js").Series[]} */
      const series = (/** @type {number} */ row) =>
        runs.map((run, k) => [run.curves[row], k ? "5 4" : "", ["A", "B"][k], data.colours.runs[k]]);
      /** @type {(css: string, title: string, row: number, format: (v: number) => string, most: number) => void} */
      const figure = (css, title, row, format, most) =>
        runChart($(css, SVGSVGElement), {
          lang: data.lang,
          title,
          x: data.text.epochs,
          unit: format,
          most,
          series: series(row),
          at: () => Math.round(now),
          spoken: data.text.chart,
        });
      figure(".loss", data.text.test_loss, 1, numbers(data.lang, 3), topOf(runs.map((run) => run.curves[1])));
      figure(".score", data.text.test_score, 3, unit, 1);
      const { start: opened } = data;
      const start = opened === null ? null : epochs.findLastIndex((e) => e <= opened);
      player.load({
        film: runs.map((run) => run.film_id).join(),
        count: epochs.length,
        start,
        words: data.text.player,
        next: data.text.next,
      });
    },
  };
}

export default mount(versusView);
