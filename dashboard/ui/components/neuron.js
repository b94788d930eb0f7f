// @ts-check
// One neuron and its points in the plane: a learning run as a film, a line moved by hand, points placed by hand.
// Everything that follows the pointer or the film is computed here, without the server.

import {
  child,
  clamp,
  counters,
  fill,
  findAll,
  finder,
  html,
  later,
  mount,
  numbers,
  octets,
  sigmoid,
  slider,
  withIcon,
} from "./kit.js";
import { drawDice, drawLegend, drawPens, tellVersus } from "./neuron_around.js";
import { Board, EDGE, SHADES, SIDE, SIZE } from "./neuron_board.js";
import { score, wrong } from "./neuron_plane.js";
import { listenToPointer } from "./neuron_pointer.js";
import { drawProof, growth } from "./neuron_proof.js";
import { drawCell, drawChart, tellSums } from "./neuron_story.js";
import { filmPlayer } from "./player.js";

/**
 * A run: each update's step, which formulas call ``symbol``, the weights [w1, w2, b] after it, the point that caused
 * it (-1: none) and its epoch. ``story`` is the sentence that tells it, ``kept`` names the answer where it is another.
 * @typedef {{
 *   story: string, symbol: string, kept: string | null, rate: number, index: number[], epoch: number[], step: number[],
 *   weights: number[], answer: number[] | null, converged: boolean, diverged: boolean,
 *   proof: import("./neuron_proof.js").Proof | null,
 * }} Film
 * @typedef {{
 *   lang: string, mode: "learn" | "own" | "hand", colours: {positive: string, negative: string},
 *   text: import("./player.js").Texts & {dice: Record<string, string>, activations: Record<string, string>}, axes: string[], classes: string[], activation: "step" | "identity" | "sigmoid",
 *   points: number[], labels: number[], images: string | null, limit: number, film: Film, film_id: string,
 *   start: number | null, hand: number[], hand_limit: number, most: number, dice: string[], machine: number,
 *   meeting: number[] | null, around: number[],
 * }} Payload
 */

const percent = (/** @type {number} */ x) => `${(100 * x) / SIZE}%`;
const HTML = `
  <div class="left">
    <div class="tools hidden">
      <button class="pen" data-label="-1"></button><button class="pen" data-label="1"></button>
      <button class="undo"></button><button class="clear"></button>
    </div>
    <div class="stage"><canvas width="${SHADES}" height="${SHADES}"></canvas>
      <svg class="board" viewBox="0 0 ${SIZE} ${SIZE}" role="application" tabindex="0"></svg>
      <canvas class="thumb" width="8" height="8"></canvas></div>
    <div class="transport"></div>
    <div class="legend"></div>
  </div>
  <div class="panel">
    <div class="counters"></div>
    <div class="byhand hidden"><div class="sliders"></div><div class="versus"></div></div>
    <div class="story"><p></p><table class="sums"></table></div>
    <svg class="cell" viewBox="0 0 520 196" role="img"></svg>
    <svg class="chart" viewBox="0 0 520 168" role="img"></svg>
    <p class="proof veiled"></p>
  </div>`;

/** @typedef {import("./neuron_plane.js").Weights} Weights */
const row = (/** @type {number[]} */ list, /** @type {number} */ k) => list.slice(3 * k, 3 * k + 3);
const between = (/** @type {Weights} */ a, /** @type {Weights} */ b, /** @type {number} */ share) =>
  a.map((v, k) => v + share * (b[k] - v));

export class NeuronView {
  data = /** @type {Payload} */ (later());
  points = /** @type {number[][]} */ ([]); // [x, y, label]
  frame = 0;
  share = 0; // of the way to the next frame
  frames = 1;
  longest = 1e-9; // of the film's weights
  hovered = -1;
  picked = -1;
  pen = 1;
  past = /** @type {number[][][]} */ ([]); // for undo
  hand = [1, 1, 0];
  awaited = ""; // the hand that the server has been told and does not know yet
  foot = [0, 0]; // where the hand holds the line
  busy = false; // the pointer holds a point or the line
  images = /** @type {Uint8Array | null} */ (null);
  format = numbers("fr", 2);
  format3 = numbers("fr", 3);
  send = /** @type {import("./kit.js").Send} */ (later());
  follow = /** @type {((frame: number, share: number) => void) | null} */ (null);

  /** @param {ShadowRoot} root */
  constructor(root) {
    this.component = finder(root)(".component");
    this.component.innerHTML = HTML;
    this.$ = finder(this.component);
    const shade = this.$(".stage canvas", HTMLCanvasElement);
    shade.style.cssText = `position:absolute;left:${percent(EDGE.left)};top:${percent(EDGE.top)};
      width:${percent(SIDE)};height:${percent(SIDE)};border-radius:2px`;
    this.board = new Board(this.$(".board", SVGSVGElement), shade);
    this.player = filmPlayer({ param: "step", onFrame: (frame, share) => this.turn(frame, share) });
    // Before what is said at the end: nothing moves under a hand that throws them.
    finder(this.player.element)(".next").before(html("div", { className: "dice" }));
    this.$(".transport").append(this.player.element);
    this.listen();
    listenToPointer(this);
  }

  get byHand() {
    return this.data.mode === "hand";
  }
  get editing() {
    return this.data.mode === "own";
  }
  /** @param {number[]} list */
  at(list) {
    const now = row(list, this.frame);
    return this.share ? between(now, row(list, this.frame + 1), this.share) : now;
  }
  get learning() {
    return this.byHand ? this.hand : this.at(this.data.film.weights);
  }
  get answer() {
    return this.byHand ? this.hand : this.at(this.data.film.answer ?? this.data.film.weights);
  }
  /** The point that moved the line, or that moves it now. */
  get cause() {
    return this.byHand ? -1 : this.data.film.index[this.frame + (this.share ? 1 : 0)];
  }
  get handScale() {
    return this.data.limit / 6;
  }

  // ------------------------------------------------------------------ what changes with the film and the pointer

  /** @type {(frame: number, share: number) => void} */
  turn(frame, share) {
    const other = frame !== this.frame || !share;
    [this.frame, this.share] = [frame, share];
    this.draw(other);
  }

  /** Draws all of it, or only what glides. */
  draw(all = true) {
    if (!this.data) return;
    const { data, byHand, frame, share, points, cause } = this;
    const shown = this.answer;
    const moved = !byHand && cause >= 0 && (share > 0 || frame > 0);
    const missed = this.board.draw({
      points,
      answer: shown,
      learning: data.film.answer && !byHand ? this.learning : null,
      before: moved ? row(data.film.weights, share ? frame : frame - 1) : null,
      push: moved ? `η·${data.film.symbol}·x` : "",
      pushed: moved ? data.film.step[share ? frame + 1 : frame] : 0,
      arrow: this.learning,
      foot: byHand ? this.foot : null,
      scale: byHand ? this.handScale : (0.45 * data.limit) / this.longest,
      cause,
      mark: this.hovered >= 0 ? this.hovered : this.picked,
    });
    const { text } = data;
    const count = `${missed} / ${points.length}`;
    if (byHand) {
      counters(this.$(".counters"), [[text.errors, count]]);
      tellVersus(this, missed);
    } else {
      const { epoch, index } = data.film;
      const rested = index[frame] < 0 && frame > 0;
      counters(this.$(".counters"), [
        [text.epoch, epoch[frame] + (index[frame] >= 0 ? 1 : 0)],
        [text.updates, frame - (rested ? 1 : 0)],
        [text.errors, count],
      ]);
      this.follow?.(frame, share);
    }
    if (!all) return;
    if (!byHand) this.tell();
    const i = [this.hovered, this.picked, cause, 0].find((k) => points[k]) ?? 0;
    drawCell(this.$(".cell", SVGSVGElement), data, shown, i, points[i], this.format);
    this.board.svg.setAttribute(
      "aria-label",
      fill(text.describe, {
        n: points.length,
        errors: missed,
        w1: this.format(shown[0]),
        w2: this.format(shown[1]),
        b: this.format(shown[2]),
      }),
    );
  }

  /** The step in words and in numbers. */
  tell() {
    const { data, frame, points, format3 } = this;
    const { text, film } = data;
    const [line, sums] = [this.$(".story p"), this.$(".sums")];
    const i = film.index[frame];
    sums.replaceChildren();
    if (!points.length) return void (line.textContent = text.empty);
    if (i < 0 || !points[i]) return void (line.textContent = frame === 0 ? text.start : text.rest);
    const ended = film.diverged ? text.diverged : film.converged ? "" : text.stopped;
    const old = row(film.weights, frame - 1);
    const [x1, x2, label] = points[i];
    const s = score(old, x1, x2);
    line.textContent = fill(film.story, {
      k: frame,
      point: i + 1,
      wanted: data.classes[label > 0 ? 1 : 0],
      y: label > 0 ? "+1" : "−1",
      t: label > 0 ? 1 : 0,
      s: format3(s),
      p: format3(sigmoid(s)),
      e: format3(film.step[frame]),
    }) + (frame === this.frames - 1 ? ` ${ended}` : "");
    const [now, kept] = [row(film.weights, frame), film.answer && row(film.answer, frame)];
    tellSums(sums, data, { frame, old, now, point: points[i], kept }, format3);
    return undefined;
  }

  // ------------------------------------------------------------------ by hand

  sliders() {
    const { hand_limit: most } = this.data;
    this.$(".sliders").replaceChildren(...["w₁", "w₂", "b"].flatMap((name, k) => {
      const range = slider(name, most);
      range.oninput = () => {
        this.hand[k] = Number(range.value);
        this.hold();
        this.drawHand();
      };
      range.onchange = () => this.commitHand();
      return [html("label", {}, name), range, html("output")];
    }));
  }
  /** The point of the line nearest to where the hand held it before. */
  hold() {
    const { hand, foot, data: { limit } } = this;
    const off = score(hand, foot[0], foot[1]) / (hand[0] ** 2 + hand[1] ** 2 || 1);
    this.foot = [0, 1].map((k) => clamp(foot[k] - off * hand[k], -limit, limit));
  }
  drawHand() {
    const box = this.$(".sliders");
    this.hand.forEach((v, k) => {
      child(box, 3 * k + 1, HTMLInputElement).value = String(v);
      box.children[3 * k + 2].textContent = this.format(v);
    });
    this.draw();
  }
  commitHand() {
    const hand = this.hand.map((v) => Math.round(v * 100) / 100);
    if (String(hand) !== String(this.data.hand)) this.awaited = String(hand);
    this.send("hand", hand);
  }

  // ------------------------------------------------------------------ the visitor's own points

  keep() {
    this.past = [...this.past, this.points.map((p) => [...p])].slice(-50);
  }
  /** Other points than before; the server learns from them. */
  change(/** @type {number[][]} */ points) {
    this.points = points;
    if (this.hovered >= points.length) this.hovered = -1;
    if (this.picked >= points.length) this.picked = -1;
    this.board.drawPoints(points);
    this.draw();
    this.send("points", points.flat().map((v) => Math.round(v * 1e4) / 1e4));
  }
  listen() {
    for (const button of findAll(this.component, ".pen", HTMLElement)) {
      button.onclick = () => {
        this.pen = Number(button.dataset.label);
        drawPens(this);
      };
    }
    this.$(".undo").onclick = () => {
      const before = this.past.pop();
      if (before) this.change(before);
    };
    this.$(".clear").onclick = () => {
      this.keep();
      this.change([]);
    };
  }

  // ------------------------------------------------------------------ what the page says

  /** @type {(fresh: Payload, state: import("./kit.js").Send, trigger: import("./kit.js").Send) => void} */
  update(fresh, state, trigger) {
    this.send = state;
    this.data = fresh;
    const { data, byHand, editing } = this;
    this.images = data.images ? octets(data.images) : null;
    [this.format, this.format3] = [numbers(data.lang, 2), numbers(data.lang, 3)];
    if (!this.busy) {
      this.points = data.labels.map((label, i) => [data.points[2 * i], data.points[2 * i + 1], label]);
    }
    const { points } = this;
    if (this.hovered >= points.length) this.hovered = -1;
    if (this.picked >= points.length) this.picked = -1;
    const still = byHand || data.film.index.length < 2;
    const hide = (/** @type {string} */ css, /** @type {boolean} */ hidden) =>
      this.$(css).classList.toggle("hidden", hidden);
    hide(".story", byHand);
    hide(".chart", still);
    hide(".proof", still || !data.film.proof);
    hide(".transport", still);
    hide(".byhand", !byHand);
    hide(".tools", !editing);
    hide(".dice", byHand || !data.dice.length);
    this.board.svg.classList.toggle("edit", editing);
    withIcon(this.$(".undo"), "undo", data.text.undo);
    this.$(".clear").textContent = data.text.clear;
    this.board.stage(data, this.format);
    this.board.drawPoints(points);
    drawPens(this);
    drawLegend(this);
    drawDice(this, trigger);
    if (!byHand) return this.show();
    this.player.stop();
    // An answer to a change before the last one comes too late.
    if (String(data.hand) === this.awaited) this.awaited = "";
    if (!this.busy && !this.awaited) {
      this.hand = [...data.hand];
      this.hold();
    }
    this.sliders();
    return this.drawHand();
  }
  show() {
    const { film, film_id, start, text } = this.data;
    this.frames = film.index.length;
    [this.frame, this.share] = [Math.min(this.frame, this.frames - 1), 0];
    const lengths = film.index.map((_, k) => Math.hypot(film.weights[3 * k], film.weights[3 * k + 1]));
    this.longest = Math.max(1e-9, ...lengths);
    const answers = film.answer ?? film.weights;
    const counts = film.index.map((_, k) => this.points.filter((p) => wrong(row(answers, k), p)).length);
    const chart = drawChart(this.$(".chart", SVGSVGElement), this.data, counts, this.format);
    const proof = film.proof &&
      drawProof(this.$(".chart", SVGSVGElement), text, growth(film, film.proof), this.format);
    this.$(".proof").textContent = text.proof;
    this.follow = (frame, share) => {
      chart(frame, share);
      proof?.(frame, share);
    };
    this.player.load({ film: film_id, count: this.frames, start, words: text.player, next: text.next });
    this.draw();
  }
  stop() {
    this.player.stop();
  }
}

export default mount((root) => new NeuronView(root));
