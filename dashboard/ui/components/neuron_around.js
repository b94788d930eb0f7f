// @ts-check
// What stands around the board of one neuron: pens, dice, the legend, the score against the machine.

import { el, fill, findAll, html, legendEntry, withIcon } from "./kit.js";
import { drawPoint } from "./neuron_board.js";

/** @typedef {import("./neuron.js").NeuronView} NeuronView */

/** @param {number} mine */
export const tellVersus = (/** @type {NeuronView} */ view, mine) => {
  const { text, machine } = view.data;
  const bar = (/** @type {string} */ name, /** @type {number} */ n, /** @type {string} */ kind) =>
    `<div class="bar ${kind}"><span>${name}</span>
    <div class="track"><div style="width:${
      (100 * n) / Math.max(1, view.points.length)
    }%"></div></div><b>${n}</b></div>`;
  view.$(".versus").innerHTML = bar(text.you, mine, "you") + bar(text.machine, machine, "machine") +
    "<p></p>";
  view.$(".versus p").textContent = mine < machine ? text.better : mine === machine ? text.even : text.worse;
};

export const drawPens = (/** @type {NeuronView} */ view) => {
  for (const button of findAll(view.component, ".pen", HTMLElement)) {
    const label = Number(button.dataset.label);
    button.setAttribute("aria-pressed", String(label === view.pen));
    button.innerHTML = `<span style="color:${view.board.colour(label)}">${label > 0 ? "●" : "■"}</span> `;
    button.append(view.data.classes[label > 0 ? 1 : 0]);
  }
};

export const drawLegend = (/** @type {NeuronView} */ view) => {
  const { data, board } = view;
  const box = view.$(".legend");
  box.replaceChildren();
  const entry = (/** @type {string} */ name, /** @type {(icon: SVGSVGElement) => void} */ drawing) =>
    box.append(legendEntry(name, drawing));
  const stroke = { stroke: "currentColor", fill: "none", "stroke-width": 1.8 };
  for (const label of [-1, 1]) {
    entry(
      data.classes[label > 0 ? 1 : 0],
      (g) => drawPoint(g, 8, 8, label, 5.5, { fill: board.colour(label) }),
    );
  }
  entry(data.text.wrong, (g) => el("circle", { cx: 8, cy: 8, r: 6.5, ...stroke }, g));
  if (view.byHand) return;
  entry(fill(data.text.push, { formula: `η·${data.film.symbol}·x` }), (g) => {
    el("path", { d: "M0 8H11", ...stroke, "stroke-width": 3 }, g);
    el("path", { d: "M16 8L9 3.5V12.5Z", fill: "currentColor" }, g);
  });
  entry(data.text.before, (g) => el("path", { d: "M0 8H16", ...stroke, "stroke-dasharray": "4 3" }, g));
  if (data.film.answer) {
    entry(
      data.text.learning,
      (g) => el("path", { d: "M0 8H16", ...stroke, "stroke-dasharray": "1.5 3" }, g),
    );
  }
  if (data.meeting) entry(data.text.meeting, (g) => el("path", { d: "M2 8L8 2L14 8L8 14Z", ...stroke }, g));
};

/** Dice: others by chance, of what the server names. */
export const drawDice = (/** @type {NeuronView} */ view, /** @type {import("./kit.js").Send} */ trigger) => {
  const { dice, text } = view.data;
  view.$(".dice").replaceChildren(...dice.map((name) => {
    const press = () => trigger("dice", name);
    const button = html("button", { type: "button", className: name, onclick: press });
    withIcon(button, "dice", text.dice[name]);
    return button;
  }));
};
