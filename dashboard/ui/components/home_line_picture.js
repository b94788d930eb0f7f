// @ts-check
// The front page's picture: a line learns to part two clouds, again and again; who touches it holds the line, and plays
// against the machine.

import { clamp, fill, finder, later, rgb } from "./kit.js";
import { drawLine, grips } from "./home_line_draw.js";
import { clouds, errors, learn, through } from "./line_learning.js";
import { motion, motionSwitch, moving } from "./motion.js";
import { score } from "./neuron_plane.js";

/**
 * @typedef {{
 *   colours: {positive: string, negative: string},
 *   text: Record<"you" | "machine" | "missed" | "touch" | "drag" | "won" | "left" | "right" | "play" | "pause" | "alt", string>,
 * }} Payload
 */

const LEARNS = 4200; // milliseconds of a loop of six seconds in which the line moves
const LOOP = 6000;
const ARRIVES = 700; // in which the points glide to their places
const PATIENCE = 9000; // after the last touch, before the machine takes the line again
const NEAR = 60; // pixels: closer to the line, a finger holds it; farther, it scrolls the page
const STEEP = 9; // of a line held by hand

const HTML = `<canvas role="img"></canvas>
  <div class="score" aria-live="polite"><p class="you"><b></b><span></span></p>
    <p class="machine"><b></b><span></span></p></div>
  <p class="hint"></p>
  <div class="ends"><input type="range" class="left" min="-1" max="1" step="0.02">
    <input type="range" class="right" min="-1" max="1" step="0.02"></div>
  <button class="motion" type="button"></button>`;

const coloursOf = (
  /** @type {HTMLElement} */ box,
  /** @type {Payload} */ { colours: { positive, negative } },
) => {
  const { backgroundColor, color } = getComputedStyle(box);
  const ground = (backgroundColor.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
  return { ground, ink: color, positive: rgb(positive), negative: rgb(negative) };
};

const write = (/** @type {HTMLElement} */ node, /** @type {string} */ text) => {
  if (node.textContent !== text) node.textContent = text;
};

/** Where a pointer is on the plane, -1 to 1.
 * @type {(canvas: HTMLCanvasElement, b: PointerEvent | Touch) => number[]}
 */
const placeOn = (canvas, { clientX, clientY }) => {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  return [clamp(2 * (clientX - left) / width - 1, -1, 1), clamp(1 - 2 * (clientY - top) / height, -1, 1)];
};

/** The picture, in a box of its own.
 * @param {HTMLElement} box
 */
export function picture(box) {
  box.innerHTML = HTML;
  const $ = finder(box);
  const canvas = $("canvas");
  const ends = [$("input.left", HTMLInputElement), $("input.right", HTMLInputElement)];
  let data = /** @type {Payload} */ (later());
  let colours = { ground: [255, 255, 255], ink: "#000", positive: [0, 0, 0], negative: [0, 0, 0] };
  let seed = 1;
  let { points, start } = clouds(seed);
  let before = points; // where the points come from
  let film = learn(points, start);
  let now = film[0];
  let began = 0; // when this loop did, on the picture's own clock
  let clock = 0;
  let gripped = /** @type {number[][] | null} */ (null); // two places on the line that the visitor holds
  let held = -1;
  let waiting = 0;

  const best = () => errors(points, film[film.length - 1]);
  function again() {
    before = points;
    seed += 1;
    ({ points, start } = clouds(seed));
    film = learn(points, start);
    began = clock;
  }

  function letGo() {
    waiting = 0;
    const solved = errors(points, now) <= best();
    if (solved) again();
    else {
      film = learn(points, now);
      before = points;
      began = clock;
    }
    gripped = null;
    tell();
  }

  function show(/** @type {number} */ time) {
    clock = time;
    if (!gripped) {
      if (clock - began > LOOP) again();
      const step = (clamp((clock - began - ARRIVES) / LEARNS, 0, 1) ** 1.6) * (film.length - 1);
      const [from, share] = [film[Math.floor(step)], step % 1];
      const to = film[Math.min(film.length - 1, Math.floor(step) + 1)];
      now = from.map((value, k) => value + share * (to[k] - value));
    }
    draw();
    tell();
  }

  const draw = () => {
    const share = clamp((clock - began) / ARRIVES, 0, 1);
    drawLine(canvas, { now, points, before, share, gripped }, colours);
  };
  function tell() {
    const count = errors(points, now);
    const machine = gripped ? best() : count;
    box.classList.toggle("held", Boolean(gripped));
    write($(".you b"), gripped ? String(count) : "");
    write($(".you span"), gripped ? data.text.you : "");
    write($(".machine b"), String(machine));
    write($(".machine span"), gripped ? data.text.machine : data.text.missed);
    const won = gripped && count <= machine;
    write($(".hint"), won ? fill(data.text.won, { n: count }) : gripped ? data.text.drag : data.text.touch);
    // Assistive technology hears the score when a person moves the line, not sixty times a second.
    $(".score").setAttribute("aria-hidden", String(!gripped));
  }

  // ------------------------------------------------------------------ the visitor's hand

  const place = (/** @type {PointerEvent | Touch} */ at) => placeOn(canvas, at);
  const pixels = (/** @type {number[]} */ [x, y], /** @type {number[]} */ [u, v]) =>
    Math.hypot((x - u) / 2 * canvas.clientWidth, (y - v) / 2 * canvas.clientHeight);
  const distance = (/** @type {number[]} */ [x, y]) =>
    Math.abs(score(now, x, y)) /
    Math.hypot(2 * now[0] / canvas.clientWidth, 2 * now[1] / canvas.clientHeight);

  function hold(/** @type {number[]} */ at) {
    gripped ??= grips(now);
    before = points;
    clearTimeout(waiting);
    waiting = 0;
    if (held < 0) held = pixels(gripped[0], at) < pixels(gripped[1], at) ? 0 : 1;
    moveHand(at);
  }
  function moveHand(/** @type {number[]} */ at) {
    const two = gripped ?? grips(now);
    two[held] = at;
    gripped = two;
    now = through(two, points, STEEP);
    ends.forEach((range, k) => range.value = String(two[k][1]));
    draw();
    tell();
  }
  function leave() {
    held = -1;
    clearTimeout(waiting);
    waiting = setTimeout(letGo, PATIENCE);
  }
  canvas.onpointerdown = (/** @type {PointerEvent} */ event) => {
    if (event.pointerType === "touch" && distance(place(event)) > NEAR) return;
    canvas.setPointerCapture(event.pointerId);
    hold(place(event));
  };
  canvas.onpointermove = (/** @type {PointerEvent} */ event) => held >= 0 && moveHand(place(event));
  canvas.onpointerup = () => held >= 0 && leave();
  canvas.onpointercancel = canvas.onlostpointercapture = canvas.onpointerup;
  canvas.addEventListener("touchstart", (event) => {
    if (distance(place(event.touches[0])) <= NEAR) event.preventDefault();
  }, { passive: false });
  canvas.onclick = (/** @type {PointerEvent} */ event) => { // a tap away from the line
    if (event.pointerType !== "touch" || distance(place(event)) <= NEAR) return;
    hold(place(event));
    leave();
  };
  ends.forEach((range, k) => {
    range.oninput = () => {
      gripped ??= grips(now);
      held = k;
      hold([gripped[k][0], Number(range.value)]);
      leave();
    };
  });

  const resized = new ResizeObserver(() => moving() ? draw() : show(clock || began + LEARNS + ARRIVES));
  const clockwork = motion(canvas, show);
  return {
    update(/** @type {Payload} */ fresh) {
      data = fresh;
      colours = coloursOf(box, data);
      canvas.setAttribute("aria-label", data.text.alt);
      ends.forEach((range, k) => range.setAttribute("aria-label", [data.text.left, data.text.right][k]));
      motionSwitch($(".motion", HTMLButtonElement), { play: data.text.play, pause: data.text.pause });
      resized.observe(canvas);
      clockwork.start();
      if (!moving()) show(clock || began + LEARNS + ARRIVES);
    },
    stop() {
      clearTimeout(waiting);
      resized.disconnect();
      clockwork.stop();
    },
  };
}
