// @ts-check
// One neuron and its points in the plane: a learning run as a film, a line moved by hand, points placed
// by hand. Everything that follows the pointer or the film is computed here, without the server.

import {
  clamp,
  counters,
  el,
  fill,
  findAll,
  finder,
  mount,
  numbers,
  octets,
  rgb,
  set,
  sigmoid,
} from "./kit.js";
import { activate, crossing, score, wrong } from "./neuron_plane.js";
import { filmPlayer } from "./player.js";

/**
 * A run: after each update its step, its weights [w1, w2, b], which point caused it, in which epoch; what the
 * step is called, how an update is told, and what the answer is called where it is not the weights themselves.
 * @typedef {{
 *   rate: number, index: number[], epoch: number[], step: number[], weights: number[], answer: number[] | null,
 *   symbol: "y" | "e", story: string, kept: string | null,
 *   converged: boolean, diverged: boolean, longest?: number,
 * }} Film
 * @typedef {{
 *   lang: string, mode: "learn" | "own" | "hand", colours: {positive: string, negative: string},
 *   text: Record<string, any>, axes: string[], classes: string[], activation: "step" | "identity" | "sigmoid",
 *   points: number[], labels: number[], images: string | null, limit: number, film: Film, film_id: string,
 *   start: number | null, hand: number[], machine: number, meeting: number[] | null, around: number[],
 * }} Payload
 */

const SIZE = 480; // of the board's own units
const EDGE = { left: 46, right: 10, top: 10, bottom: 42 };
const SIDE = SIZE - EDGE.left - EDGE.right; // equals SIZE - top - bottom: axes have one scale
const MOST = 400; // points placed by hand
const SHADES = 48;

function neuronView(/** @type {ShadowRoot} */ root) {
  const house = finder(root)(".house");
  house.innerHTML = `
    <div class="left">
      <div class="tools hidden">
        <button class="pen" data-label="-1"></button><button class="pen" data-label="1"></button>
        <button class="undo"></button><button class="clear"></button>
      </div>
      <div class="stage"><canvas width="${SHADES}" height="${SHADES}"></canvas>
        <svg class="board" viewBox="0 0 ${SIZE} ${SIZE}" role="img" tabindex="0"></svg>
        <canvas class="thumb" width="8" height="8"></canvas></div>
      <div class="transport"></div>
      <div class="legend"></div>
    </div>
    <div class="panel">
      <div class="counters"></div>
      <div class="byhand hidden"><div class="hands"></div><div class="versus"></div></div>
      <div class="story"><p></p><div class="sums"></div></div>
      <svg class="cell" viewBox="0 0 520 196" role="img"></svg>
      <svg class="chart" viewBox="0 0 520 168" role="img"></svg>
    </div>`;
  const $ = finder(house);
  const board = $(".board");
  const shade = $(".stage canvas");
  const thumb = $(".thumb");
  const percent = (x) => `${(100 * x) / SIZE}%`;
  shade.style.cssText = `position:absolute;left:${percent(EDGE.left)};top:${percent(EDGE.top)};
    width:${percent(SIDE)};height:${percent(SIDE)};border-radius:2px`;

  let data = /** @type {any} */ (null); // the payload, unpacked
  let send = /** @type {import("./kit.js").Send} */ (() => {});
  let limit = 1.2;
  let points = []; // [x, y, label]
  let frames = 1;
  let frame = 0;
  let counts = []; // misclassified by the answer, per frame
  let hovered = -1;
  let picked = -1;
  let pen = 1;
  let past = []; // for undo
  let hand = [1, 1, 0];
  let foot = [0, 0]; // where the hand holds the line
  let drag = null;
  let format = numbers("fr", 2);
  let format3 = numbers("fr", 2);

  const px = (x) => EDGE.left + ((x + limit) / (2 * limit)) * SIDE;
  const py = (y) => EDGE.top + ((limit - y) / (2 * limit)) * SIDE;
  const row = (list, k) => [list[3 * k], list[3 * k + 1], list[3 * k + 2]];
  const errors = (w) => points.reduce((sum, p) => sum + wrong(w, p), 0);
  const colour = (label) => (label > 0 ? data.colours.positive : data.colours.negative);
  const player = filmPlayer({
    param: "step",
    onFrame: (at) => {
      frame = at;
      draw();
    },
  });
  $(".transport").append(player.element);

  const learning = () => (data.mode === "hand" ? hand : row(data.film.weights, frame));
  const answer = () => (data.mode === "hand" ? hand : row(data.film.answer ?? data.film.weights, frame));
  const cause = () => (data.mode === "hand" ? -1 : data.film.index[frame]);

  // ------------------------------------------------------------------ the board's fixed parts

  const layers = {};
  function stage() {
    board.replaceChildren();
    el("rect", { class: "frame", x: EDGE.left, y: EDGE.top, width: SIDE, height: SIDE }, board);
    const clip = el("clipPath", { id: "inside" }, el("defs", {}, board));
    el("rect", { x: EDGE.left, y: EDGE.top, width: SIDE, height: SIDE }, clip);
    const step = limit > 1.6 ? 1 : 0.5;
    for (let v = -Math.floor(limit / step) * step; v <= limit; v += step) {
      el("line", { class: "tick", x1: px(v), x2: px(v), y1: py(-limit), y2: py(-limit) + 4 }, board);
      el("line", { class: "tick", y1: py(v), y2: py(v), x1: px(-limit) - 4, x2: px(-limit) }, board);
      el("text", { x: px(v), y: py(-limit) + 17, "text-anchor": "middle" }, board).textContent = format(v);
      el("text", { x: px(-limit) - 8, y: py(v) + 4, "text-anchor": "end" }, board).textContent = format(v);
    }
    el("text", { x: EDGE.left + SIDE / 2, y: SIZE - 6, "text-anchor": "middle" }, board).textContent =
      data.axes[0];
    el("text", {
      x: 12,
      y: EDGE.top + SIDE / 2,
      "text-anchor": "middle",
      transform: `rotate(-90 12 ${EDGE.top + SIDE / 2})`,
    }, board).textContent = data.axes[1];
    const inside = el("g", { "clip-path": "url(#inside)" }, board);
    layers.witness = el("g", {}, inside);
    for (const name of ["before", "learning", "line"]) layers[name] = el("line", { class: name }, inside);
    layers.points = el("g", {}, inside);
    layers.marks = el("g", {}, inside);
    for (const name of ["halo", "pick"]) layers[name] = el("circle", { class: name, r: 11 }, inside);
    layers.arrow = el("g", { class: "arrow" }, inside);
    layers.shaft = el("line", {}, layers.arrow);
    layers.head = el("path", {}, layers.arrow);
    layers.name = el("text", { "font-weight": 700 }, layers.arrow);
    layers.name.textContent = "w";
    layers.handles = ["foot", "tip"].map((name) =>
      el("circle", { class: "handle", r: 9, "data-handle": name }, inside)
    );
  }

  function shape([x, y, label], parent, attributes = {}) {
    const radius = points.length > 150 ? 4 : 5.5;
    const common = {
      class: "point",
      fill: colour(label),
      stroke: "var(--st-background-color)",
      "stroke-width": 1.2,
      ...attributes,
    };
    return label > 0 ? el("circle", { cx: px(x), cy: py(y), r: radius, ...common }, parent) : el("rect", {
      x: px(x) - radius * 0.9,
      y: py(y) - radius * 0.9,
      width: radius * 1.8,
      height: radius * 1.8,
      ...common,
    }, parent);
  }

  function drawPoints() {
    layers.points.replaceChildren();
    points.forEach((p, i) => shape(p, layers.points, { "data-point": i }));
    layers.witness.replaceChildren();
    if (!data.meeting || data.mode === "hand") return;
    const [mx, my] = data.meeting;
    for (const i of data.around) {
      if (!points[i]) continue;
      el(
        "line",
        { class: "hull", x1: px(mx), y1: py(my), x2: px(points[i][0]), y2: py(points[i][1]) },
        layers.witness,
      );
    }
    const [x, y] = [px(mx), py(my)];
    el(
      "path",
      { class: "meeting", d: `M${x - 7} ${y}L${x} ${y - 7}L${x + 7} ${y}L${x} ${y + 7}Z` },
      layers.witness,
    );
  }

  function legend() {
    const box = $(".legend");
    box.replaceChildren();
    const entry = (name, drawing) => {
      const item = document.createElement("span");
      const icon = el("svg", { viewBox: "0 0 16 16", class: "board-icon", "aria-hidden": "true" });
      drawing(icon);
      item.append(name);
      box.append(item);
    };
    entry(data.classes[0], (g) => el("rect", { x: 3, y: 3, width: 10, height: 10, fill: colour(-1) }, g));
    entry(data.classes[1], (g) => el("circle", { cx: 8, cy: 8, r: 5.5, fill: colour(1) }, g));
    const stroke = { stroke: "currentColor", fill: "none", "stroke-width": 1.8 };
    entry(data.text.wrong, (g) => el("path", { d: "M3 3L13 13M13 3L3 13", ...stroke }, g));
    if (data.mode !== "hand") {
      entry(data.text.before, (g) => el("path", { d: "M0 8H16", ...stroke, "stroke-dasharray": "4 3" }, g));
      if (data.film.answer) {
        entry(
          data.text.learning,
          (g) => el("path", { d: "M0 8H16", ...stroke, "stroke-dasharray": "1.5 3" }, g),
        );
      }
      if (data.meeting) {
        entry(data.text.meeting, (g) => el("path", { d: "M2 8L8 2L14 8L8 14Z", ...stroke }, g));
      }
    }
  }

  // ------------------------------------------------------------------ what changes with every frame

  function place(line, weights) {
    const ends = weights && crossing(weights, limit);
    line.style.display = ends ? "" : "none";
    if (ends) set(line, { x1: px(ends[0][0]), y1: py(ends[0][1]), x2: px(ends[1][0]), y2: py(ends[1][1]) });
  }

  function shading(w) {
    const context = shade.getContext("2d");
    const image = context.createImageData(SHADES, SHADES);
    const most = Math.max(1e-9, limit * (Math.abs(w[0]) + Math.abs(w[1])) + Math.abs(w[2]));
    const ink = { 1: rgb(data.colours.positive), "-1": rgb(data.colours.negative) };
    for (let j = 0, k = 0; j < SHADES; j++) {
      for (let i = 0; i < SHADES; i++, k += 4) {
        const s = score(
          w,
          ((i + 0.5) / SHADES) * 2 * limit - limit,
          limit - ((j + 0.5) / SHADES) * 2 * limit,
        );
        const v = data.activation === "sigmoid"
          ? 2 * sigmoid(s) - 1
          : data.activation === "identity"
          ? clamp(s, -1, 1)
          : s === 0
          ? 0
          : Math.sign(s) * (0.3 + (0.7 * Math.abs(s)) / most);
        image.data.set(ink[v < 0 ? -1 : 1], k);
        image.data[k + 3] = 120 * Math.abs(v);
      }
    }
    context.putImageData(image, 0, 0);
  }

  function arrow(w) {
    const length = Math.hypot(w[0], w[1]);
    layers.arrow.style.display = length ? "" : "none";
    if (!length) return;
    let from = data.mode === "hand" ? foot : [(-w[2] * w[0]) / length ** 2, (-w[2] * w[1]) / length ** 2];
    if (Math.max(Math.abs(from[0]), Math.abs(from[1])) > limit) {
      const ends = crossing(w, limit);
      from = ends ? [(ends[0][0] + ends[1][0]) / 2, (ends[0][1] + ends[1][1]) / 2] : [0, 0];
    }
    const scale = data.mode === "hand" ? handScale() : (0.45 * limit) / data.film.longest;
    const [x1, y1] = [px(from[0]), py(from[1])];
    const [x2, y2] = [px(from[0] + w[0] * scale), py(from[1] + w[1] * scale)];
    const angle = Math.atan2(y2 - y1, x2 - x1);
    const wing = (turn) => `${x2 - 10 * Math.cos(angle + turn)} ${y2 - 10 * Math.sin(angle + turn)}`;
    set(layers.shaft, { x1, y1, x2, y2 });
    set(layers.head, { d: `M${x2} ${y2}L${wing(0.45)}L${wing(-0.45)}Z` });
    set(layers.name, { x: x2 + 13 * Math.cos(angle) - 4, y: y2 + 13 * Math.sin(angle) + 4 });
    set(layers.handles[0], { cx: x1, cy: y1 });
    set(layers.handles[1], { cx: x2, cy: y2 });
  }

  const handScale = () => limit / 6;

  function ring(node, index) {
    const p = points[index];
    node.style.display = p ? "" : "none";
    if (p) set(node, { cx: px(p[0]), cy: py(p[1]) });
  }

  function marks(w) {
    const cross = points.filter((p) => wrong(w, p)).map(([x, y]) => {
      const [a, b] = [px(x), py(y)];
      return `M${a - 5} ${b - 5}L${a + 5} ${b + 5}M${a + 5} ${b - 5}L${a - 5} ${b + 5}`;
    });
    layers.marks.replaceChildren();
    if (cross.length) el("path", { class: "wrong", d: cross.join("") }, layers.marks);
    return cross.length;
  }

  function draw() {
    if (!data) return;
    const byHand = data.mode === "hand";
    const w = learning();
    const shown = answer();
    shading(shown);
    place(layers.line, shown);
    place(layers.learning, data.film?.answer && !byHand ? w : null);
    place(layers.before, !byHand && frame > 0 && cause() >= 0 ? row(data.film.weights, frame - 1) : null);
    arrow(w);
    ring(layers.halo, cause());
    ring(layers.pick, hovered >= 0 ? hovered : picked);
    const missed = marks(shown);
    const count = `${missed} / ${points.length}`;
    const text = data.text;
    if (byHand) {
      counters($(".counters"), [[text.errors, count]]);
      versus(missed);
    } else {
      const { epoch, index } = data.film;
      const corrections = frame - (index[frame] < 0 && frame > 0 ? 1 : 0);
      counters($(".counters"), [[text.epoch, epoch[frame] + (cause() >= 0 ? 1 : 0)], [
        text.updates,
        corrections,
      ], [text.errors, count]]);
      tell();
      chart();
    }
    board.setAttribute(
      "aria-label",
      fill(text.describe, {
        n: points.length,
        errors: missed,
        w1: format(shown[0]),
        w2: format(shown[1]),
        b: format(shown[2]),
      }),
    );
    cell(shown);
  }

  const signed = (x) => (x < 0 ? `(${format3(x)})` : format3(x));

  // The step in words and in numbers.
  function tell() {
    const { text, film } = data;
    const [line, sums] = [$(".story p"), $(".sums")];
    const i = cause();
    sums.replaceChildren();
    if (!points.length) return void (line.textContent = text.empty);
    if (i < 0 || !points[i]) {
      line.textContent = frame === 0 ? text.start : text.rest;
      return;
    }
    const last = frame === frames - 1
      ? ` ${film.diverged ? text.diverged : film.converged ? "" : text.stopped}`
      : "";
    const [x1, x2, label] = points[i];
    const old = row(film.weights, frame - 1);
    const now = row(film.weights, frame);
    const s = score(old, x1, x2);
    const step = film.step[frame];
    const wanted = data.classes[label > 0 ? 1 : 0];
    line.textContent = fill(film.story, {
      k: frame,
      point: i + 1,
      wanted,
      y: label > 0 ? "+1" : "−1",
      t: label > 0 ? 1 : 0,
      s: format3(s),
      p: format3(sigmoid(s)),
      e: format3(step),
    }) + last;
    const rows = [[
      "<i>s</i>",
      "<i>w</i>₁<i>x</i>₁ + <i>w</i>₂<i>x</i>₂ + <i>b</i>",
      `${signed(old[0])} × ${signed(x1)} + ${signed(old[1])} × ${signed(x2)} + ${signed(old[2])} = <b>${
        format3(s)
      }</b>`,
    ]];
    ["<i>w</i>₁", "<i>w</i>₂", "<i>b</i>"].forEach((name, k) => {
      const input = ["<i>x</i>₁", "<i>x</i>₂", ""][k];
      const value = k < 2 ? ` × ${signed(points[i][k])}` : "";
      rows.push([
        `${name} ←`,
        `${name} + η<i>${film.symbol}</i>${input}`,
        `${signed(old[k])} + ${format3(film.rate)} × ${signed(step)}${value} = <b>${format3(now[k])}</b>`,
      ]);
    });
    if (film.answer) {
      const kept = row(film.answer, frame).map(format3).join(" ; ");
      rows.push([film.kept, "", `<b>(${kept})</b>`]);
    }
    const table = document.createElement("table");
    table.innerHTML = rows.map(([name, formula, numbers], k) =>
      `<tr><td>${name}</td><td>${k ? "" : "= "}${formula}</td><td>= ${numbers}</td></tr>`
    ).join("");
    sums.append(table);
  }

  // The neuron drawn as inputs, weights, sum, activation, output, for the point under the pointer.
  function cell(w) {
    const svg = $(".cell");
    const i = [hovered, picked, cause(), 0].find((k) => points[k]);
    svg.replaceChildren();
    svg.classList.toggle("hidden", i === undefined);
    if (i === undefined) return;
    const text = data.text;
    const [x1, x2, label] = points[i];
    const inputs = [["x₁", x1], ["x₂", x2], ["1", 1]];
    const names = ["w₁", "w₂", "b"];
    const s = score(w, x1, x2);
    const out = activate(data.activation, s);
    const tint = (v) => (v >= 0 ? data.colours.positive : data.colours.negative);
    const strongest = Math.max(1e-9, ...w.map(Math.abs));
    const put = (x, y, content, anchor = "middle", kind = "") => {
      el("text", { x, y, "text-anchor": anchor, class: kind }, svg).textContent = content;
    };
    inputs.forEach(([name, value], k) => {
      const y = 48 + 54 * k;
      el("line", {
        x1: 76,
        y1: y,
        x2: 226,
        y2: 102,
        stroke: tint(w[k]),
        "stroke-width": 1 + (7 * Math.abs(w[k])) / strongest,
      }, svg);
      el("circle", { cx: 58, cy: y, r: 19, class: "body" }, svg);
      put(58, y + 5, k < 2 ? format(value) : "1");
      if (k < 2) put(18, y + 5, name);
      put([150, 122, 150][k], [58, 94, 152][k], `${names[k]} = ${format(w[k])}`, "middle", "small weight");
    });
    el("line", { x1: 270, y1: 102, x2: 470, y2: 102, class: "curve" }, svg);
    el("circle", { cx: 250, cy: 102, r: 26, class: "body" }, svg);
    put(250, 107, format(s));
    put(250, 66, `Σ ${text.sum}`);
    el("rect", { x: 318, y: 76, width: 76, height: 52, rx: 6, class: "body" }, svg);
    const curve = {
      step: "M326 120H356V84H386",
      identity: "M326 120L386 84",
      sigmoid: "M326 120C360 120 352 84 386 84",
    }[data.activation];
    el("path", { d: curve, class: "curve" }, svg);
    const reach = clamp(s / (data.activation === "step" ? 2 : 4), -1, 1);
    const height = data.activation === "step"
      ? (s > 0 ? 84 : 120)
      : data.activation === "identity"
      ? 102 - 18 * reach
      : 120 - 36 * sigmoid(6 * reach);
    el("circle", { cx: 356 + 30 * reach, cy: height, r: 4.5, fill: tint(s) }, svg);
    put(356, 66, text.activations[data.activation], "middle", "small");
    el("circle", {
      cx: 452,
      cy: 102,
      r: 26,
      fill: "var(--st-background-color)",
      stroke: tint(data.activation === "sigmoid" ? out - 0.5 : out),
      "stroke-width": 4,
    }, svg);
    put(452, 107, data.activation === "step" ? (s === 0 ? "?" : out > 0 ? "+1" : "−1") : format(out));
    put(452, 66, text.output, "middle", "small");
    const verdict = label * s <= 0 ? text.missed : text.found;
    put(452, 150, data.classes[label > 0 ? 1 : 0], "middle", "small");
    put(452, 166, verdict, "middle", "small");
    put(58, 20, fill(text.point, { i: i + 1 }), "middle");
    svg.setAttribute("aria-label", fill(text.cell, { i: i + 1, s: format(s), out: format(out) }));
  }

  // Misclassified points along the run, with the frame's place on it.
  function chart() {
    const svg = $(".chart");
    const { text, film } = data;
    const most = Math.max(1, ...counts);
    const x = (k) => 44 + (k / Math.max(1, frames - 1)) * 464;
    const y = (n) => 128 - (n / most) * 104;
    svg.replaceChildren();
    const put = (a, b, content, anchor) => {
      el("text", { x: a, y: b, "text-anchor": anchor }, svg).textContent = content;
    };
    const passes = film.epoch[frames - 1];
    if (passes <= 40) {
      for (let k = 1; k < frames; k++) {
        if (film.epoch[k] !== film.epoch[k - 1]) {
          el("line", { class: "epoch", x1: x(k), x2: x(k), y1: 24, y2: 128 }, svg);
        }
      }
    }
    el("path", { class: "axis", d: "M44 24V128H508", fill: "none" }, svg);
    const path = counts.map((n, k) => `${k ? "L" : "M"}${x(k).toFixed(1)} ${y(n).toFixed(1)}`).join("");
    el("path", { class: "curve", d: path }, svg);
    el("line", { class: "now", x1: x(frame), x2: x(frame), y1: 24, y2: 128 }, svg);
    el("circle", { cx: x(frame), cy: y(counts[frame]), r: 4.5 }, svg);
    put(38, y(0) + 4, "0", "end");
    put(38, y(most) + 4, format(most), "end");
    put(44, 146, "0", "middle");
    put(508, 146, format(frames - 1), "end");
    put(276, 162, text.chart_x, "middle");
    put(44, 14, text.chart_title, "start");
    svg.setAttribute("aria-label", fill(text.chart, { n: counts[frame], k: frame }));
  }

  // ------------------------------------------------------------------ by hand

  function hands() {
    const box = $(".hands");
    box.replaceChildren();
    ["w₁", "w₂", "b"].forEach((name, k) => {
      const label = document.createElement("label");
      const range = document.createElement("input");
      const value = document.createElement("output");
      label.textContent = name;
      Object.assign(range, { type: "range", min: -3, max: 3, step: 0.01 });
      range.setAttribute("aria-label", name);
      range.oninput = () => {
        hand[k] = Number(range.value);
        hold();
        drawHand();
      };
      range.onchange = commitHand;
      box.append(label, range, value);
    });
  }
  // The point of the line nearest to where the hand held it before.
  function hold() {
    const length2 = hand[0] ** 2 + hand[1] ** 2 || 1;
    const off = score(hand, ...foot) / length2;
    foot = [clamp(foot[0] - off * hand[0], -limit, limit), clamp(foot[1] - off * hand[1], -limit, limit)];
  }
  function drawHand() {
    const box = $(".hands");
    hand.forEach((v, k) => {
      box.children[3 * k + 1].value = v;
      box.children[3 * k + 2].textContent = format(v);
    });
    draw();
  }
  const commitHand = () => send("hand", hand.map((v) => Math.round(v * 100) / 100));
  function versus(mine) {
    const { text, machine } = data;
    const most = Math.max(1, mine, machine);
    const bar = (name, n, kind) =>
      `<div class="bar ${kind}"><span>${name}</span>
      <div class="track"><div style="width:${(100 * n) / most}%"></div></div><b>${n}</b></div>`;
    const verdict = mine < machine ? text.better : mine === machine ? text.even : text.worse;
    $(".versus").innerHTML = bar(text.you, mine, "you") + bar(text.machine, machine, "machine") + "<p></p>";
    $(".versus p").textContent = verdict;
  }

  // ------------------------------------------------------------------ the pointer

  const where = (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(board.getScreenCTM().inverse());
    return [((at.x - EDGE.left) / SIDE) * 2 * limit - limit, limit - ((at.y - EDGE.top) / SIDE) * 2 * limit];
  };
  const within = (/** @type {number[]} */ [x, y]) => Math.abs(x) <= limit && Math.abs(y) <= limit;
  const editing = () => data.mode === "own";
  const nearest = (event) => {
    const at = where(event);
    const reach = ((event.pointerType === "touch" ? 18 : 11) / SIDE) * 2 * limit;
    let best = -1;
    let distance = reach;
    points.forEach(([x, y], i) => {
      const d = Math.hypot(x - at[0], y - at[1]);
      if (d < distance) [best, distance] = [i, d];
    });
    return best;
  };
  const commitPoints = () => {
    counts = [];
    send("points", points.flat().map((v) => Math.round(v * 1e4) / 1e4));
  };
  const keep = () => {
    past.push(points.map((p) => [...p]));
    past = past.slice(-50);
  };

  board.onpointerdown = (event) => {
    if (event.button) return;
    const handle = event.target.dataset?.handle;
    const i = nearest(event);
    if (data.mode === "hand" && handle) drag = { handle };
    else if (editing() && i >= 0) drag = { point: i, from: where(event), moved: false };
    if (drag) {
      board.setPointerCapture(event.pointerId);
      event.preventDefault();
    }
  };
  board.onpointermove = (event) => {
    if (!data) return;
    const at = where(event);
    if (drag?.handle) {
      const [x, y] = at.map((v) => clamp(v, -limit, limit));
      if (drag.handle === "foot") foot = [x, y];
      else [0, 1].forEach((k) => (hand[k] = clamp(([x, y][k] - foot[k]) / handScale(), -3, 3)));
      hand[2] = clamp(-hand[0] * foot[0] - hand[1] * foot[1], -3, 3);
      drawHand();
    } else if (drag) {
      drag.moved ||= Math.hypot(at[0] - drag.from[0], at[1] - drag.from[1]) > 0.02 * limit;
      if (!drag.moved || !within(at)) return;
      if (!drag.kept) keep();
      drag.kept = true;
      [points[drag.point][0], points[drag.point][1]] = at;
      drawPoints();
      draw();
    } else hover(nearest(event));
  };
  board.onpointerup = () => {
    const done = drag;
    drag = null;
    if (done?.handle) return commitHand();
    if (done) {
      if (!done.moved) {
        keep();
        points.splice(done.point, 1);
        hovered = picked = -1;
        drawPoints();
        draw();
      }
      board.dataset.handled = "1"; // the click that follows is not another one
      return commitPoints();
    }
    return undefined;
  };
  board.onpointercancel = () => {
    drag = null;
  };
  board.onpointerleave = () => hover(-1);
  board.onclick = (event) => {
    if (board.dataset.handled) return void delete board.dataset.handled;
    const i = nearest(event);
    if (editing() && i < 0) {
      const at = where(event);
      if (!within(at) || points.length >= MOST) return;
      keep();
      points.push([...at, pen]);
      drawPoints();
      draw();
      commitPoints();
    } else {
      picked = i === picked ? -1 : i;
      draw();
    }
  };
  board.onkeydown = (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step || !points.length) return;
    event.preventDefault();
    picked = (picked + step + points.length) % points.length;
    draw();
  };
  function hover(i) {
    if (i === hovered) return;
    hovered = i;
    draw();
    thumb.style.display = i >= 0 && data.images ? "block" : "none";
    if (i < 0 || !data.images) return;
    const image = thumb.getContext("2d").createImageData(8, 8);
    for (let k = 0; k < 64; k++) {
      const ink = Math.min(255, data.images[64 * i + k] * 16);
      image.data.set([ink, ink, ink, 255], 4 * k);
    }
    thumb.getContext("2d").putImageData(image, 0, 0);
    const side = thumb.offsetWidth; // which the style sheet sets
    const [right, above] = [points[i][0] > 0, points[i][1] > 0];
    thumb.style.left = `calc(${percent(px(points[i][0]))} + ${right ? -side - 14 : 14}px)`;
    thumb.style.top = `calc(${percent(py(points[i][1]))} + ${above ? 10 : -side - 10}px)`;
  }
  for (const button of findAll(house, ".pen")) {
    button.onclick = () => {
      pen = Number(button.dataset.label);
      pens();
    };
  }
  function pens() {
    for (const button of findAll(house, ".pen")) {
      const label = Number(button.dataset.label);
      button.setAttribute("aria-pressed", String(label === pen));
      button.innerHTML = `<span style="color:${colour(label)}">${label > 0 ? "●" : "■"}</span> `;
      button.append(data.classes[label > 0 ? 1 : 0]);
    }
  }
  $(".undo").onclick = () => {
    if (!past.length) return;
    points = past.pop();
    drawPoints();
    draw();
    commitPoints();
  };
  $(".clear").onclick = () => {
    keep();
    points = [];
    drawPoints();
    draw();
    commitPoints();
  };

  return {
    stop: player.stop,
    update(/** @type {Payload} */ fresh, setStateValue) {
      send = setStateValue;
      const first = !data;
      const same = data && data.film_id === fresh.film_id;
      const moved = data && data.mode !== fresh.mode;
      data = { ...fresh, images: fresh.images && octets(fresh.images) };
      [format, format3] = [numbers(data.lang, 2), numbers(data.lang, 3)];
      limit = data.limit;
      if (!drag) points = data.labels.map((label, i) => [data.points[2 * i], data.points[2 * i + 1], label]);
      if (hovered >= points.length) hovered = -1;
      if (picked >= points.length) picked = -1;
      const byHand = data.mode === "hand";
      $(".story").classList.toggle("hidden", byHand);
      for (const css of [".chart", ".transport"]) {
        $(css).classList.toggle("hidden", byHand || data.film.index.length < 2);
      }
      $(".byhand").classList.toggle("hidden", !byHand);
      $(".tools").classList.toggle("hidden", !editing());
      board.classList.toggle("edit", editing());
      $(".undo").textContent = `↶ ${data.text.undo}`;
      $(".clear").textContent = data.text.clear;
      pens();
      stage();
      for (const handle of layers.handles) handle.style.display = byHand ? "" : "none";
      drawPoints();
      legend();
      if (byHand) {
        if (!drag) {
          hand = [...data.hand];
          hold();
        }
        hands();
        drawHand();
        return;
      }
      const { film } = data;
      frames = film.index.length;
      film.longest = 1e-9;
      for (let k = 0; k < frames; k++) {
        film.longest = Math.max(film.longest, Math.hypot(film.weights[3 * k], film.weights[3 * k + 1]));
      }
      counts = film.index.map((_, k) => errors(row(film.answer ?? film.weights, k)));
      const start = same && !moved ? Math.min(player.frame, frames - 1) : first ? data.start : null;
      player.load(frames, start, data.text.player);
    },
  };
}

export default mount(neuronView);
