// @ts-check
// What stands around a network: its layers to change, the legend, pens for one's own points, the curves of the run.

import { runChart, topOf } from "./charts.js";
import { el, fill, findAll, html, legendEntry, withIcon } from "./kit.js";

/** @typedef {import("./network.js").NetworkView} NetworkView */

export const drawDepth = (/** @type {NetworkView} */ view) => {
  const { text, sizes, max_layers, text_cost, editable_net, dice } = view.data;
  const hidden = sizes.slice(1, -1);
  const button = (
    /** @type {string} */ words,
    /** @type {string} */ spoken,
    /** @type {boolean} */ disabled,
    /** @type {() => void} */ press,
  ) => html("button", { type: "button", ariaLabel: spoken, disabled, onclick: press }, words);
  const span = (/** @type {string} */ words, css = "") => html("span", { className: css }, words);
  const parts = [];
  if (editable_net) {
    parts.push(
      button("−", text.fewer_layers, !hidden.length, () => view.resize((now) => now.slice(0, -1))),
      button(
        "+",
        text.more_layers,
        hidden.length >= max_layers,
        () => view.resize((now) => [...now, now.at(-1) ?? 4].slice(0, max_layers)),
      ),
      span(fill(text.layers, { n: hidden.length })),
    );
  }
  if (dice) {
    const roll = button("", text.dice_help, false, () => view.trigger("dice", true));
    withIcon(roll, "dice", text.dice);
    parts.push(roll);
  }
  view.$(".depth").replaceChildren(...parts, span(text_cost, "cost"));
};

export const drawLegend = (/** @type {NetworkView} */ view) => {
  const { text, task, classes, colours } = view.data;
  const box = view.$(".legend");
  box.replaceChildren();
  const entry = (/** @type {string} */ name, /** @type {(icon: SVGSVGElement) => void} */ drawing) =>
    box.append(legendEntry(name, drawing));
  if (task === "classes") {
    for (let k = 0; k < Math.max(2, classes); k++) {
      const ink = { fill: colours.classes[k] };
      entry(
        fill(text.class, { k: k + 1 }),
        (g) =>
          k
            ? el("circle", { cx: 8, cy: 8, r: 5.5, ...ink }, g)
            : el("rect", { x: 3, y: 3, width: 10, height: 10, ...ink }, g),
      );
    }
  } else {
    for (const [name, ink] of [[text.low, colours.negative], [text.high, colours.positive]]) {
      entry(name, (g) => el("rect", { x: 2, y: 2, width: 12, height: 12, fill: ink }, g));
    }
  }
  const hollow = { fill: "none", stroke: "currentColor", "stroke-width": 1.8 };
  entry(text.test_points, (g) => el("circle", { cx: 8, cy: 8, r: 5, ...hollow }, g));
};

export const drawPens = (/** @type {NetworkView} */ view) => {
  const { own, colours, text } = view.data;
  for (const old of findAll(view.component, ".pens", HTMLElement)) old.remove();
  view.answer.classList.toggle("edit", Boolean(own));
  if (!own) return;
  const box = document.createElement("div");
  box.className = "tools pens";
  for (const label of [-1, 1]) {
    const button = document.createElement("button");
    button.setAttribute("aria-pressed", String(label === view.pen));
    button.innerHTML = `<span style="color:${colours.classes[label > 0 ? 1 : 0]}">${
      label > 0 ? "●" : "■"
    }</span> `;
    button.append(fill(text.class, { k: label > 0 ? 2 : 1 }));
    button.onclick = () => {
      view.pen = label;
      drawPens(view);
    };
    box.append(button);
  }
  view.$(".stage").before(box);
};

export const drawCharts = (/** @type {NetworkView} */ view) => {
  const { lang, text } = view.data;
  const [trained, tested, right, found] = view.curves;
  /** @type {(css: string, title: string, series: Float32Array[], unit: (v: number) => string, most: number) => void} */
  const chart = (css, title, series, unit, most) =>
    runChart(view.$(css, SVGSVGElement), {
      lang,
      title,
      x: text.epochs,
      unit,
      most,
      series: [[series[0], "", text.train], [series[1], "5 4", text.test]],
      at: () => view.epoch,
      spoken: text.chart,
    });
  chart(".loss", text.loss, [trained, tested], view.format, topOf([trained, tested]));
  chart(".score", text.score, [right, found], view.unit, 1);
};
