// @ts-check
// A network of small neurons and the film of its training. The film travels as weights; what every neuron
// answers at every place is computed here, so that scrubbing, pointing and editing a weight need no server.

import { showEpoch } from "./charts.js";
import { decide, examine, features, forward } from "./engine.js";
import { clamp, counters, fill, filmAt, finder, floats, later, mount, numbers } from "./kit.js";
import { answerInks, drawAnswer, examples, mapPlaces, neuronInks, onDark } from "./maps.js";
import { drawCharts, drawDepth, drawLegend, drawPens } from "./network_around.js";
import { buildDetail, drawDetail } from "./network_detail.js";
import { Net } from "./network_net.js";
import { filmPlayer } from "./player.js";

/**
 * ``weights`` (frames, parameters) and ``curves`` (epochs) are float32 as base64; ``scale`` what one of the server's
 * own points measures here.
 * @typedef {import("./maps.js").Run & {
 *   lang: string, text: import("./player.js").Texts, text_cost: string, input_names: string[], classes: number,
 *   editable_net: boolean, max_layers: number, max_width: number, scale: number, dice: boolean, stuck: string | null,
 *   epochs: number[], weights: string, film_id: string, curves: string[],
 *   train: import("./maps.js").Packed, test: import("./maps.js").Packed,
 *   own: [number, number, number][] | null, start: number | null,
 * }} Payload
 */

const HTML = `
  <div class="panel">
    <b class="what"></b>
    <div class="stage"><canvas class="answer" role="application" tabindex="0"></canvas></div>
    <p class="told"></p>
    <div class="transport"></div>
    <div class="edited hidden"><span></span> <button type="button"></button></div>
    <div class="legend"></div>
  </div>
  <div class="detail hidden">
    <div class="head"><b></b><button type="button" class="close"></button></div>
    <div class="sliders"></div>
  </div>
  <div class="drawing">
    <div class="depth tools"></div>
    <div class="net"><svg aria-hidden="true"></svg></div>
    <p class="hint"></p>
  </div>
  <div class="figures">
    <div class="counters"></div>
    <svg class="chart loss" viewBox="0 0 360 190" role="img"></svg>
    <svg class="chart score" viewBox="0 0 360 190" role="img"></svg>
  </div>`;
const NEAR = 0.035; // of the plane's width, from which a touched point is meant
const BEAT = 60; // milliseconds from a neuron to the next as the numbers run through
const WALK = [500, 1600]; // milliseconds that they run in all, at least and at most

export class NetworkView {
  data = /** @type {Payload} */ (later());
  film = new Float32Array();
  curves = /** @type {Float32Array[]} */ ([]);
  train = /** @type {import("./maps.js").Examples} */ (later());
  test = /** @type {import("./maps.js").Examples} */ (later());
  grid = /** @type {Float32Array[]} */ ([]); // the inputs at the places of the map
  weights = new Float32Array(); // of the frame, or edited
  layers = /** @type {Float32Array[][] | null} */ (null); // what each neuron gives at each place, of these weights
  edited = false;
  frame = 0;
  share = 0; // of the way to the next frame
  pen = 1;
  asked = /** @type {number[] | null} */ (null); // layers asked for and not yet here
  looked = /** @type {[number, number] | null} */ (null); // the neuron under the pointer
  pinned = /** @type {[number, number] | null} */ (null);
  over = /** @type {number | null} */ (null); // the weight under the pointer
  place = /** @type {number[] | null} */ (null); // in the plane, under the pointer
  reached = 0; // neurons that its numbers have reached
  soon = 0;
  dark = false;
  width = 0;
  format = numbers("fr", 2);
  format3 = numbers("fr", 3);
  unit = numbers("fr", 2);
  send = /** @type {import("./kit.js").Send} */ (later());
  trigger = /** @type {import("./kit.js").Send} */ (later());

  /** @param {ShadowRoot} root */
  constructor(root) {
    this.component = finder(root)(".component");
    this.component.classList.add("network");
    this.component.innerHTML = HTML;
    this.$ = finder(this.component);
    this.answer = /** @type {import("./maps.js").Answer} */ (this.$(".answer", HTMLCanvasElement));
    this.net = new Net(this.$(".net"), {
      look: (neuron) => this.put({ looked: neuron }),
      pin: (layer, k) => this.pin([layer, k]),
      over: (weight) => this.put({ over: weight }),
      pull: (weight, value) => this.edit(weight, value),
      resize: (change) => this.resize(change),
    });
    this.player = filmPlayer({
      param: "epoch",
      place: (at) => this.data.epochs[at],
      onFrame: (frame, share) => this.turn(frame, share),
    });
    this.$(".transport").append(this.player.element);
    this.$(".close").onclick = () => this.pinned && this.pin(this.pinned);
    this.$(".edited button", HTMLButtonElement).onclick = () => this.turn(this.frame, 0);
    this.listen();
    new ResizeObserver(() => this.fit()).observe(this.component);
  }

  /** The epoch shown, between two frames too. */
  get epoch() {
    const { data: { epochs }, frame, share } = this;
    return Math.round(epochs[frame] + (share ? share * (epochs[frame + 1] - epochs[frame]) : 0));
  }

  // ------------------------------------------------------------------ what changes

  /** @type {(frame: number, share: number) => void} */
  turn(frame, share) {
    [this.frame, this.share, this.edited] = [frame, share, false];
    this.layers = null;
    this.weights = filmAt(this.film, this.film.length / this.data.epochs.length, frame, share);
    this.draw();
  }
  /**
   * What the pointer is on, drawn with the next frame.
   * @param {Partial<Pick<NetworkView, "looked" | "over" | "place" | "reached">>} what
   */
  put(what) {
    Object.assign(this, what);
    this.soon ||= requestAnimationFrame(() => this.draw());
  }
  /** @type {(weight: number, value: number) => void} */
  edit(weight, value) {
    this.player.pause();
    this.edited = true;
    this.weights = Float32Array.from(this.weights);
    this.weights[weight] = value;
    this.layers = null;
    this.put({});
  }
  pin(/** @type {[number, number]} */ neuron) {
    const same = this.pinned?.join() === neuron.join();
    this.pinned = same ? null : neuron;
    if (same) this.looked = null;
    this.detail();
    this.draw();
    // On a phone the map and the weights stand above the drawing.
    this.$(".detail").scrollIntoView({ block: "nearest" });
  }
  detail() {
    const box = this.$(".detail");
    box.classList.toggle("hidden", !this.pinned);
    if (!this.pinned) return;
    const [layer, k] = this.pinned;
    finder(box)(".head b").textContent = this.net.neurons[layer][k].getAttribute("aria-label");
    buildDetail(box, this.data, this.pinned, (weight, value) => this.edit(weight, value));
  }
  /**
   * Layers as last asked for: a second press counts even before the server has answered the first.
   * @param {(widths: number[]) => number[]} change
   */
  resize(change) {
    this.asked = change(this.asked ?? this.data.sizes.slice(1, -1));
    this.send("hidden", this.asked);
  }
  fit() {
    if (!this.data || this.component.clientWidth === this.width) return;
    this.width = this.component.clientWidth;
    this.answer.side = undefined;
    this.layers = null;
    this.net.build(this.data);
    this.detail();
    this.draw();
  }

  // ------------------------------------------------------------------ drawing

  draw() {
    cancelAnimationFrame(this.soon);
    this.soon = 0;
    if (!this.data || !this.net.neurons.length) return;
    const { data, weights, dark, format, pinned, over } = this;
    const fresh = !this.layers; // else only the pointer has moved
    const layers = this.layers ??= forward(weights, data.sizes, data.activation, this.grid);
    const shown = this.looked ?? pinned;
    const answer = (/** @type {import("./engine.js").Layer} */ outputs) =>
      answerInks(outputs, data.task, data.colours);
    this.net.draw(data, weights, layers, { shown: this.looked, pinned, over, fresh, dark, format, answer });
    const whole = !shown || (shown[0] === layers.length - 1 && layers[shown[0]].length === 1);
    const inks = whole ? null : neuronInks(layers[shown[0]][shown[1]], data.activation, data.colours, 0.6);
    const sets = [this.train, this.test];
    drawAnswer(this.answer, { ...data, dark }, weights, layers[layers.length - 1], sets, inks);
    const name = shown && this.net.neurons[shown[0]][shown[1]].getAttribute("aria-label");
    this.$(".what").textContent = whole
      ? data.text.answer
      : fill(data.text.answer_of, { neuron: name ?? "" });
    this.tell();
    if (fresh) this.figures();
    if (pinned) drawDetail(this.$(".detail"), weights, format);
  }
  /** What is under the pointer, in one line, and its numbers along the drawing. */
  tell() {
    const { data, place, over, format, weights } = this;
    const { text } = data;
    const line = this.$(".told");
    const values = place && forward(weights, data.sizes, data.activation, features(place, data.inputs));
    this.net.probe(data, values, this.reached, format);
    if (values) {
      const outputs = values[values.length - 1];
      const [best, v] = decide(outputs, data.task, 0);
      const says = data.task === "values" ? format(outputs[0][0]) : fill(text.decided, {
        k: best + 1,
        share: this.percent(outputs.length > 1 ? v : (1 + Math.abs(v)) / 2),
      });
      line.textContent = fill(text.here, { x: format(place[0]), y: format(place[1]), answer: says });
    } else line.textContent = over === null ? text.point : fill(text.weight, { w: format(weights[over]) });
  }
  figures() {
    const { data, epoch, edited, format3 } = this;
    const { text } = data;
    let figures = this.curves.map((curve) => curve[epoch]);
    if (edited) {
      const on = (/** @type {import("./maps.js").Examples} */ set) => {
        const layers = forward(this.weights, data.sizes, data.activation, features(set.points, data.inputs));
        return examine(layers[layers.length - 1], set.targets, data.task);
      };
      const [a, b] = [on(this.train), on(this.test)];
      figures = [a[0], b[0], a[1], b[1]];
    }
    const unit = this.unit;
    counters(this.$(".counters"), [
      [text.epoch, numbers(data.lang, 0)(epoch)],
      [text.train_loss, format3(figures[0])],
      [text.test_loss, format3(figures[1])],
      [text.train_score, unit(figures[2])],
      [text.test_score, unit(figures[3])],
    ]);
    for (const css of [".loss", ".score"]) showEpoch(this.$(css, SVGSVGElement), epoch);
    this.$(".edited").classList.toggle("hidden", !edited);
    this.answer.setAttribute(
      "aria-label",
      fill(text.describe, { epoch, score: unit(figures[3]) }),
    );
  }
  /** @param {number} v */
  percent(v) {
    return new Intl.NumberFormat(this.data.lang, { style: "percent", maximumFractionDigits: 1 }).format(v);
  }

  // ------------------------------------------------------------------ the pointer on the plane

  listen() {
    const canvas = this.answer;
    const where = (/** @type {PointerEvent} */ event) => {
      const box = canvas.getBoundingClientRect();
      const { extent } = this.data;
      const scale = (2 * extent) / box.width;
      return [(event.clientX - box.left) * scale - extent, extent - (event.clientY - box.top) * scale];
    };
    const probe = (/** @type {PointerEvent} */ event) => {
      if (!this.data || (this.data.own && event.pointerType === "touch")) return;
      if (!this.place) this.walk();
      this.put({ place: where(event) });
    };
    canvas.onpointermove = probe;
    canvas.onpointerdown = probe;
    canvas.onpointerleave = (event) => event.pointerType !== "touch" && this.put({ place: null });
    canvas.onclick = (event) => {
      const { data } = this;
      if (!data?.own) return;
      const at = where(event);
      const near = data.own.findIndex(([x, y]) => Math.hypot(x - at[0], y - at[1]) < NEAR * 2 * data.extent);
      if (near >= 0) data.own.splice(near, 1);
      else data.own.push([at[0], at[1], this.pen]);
      this.send("points", data.own.flatMap(([x, y, label]) => [x / data.scale, y / data.scale, label]));
    };
  }
  /** The numbers of a place run through the network, neuron after neuron. */
  walk() {
    const count = this.data.sizes.reduce((sum, n) => sum + n, 0);
    const length = matchMedia("(prefers-reduced-motion: reduce)").matches
      ? 1
      : clamp(BEAT * count, WALK[0], WALK[1]);
    const start = performance.now();
    const step = (/** @type {number} */ now) => {
      if (!this.place) return;
      this.put({ reached: Math.ceil(clamp((now - start) / length, 0, 1) * count) });
      if (this.reached < count) requestAnimationFrame(step);
    };
    this.reached = 0;
    requestAnimationFrame(step);
  }

  // ------------------------------------------------------------------ what the page says

  /** @type {(fresh: Payload, state: import("./kit.js").Send, trigger: import("./kit.js").Send) => void} */
  update(fresh, state, trigger) {
    [this.send, this.trigger, this.data] = [state, trigger, fresh];
    const { data } = this;
    this.dark = onDark(this.component);
    [this.format, this.format3] = [numbers(data.lang, 2), numbers(data.lang, 3)];
    this.unit = data.task === "values" ? this.format : (v) => this.percent(v);
    [this.film, this.curves] = [floats(data.weights), data.curves.map(floats)];
    [this.train, this.test] = [data.train, data.test].map(examples);
    this.grid = features(mapPlaces(data.extent), data.inputs);
    if (this.asked?.join() === data.sizes.slice(1, -1).join()) this.asked = null;
    const gone = (/** @type {[number, number] | null} */ neuron) =>
      !neuron || neuron[1] >= (data.sizes[neuron[0]] ?? 0);
    if (gone(this.pinned)) this.pinned = null;
    [this.looked, this.over, this.edited] = [null, null, false];
    this.$(".hint").textContent = data.text.hint;
    this.$(".close").textContent = data.text.close;
    this.$(".edited span").textContent = data.text.edited;
    this.$(".edited button", HTMLButtonElement).textContent = data.text.restore;
    this.layers = null;
    this.net.build(data);
    drawDepth(this);
    drawLegend(this);
    drawPens(this);
    drawCharts(this);
    this.detail();
    this.frame = Math.min(this.frame, data.epochs.length - 1);
    this.player.load({
      film: data.film_id,
      count: data.epochs.length,
      start: data.start === null ? null : this.nearestFrame(data.start),
      words: data.text.player,
      next: data.stuck ?? data.text.next,
      act: data.stuck && data.dice ? { label: data.text.dice, run: () => this.trigger("dice", true) } : null,
    });
  }
  /** @param {number} epoch */
  nearestFrame(epoch) {
    const away = this.data.epochs.map((value) => Math.abs(value - epoch));
    return away.indexOf(Math.min(...away));
  }
  stop() {
    this.player.stop();
  }
}

export default mount((root) => new NetworkView(root));
