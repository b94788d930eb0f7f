// @ts-check
// A training under the visitor's eyes: the error curves, and images that the network has never seen, rebuilt
// better and better. The server trains a little at a time; this component asks for more as soon as it has
// drawn what came, so the training goes no faster than it can be watched, and ends when the page is left.

import {
  clamp,
  el,
  fill,
  findAll,
  finder,
  floats,
  html,
  later,
  mount,
  numbers,
  octets,
  penOf,
  set,
  textAt,
} from "./kit.js";
import { filmPlayer } from "./player.js";
import { paint } from "./neural.js";

/**
 * ``frames`` those from ``from`` on, and ``originals``: images of 784 bytes; ``losses`` float32, learnt and new.
 * @typedef {{
 *   lang: string, text: import("./player.js").Texts, id: string, running: boolean, last: number, shown: number, epochs: number[], losses: string, pca: number, originals: string, from: number,
 *   frames: string, start: number | null,
 * }} Payload
 */

const [WIDE, TALL] = [400, 250];
const [LEFT, RIGHT, TOP, BOTTOM] = [52, 390, 34, 205];

const MARKS = [0.005, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.1, 0.15, 0.2];
const SPACED = 22;

function trainingView(/** @type {ShadowRoot} */ root) {
  const component = finder(root)(".component");
  component.classList.add("training-view");
  component.innerHTML = `<svg class="chart" viewBox="0 0 ${WIDE} ${TALL}" role="img"></svg>
    <div class="panel"><b class="moment"></b>
      <div class="row"><small></small><canvas class="before" height="30" role="img"></canvas></div>
      <div class="row"><small></small><canvas class="after" height="30" role="img"></canvas></div>
      <div class="transport"></div></div>`;
  const $ = finder(component);
  const small = html("canvas", { width: 28, height: 28 });
  let data = /** @type {Payload} */ (later());
  let film = /** @type {Uint8Array[]} */ ([]); // a moment's images, bytes one after the other
  let losses = new Float32Array();
  let frame = 0;
  let whole = numbers("fr", 2);
  let exact = numbers("fr", 2);

  const player = filmPlayer({
    param: "moment",
    onFrame: (at) => {
      frame = at;
      draw();
    },
  });
  $(".transport").append(player.element);

  /** @type {(canvas: HTMLCanvasElement, bytes: Uint8Array) => void} */
  function strip(canvas, bytes) {
    canvas.width = data.shown * 30;
    const pen = penOf(canvas);
    for (let i = 0; i < data.shown; i++) {
      paint(small, Array.from(bytes.subarray(784 * i, 784 * (i + 1)), (v) => v / 255));
      pen.drawImage(small, 30 * i + 1, 1);
    }
  }

  // ------------------------------------------------------------------ the curves

  const x = (/** @type {number} */ epoch) => LEFT + (epoch / data.last) * (RIGHT - LEFT);
  let limits = [0.01, 0.1];
  const y = (/** @type {number} */ v) => {
    const [low, high] = limits.map(Math.log);
    return BOTTOM - ((Math.log(clamp(v, limits[0], limits[1])) - low) / (high - low)) * (BOTTOM - TOP);
  };
  function chart() {
    const svg = $("svg");
    svg.replaceChildren();
    const all = [...losses, data.pca];
    limits = [0.9 * Math.min(...all), 1.05 * Math.max(...all)];
    el("path", { class: "axis", d: `M${LEFT} ${TOP}V${BOTTOM}H${RIGHT}`, fill: "none" }, svg);
    let above = BOTTOM + SPACED; // where the mark below stands
    for (const v of MARKS) {
      if (v < limits[0] || v > limits[1] || above - y(v) < SPACED) continue;
      above = y(v);
      el("line", { class: "epoch", x1: LEFT, x2: RIGHT, y1: y(v), y2: y(v) }, svg);
      textAt(svg, LEFT - 5, y(v) + 4, exact(v), "end");
    }
    textAt(svg, LEFT, BOTTOM + 16, "0", "middle");
    textAt(svg, RIGHT, BOTTOM + 16, whole(data.last), "end");
    textAt(svg, (LEFT + RIGHT) / 2, BOTTOM + 34, data.text.epochs, "middle");
    textAt(svg, 4, 13, data.text.title, "start", { "font-weight": 600 });
    el("line", { x1: LEFT, x2: RIGHT, y1: y(data.pca), y2: y(data.pca), class: "pca" }, svg);
    textAt(svg, RIGHT - 6, y(data.pca) - 5, data.text.pca, "end");
    for (const [k, name] of /** @type {const} */ (["train", "test"]).entries()) {
      const d = data.epochs.map((epoch, i) =>
        `${i ? "L" : "M"}${x(epoch).toFixed(1)} ${y(losses[2 * i + k]).toFixed(1)}`
      ).join("");
      el("path", {
        class: "curve",
        d,
        "stroke-dasharray": k ? "" : "5 4",
      }, svg);
      el("path", {
        class: "curve",
        d: `M${LEFT + 165 * k} 25h20`,
        "stroke-dasharray": k ? "" : "5 4",
      }, svg);
      textAt(svg, LEFT + 25 + 165 * k, 29, data.text[name], "start");
    }
    el("line", { class: "now", y1: TOP, y2: BOTTOM }, svg);
    svg.setAttribute(
      "aria-label",
      fill(data.text.chart, {
        first: exact(losses[1]),
        last: exact(losses[losses.length - 1]),
        pca: exact(data.pca),
      }),
    );
  }

  function draw() {
    if (!film.length) return;
    strip($(".after", HTMLCanvasElement), film[frame]);
    const epoch = data.epochs[frame];
    const now = $("svg .now");
    set(now, { x1: x(epoch), x2: x(epoch) });
    $(".moment").textContent = fill(data.text.moment, {
      epoch: whole(epoch),
      error: exact(losses[2 * frame + 1]),
    });
  }

  return {
    stop: player.stop,
    update(
      /** @type {Payload} */ fresh,
      /** @type {import("./kit.js").Send} */ _state,
      /** @type {import("./kit.js").Send} */ setTriggerValue,
    ) {
      const other = data?.id !== fresh.id;
      data = fresh;
      whole = numbers(data.lang, 0);
      exact = numbers(data.lang, 4);
      const follows = other || frame === film.length - 1;
      if (other) film = [];
      if (data.from > film.length) return setTriggerValue("more", film.length);
      const bytes = octets(data.frames);
      film.length = data.from;
      for (let at = 0; at < bytes.length; at += 784 * data.shown) {
        film.push(bytes.subarray(at, at + 784 * data.shown));
      }
      losses = floats(data.losses);
      const [before, after] = findAll(component, ".row small", HTMLElement);
      before.textContent = data.text.before;
      after.textContent = data.text.after;
      $(".before", HTMLCanvasElement).setAttribute("aria-label", data.text.before);
      $(".after", HTMLCanvasElement).setAttribute("aria-label", data.text.after);
      strip($(".before", HTMLCanvasElement), octets(data.originals));
      chart();
      const last = film.length - 1;
      const still = other && data.start !== null ? Math.min(data.start, last) : follows ? last : frame;
      const playing = player.element.dataset.playing === "true";
      player.load({
        film: data.id,
        count: film.length,
        words: data.text.player,
        still: playing ? null : still,
        next: data.text.next,
      });
      component.dataset.moments = String(film.length);
      if (data.running) setTriggerValue("more", film.length);
      return undefined;
    },
  };
}

export default mount(trainingView);
