// @ts-check
// A network of small neurons and the film of its training. The film travels as weights; what every neuron
// answers at every place is computed here, so that scrubbing and editing a weight need no server.

import { clamp, counters, el, fill, findAll, finder, floats, mount, numbers, rgb, set } from "./kit.js";
import { filmPlayer } from "./player.js";
import { examine, features, firstWeight, forward } from "./engine.js";
import {
  answerInks,
  drawAnswer,
  examples,
  GRID,
  mapPlaces,
  onDark,
  paintMap,
  runChart,
  topOf,
} from "./maps.js";

/**
 * ``weights`` (frames, parameters) and ``curves`` (epochs) are float32 as base64.
 * @typedef {import("./maps.js").Run & {
 *   lang: string, text: Record<string, any>, text_cost: string, input_names: string[], classes: number,
 *   editable_net: boolean, epochs: number[], weights: string, film_id: string, curves: string[],
 *   train: import("./maps.js").Packed, test: import("./maps.js").Packed,
 *   own: [number, number, number][] | null, start: number | null,
 * }} Payload
 */

function networkView(/** @type {ShadowRoot} */ root) {
  const house = finder(root)(".house");
  house.classList.add("network");
  house.innerHTML = `
    <div class="drawing">
      <div class="depth tools"></div>
      <div class="net"><svg aria-hidden="true"></svg></div>
      <p class="hint"></p>
      <div class="detail hidden">
        <div class="head"><b></b><button class="close"></button></div>
        <div class="two"><canvas class="large" width="${GRID}" height="${GRID}"></canvas><div class="hands"></div></div>
      </div>
    </div>
    <div class="panel">
      <div class="stage"><canvas class="answer" role="img"></canvas></div>
      <div class="transport"></div>
      <div class="legend"></div>
      <div class="edited hidden"><span></span> <button></button></div>
    </div>
    <div class="figures">
      <div class="counters"></div>
      <svg class="chart loss" viewBox="0 0 360 190" role="img"></svg>
      <svg class="chart score" viewBox="0 0 360 190" role="img"></svg>
    </div>`;
  const $ = finder(house);
  let data = /** @type {any} */ (null); // the payload, unpacked
  let send = /** @type {import("./kit.js").Send} */ (() => {});
  let grid = []; // the inputs at the places of the map
  let weights = null; // of the frame, or edited
  let edited = false;
  let frame = 0;
  let layers = []; // answers of every neuron at every place
  let wanted = null; // layers asked for and not yet here
  let chosen = null; // [layer, neuron] whose map is open
  let train = null;
  let test = null;
  let format = numbers("fr", 2);
  let format3 = numbers("fr", 2);
  const player = filmPlayer({
    param: "epoch",
    place: (at) => data.epochs[at],
    onFrame: (at) => {
      frame = at;
      edited = false;
      weights = null;
      draw();
    },
  });
  $(".transport").append(player.element);

  const P = () => data.weights.length / data.epochs.length;
  const frameWeights = () => data.weights.slice(frame * P(), (frame + 1) * P());
  const epoch = () => data.epochs[frame];
  const signed = (v) => (v < 0 ? data.colours.negative : data.colours.positive);
  // ------------------------------------------------------------------ maps

  function neuronColours(values) {
    let most = data.activation === "tanh" || data.activation === "sigmoid" ? 1 : 1e-6;
    for (const v of values) most = Math.max(most, Math.abs(v));
    const [minus, plus] = [data.colours.negative, data.colours.positive].map(rgb);
    return (i) => [values[i] < 0 ? minus : plus, Math.abs(values[i]) / most];
  }
  const answerColours = (outputs) => answerInks(outputs, data.task, data.colours);

  // ------------------------------------------------------------------ the drawing of the network

  function build() {
    const net = $(".net");
    for (const old of net.querySelectorAll(".neuron, .column, .io")) old.remove();
    const { sizes, text } = data;
    const width = net.clientWidth || 600;
    const columns = sizes.length;
    const step = width / columns;
    const most = Math.max(...sizes);
    const head = data.editable_net ? 40 : 22;
    const side = Math.max(16, Math.min(46, step * 0.62, 440 / most - 4));
    const pitch = side + Math.max(4, Math.min(16, 460 / most - side));
    const tall = Math.max(most * pitch, 150);
    net.style.height = `${tall + head + 8}px`;
    const spot = (layer, k) => [step * (layer + 0.5), head + tall / 2 + (k - (sizes[layer] - 1) / 2) * pitch];
    sizes.forEach((count, layer) => {
      const column = document.createElement("div");
      column.className = "column";
      column.style.cssText = `left:${step * layer}px;width:${step}px`;
      const hidden = layer > 0 && layer < columns - 1;
      if (hidden && data.editable_net) {
        for (const change of [-1, 1]) {
          const button = document.createElement("button");
          button.textContent = change > 0 ? "+" : "−";
          button.setAttribute(
            "aria-label",
            fill(change > 0 ? text.more_neurons : text.fewer_neurons, { layer }),
          );
          button.disabled = change > 0 ? count >= 16 : count <= 1;
          button.onclick = () =>
            resize(widths().map((n, l) => (l === layer - 1 ? clamp(n + change, 1, 16) : n)));
          column.append(button);
        }
      } else if (!hidden) column.textContent = layer ? text.output : text.inputs;
      net.append(column);
      for (let k = 0; k < count; k++) {
        const [x, y] = spot(layer, k);
        const neuron = document.createElement("button");
        neuron.className = "neuron";
        neuron.dataset.at = `${layer}-${k}`;
        neuron.style.cssText = `left:${x - side / 2}px;top:${
          y - side / 2
        }px;width:${side}px;height:${side}px`;
        neuron.innerHTML = `<canvas width="${GRID}" height="${GRID}"></canvas>`;
        const name = layer === 0
          ? data.input_names[k]
          : layer === columns - 1
          ? (count > 1 ? fill(text.output_of, { k: k + 1 }) : text.output)
          : fill(text.neuron, { layer, k: k + 1 });
        neuron.setAttribute("aria-label", name);
        neuron.title = name;
        neuron.onclick = () => open(layer, k);
        net.append(neuron);
        if (layer === 0) {
          const label = document.createElement("span");
          label.className = "io";
          label.textContent = data.input_names[k];
          label.style.cssText = `right:${width - x + side / 2 + 3}px;top:${y - 9}px`;
          net.append(label);
        }
      }
    });
    const svg = $(".net svg");
    svg.replaceChildren();
    set(svg, { width, height: tall + head + 8 });
    for (let layer = 1; layer < columns; layer++) {
      for (let k = 0; k < sizes[layer]; k++) {
        for (let j = 0; j < sizes[layer - 1]; j++) {
          const [x1, y1] = spot(layer - 1, j);
          const [x2, y2] = spot(layer, k);
          const [a, b] = [x1 + side / 2, x2 - side / 2];
          const bend = (b - a) / 2;
          const path = el("path", {
            d: `M${a} ${y1}C${a + bend} ${y1} ${b - bend} ${y2} ${b} ${y2}`,
            "data-weight": firstWeight(sizes, layer, k) + j,
            fill: "none",
          }, svg);
          el("title", {}, path);
        }
      }
    }
    depth();
  }

  function depth() {
    const box = $(".depth");
    const hidden = data.sizes.slice(1, -1);
    box.classList.toggle("hidden", !data.editable_net);
    box.replaceChildren();
    const button = (label, spoken, disabled, change) => {
      const b = document.createElement("button");
      b.textContent = label;
      b.setAttribute("aria-label", spoken);
      b.disabled = disabled;
      b.onclick = () => resize(change(widths()));
      box.append(b);
    };
    const count = document.createElement("span");
    count.textContent = fill(data.text.layers, { n: hidden.length });
    button("−", data.text.fewer_layers, !hidden.length, (now) => now.slice(0, -1));
    button("+", data.text.more_layers, hidden.length >= 6, (now) => [...now, now.at(-1) ?? 4].slice(0, 6));
    box.append(count);
    const cost = document.createElement("span");
    cost.className = "cost";
    cost.textContent = data.text_cost;
    box.append(cost);
  }
  // Layers as last asked for: a second press counts even before the server has answered the first.
  const widths = () => wanted ?? data.sizes.slice(1, -1);
  const resize = (asked) => {
    wanted = asked;
    send("hidden", asked);
  };

  function drawLinks() {
    let most = 1e-9;
    for (const w of weights) most = Math.max(most, Math.abs(w));
    for (const path of findAll(house, ".net path")) {
      const w = weights[path.dataset.weight];
      set(path, {
        stroke: signed(w),
        "stroke-width": 0.4 + (5 * Math.abs(w)) / most,
        opacity: 0.25 + (0.7 * Math.abs(w)) / most,
      });
      path.firstChild.textContent = format(w);
    }
  }

  function drawNeurons() {
    for (const neuron of findAll(house, ".neuron")) {
      const [layer, k] = neuron.dataset.at.split("-").map(Number);
      const output = layer === layers.length - 1;
      const colours = output && layers[layer].length === 1
        ? answerColours(layers[layer])
        : neuronColours(layers[layer][k]);
      paintMap(neuron.firstChild, colours, data.dark);
      const bias = layer ? weights[firstWeight(data.sizes, layer, k) + data.sizes[layer - 1]] : 0;
      neuron.style.borderColor = layer ? signed(bias) : "";
      neuron.classList.toggle("open", chosen?.[0] === layer && chosen[1] === k);
    }
  }

  // ------------------------------------------------------------------ the answer, with the points

  function legend() {
    const box = $(".legend");
    box.replaceChildren();
    const entry = (name, drawing) => {
      const item = document.createElement("span");
      const icon = el("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" });
      drawing(icon);
      item.append(name);
      box.append(item);
    };
    if (data.task === "classes") {
      for (let k = 0; k < Math.max(2, data.classes); k++) {
        const ink = data.colours.classes[k];
        entry(
          fill(data.text.class, { k: k + 1 }),
          (
            g,
          ) => (k
            ? el("circle", { cx: 8, cy: 8, r: 5.5, fill: ink }, g)
            : el("rect", { x: 3, y: 3, width: 10, height: 10, fill: ink }, g)),
        );
      }
    } else {
      entry(
        data.text.low,
        (g) => el("rect", { x: 2, y: 2, width: 12, height: 12, fill: data.colours.negative }, g),
      );
      entry(
        data.text.high,
        (g) => el("rect", { x: 2, y: 2, width: 12, height: 12, fill: data.colours.positive }, g),
      );
    }
    entry(
      data.text.test_points,
      (g) =>
        el("circle", { cx: 8, cy: 8, r: 5, fill: "none", stroke: "currentColor", "stroke-width": 1.8 }, g),
    );
  }

  const share = (v) =>
    new Intl.NumberFormat(data.lang, { style: "percent", maximumFractionDigits: 1 }).format(v);

  function draw() {
    if (!data) return;
    weights ??= frameWeights();
    layers = forward(weights, data.sizes, data.activation, grid);
    drawLinks();
    drawNeurons();
    drawAnswer($(".answer"), data, weights, layers.at(-1), [train, test]);
    const { text, curves } = data;
    const e = epoch();
    let figures = /** @type {any[]} */ ([curves[0][e], curves[1][e], curves[2][e], curves[3][e]]);
    if (edited) {
      const on = (set) =>
        examine(
          forward(weights, data.sizes, data.activation, features(set.points, data.inputs)).at(-1),
          set.targets,
          data.task,
        );
      const [a, b] = [on(train), on(test)];
      figures = [a[0], b[0], a[1], b[1]];
    }
    const unit = data.task === "values" ? format : share;
    counters($(".counters"), [
      [text.epoch, numbers(data.lang, 0)(e)],
      [text.train_loss, format3(figures[0])],
      [text.test_loss, format3(figures[1])],
      [text.train_score, unit(figures[2])],
      [text.test_score, unit(figures[3])],
    ]);
    for (const css of [".loss", ".score"]) $(css).showEpoch?.(e);
    $(".edited").classList.toggle("hidden", !edited);
    $(".answer").setAttribute("aria-label", fill(text.describe, { epoch: e, score: unit(figures[3]) }));
    detail();
  }

  // ------------------------------------------------------------------ one neuron, large, its weights by hand

  function open(layer, k) {
    chosen = chosen?.[0] === layer && chosen[1] === k ? null : [layer, k];
    buildDetail();
    draw();
  }
  function buildDetail() {
    $(".detail").classList.toggle("hidden", !chosen);
    if (!chosen) return;
    const [layer, k] = chosen;
    const box = $(".hands");
    box.replaceChildren();
    $(".head b").textContent = finder(house)(`[data-at="${layer}-${k}"]`).title;
    if (!layer) return;
    const start = firstWeight(data.sizes, layer, k);
    for (let j = 0; j <= data.sizes[layer - 1]; j++) {
      const label = document.createElement("label");
      const range = document.createElement("input");
      label.textContent = j === data.sizes[layer - 1]
        ? data.text.bias
        : layer === 1
        ? data.input_names[j]
        : fill(data.text.from, { j: j + 1 });
      Object.assign(range, { type: "range", min: -5, max: 5, step: 0.01 });
      range.dataset.weight = String(start + j);
      range.setAttribute("aria-label", label.textContent);
      range.oninput = () => {
        weights = new Float32Array(weights);
        weights[start + j] = Number(range.value);
        edited = true;
        draw();
      };
      box.append(label, range, document.createElement("output"));
    }
  }
  function detail() {
    if (!chosen) return;
    const [layer, k] = chosen;
    const single = layer === layers.length - 1 && layers[layer].length === 1;
    paintMap($(".large"), single ? answerColours(layers[layer]) : neuronColours(layers[layer][k]), data.dark);
    for (const range of findAll(house, ".hands input")) {
      const w = weights[range.dataset.weight];
      if (range.getRootNode().activeElement !== range) range.value = w;
      range.nextSibling.textContent = format(w);
    }
  }
  $(".close").onclick = () => open(...chosen);
  $(".edited button").onclick = () => {
    edited = false;
    weights = null;
    draw();
  };

  // ------------------------------------------------------------------ the visitor's own points

  $(".answer").onclick = (event) => {
    if (!data?.own) return;
    const box = $(".answer").getBoundingClientRect();
    const scale = (2 * data.extent) / box.width;
    const at = [
      (event.clientX - box.left) * scale - data.extent,
      data.extent - (event.clientY - box.top) * scale,
    ];
    const near = data.own.findIndex(([x, y]) => Math.hypot(x - at[0], y - at[1]) < 0.035 * 2 * data.extent);
    if (near >= 0) data.own.splice(near, 1);
    else data.own.push([...at, data.pen]);
    send("points", data.own.flatMap(([x, y, label]) => [x / 5, y / 5, label]));
  };

  new ResizeObserver(() => {
    if (!data || house.clientWidth === house.lastWidth) return;
    house.lastWidth = house.clientWidth;
    $(".answer").side = undefined;
    build();
    draw();
  }).observe(house);

  return {
    stop: player.stop,
    update(/** @type {Payload} */ fresh, setStateValue) {
      send = setStateValue;
      const same = data?.film_id === fresh.film_id;
      const at = epochOf(player.frame);
      data = {
        ...fresh,
        weights: floats(fresh.weights),
        curves: fresh.curves.map(floats),
        pen: data?.pen ?? 1,
        dark: onDark(house),
      };
      [format, format3] = [numbers(data.lang, 2), numbers(data.lang, 3)];
      [train, test] = [fresh.train, fresh.test].map(examples);
      if (wanted?.join() === data.sizes.slice(1, -1).join()) wanted = null;
      grid = features(mapPlaces(data.extent), data.inputs);
      if (chosen && chosen[1] >= (data.sizes[chosen[0]] ?? 0)) chosen = null;
      $(".hint").textContent = data.text.hint;
      $(".close").textContent = data.text.close;
      $(".edited span").textContent = data.text.edited;
      $(".edited button").textContent = data.text.restore;
      build();
      legend();
      pens();
      const loss = data.curves.slice(0, 2);
      const figure = (css, title, series, unit, most) =>
        runChart($(css), {
          lang: data.lang,
          title,
          x: data.text.epochs,
          unit,
          most,
          series: [[series[0], "", data.text.train], [series[1], "5 4", data.text.test]],
          at: epoch,
          spoken: data.text.chart,
        });
      figure(".loss", data.text.loss, loss, format, topOf(loss));
      figure(".score", data.text.score, data.curves.slice(2), data.task === "values" ? format : share, 1);
      const start = same ? nearestFrame(at) : data.start === null ? null : nearestFrame(data.start);
      edited = false;
      weights = null;
      player.load(data.epochs.length, start, data.text.player);
      buildDetail();
      detail();
    },
  };

  function epochOf(k) {
    return data ? data.epochs[Math.min(k, data.epochs.length - 1)] : 0;
  }
  function nearestFrame(e) {
    let best = 0;
    data.epochs.forEach((value, k) => {
      if (Math.abs(value - e) < Math.abs(data.epochs[best] - e)) best = k;
    });
    return best;
  }
  function pens() {
    finder(house)(".pens")?.remove();
    $(".answer").classList.toggle("edit", Boolean(data.own));
    if (!data.own) return;
    const box = document.createElement("div");
    box.className = "tools pens";
    for (const label of [-1, 1]) {
      const button = document.createElement("button");
      button.setAttribute("aria-pressed", String(label === data.pen));
      button.innerHTML = `<span style="color:${data.colours.classes[label > 0 ? 1 : 0]}">${
        label > 0 ? "●" : "■"
      }</span> `;
      button.append(fill(data.text.class, { k: label > 0 ? 2 : 1 }));
      button.onclick = () => {
        data.pen = label;
        pens();
      };
      box.append(button);
    }
    $(".stage").before(box);
  }
}

export default mount(networkView);
