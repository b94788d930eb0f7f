// @ts-check
// The front page's picture: a line learns to part two clouds, again and again; who touches it holds the line, and plays
// against the machine.

import { clamp, fill, finder, mount, rgb } from "./kit.js";
import { clouds, errors, learn, through } from "./line_learning.js";
import { motion, motionSwitch, moving, sharp } from "./motion.js";
import { score, wrong } from "./neuron_plane.js";

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
const ease = (/** @type {number} */ t) => (t < 0.5 ? 2 * t * t : 1 - (2 - 2 * t) ** 2 / 2);

export default mount((root) => {
  const box = finder(root)(".line");
  box.innerHTML = `<canvas role="img"></canvas>
    <div class="score" aria-live="polite"><p class="you"><b></b><span></span></p>
      <p class="machine"><b></b><span></span></p></div>
    <p class="hint"></p>
    <div class="ends"><input type="range" class="left" min="-1" max="1" step="0.02">
      <input type="range" class="right" min="-1" max="1" step="0.02"></div>
    <button class="motion" type="button"></button>`;
  const $ = finder(box);
  const canvas = /** @type {HTMLCanvasElement} */ ($("canvas"));
  const ends = [$("input.left"), $("input.right")];
  let data = /** @type {Payload} */ (null);
  let colours = { ground: [255, 255, 255], ink: "#000", positive: [0, 0, 0], negative: [0, 0, 0] };
  let seed = 1;
  let { points, start } = clouds(seed);
  let before = points; // where the points come from
  let film = learn(points, start);
  let now = film[0];
  let began = 0; // when this loop did, on the picture's own clock
  let clock = 0;
  let hands = /** @type {number[][] | null} */ (null); // two places on the line that the visitor holds
  let held = -1;
  let waiting = 0;

  const best = () => errors(points, film[film.length - 1]);
  /** Where the line meets the edges of the square within which it can be held.
   * @param {import("./neuron_plane.js").Weights} weights
   */
  const grips = ([a, b, c]) => {
    const edge = 0.8;
    const steep = Math.abs(a) > Math.abs(b);
    return [-edge, edge].map((v) =>
      steep ? [clamp(-(b * v + c) / a, -1, 1), v] : [v, clamp(-(a * v + c) / b, -1, 1)]
    ).sort(([p], [q]) => p - q);
  };

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
    hands = null;
    tell();
  }

  function show(/** @type {number} */ time) {
    clock = time;
    if (!hands) {
      if (clock - began > LOOP) again();
      const step = (clamp((clock - began - ARRIVES) / LEARNS, 0, 1) ** 1.6) * (film.length - 1);
      const [from, share] = [film[Math.floor(step)], step % 1];
      const to = film[Math.min(film.length - 1, Math.floor(step) + 1)];
      now = from.map((value, k) => value + share * (to[k] - value));
    }
    draw();
    tell();
  }

  function draw() {
    const { context, width, height } = sharp(canvas);
    if (!width) return;
    const px = (/** @type {number} */ x) => (x + 1) / 2 * width;
    const py = (/** @type {number} */ y) => (1 - y) / 2 * height;
    shade(context, width, height);
    const [p, q] = grips(now);
    const [dx, dy] = [px(q[0]) - px(p[0]), py(q[1]) - py(p[1])];
    context.strokeStyle = colours.ink;
    context.lineWidth = 3.5;
    context.beginPath();
    context.moveTo(px(p[0]) - 9 * dx, py(p[1]) - 9 * dy);
    context.lineTo(px(q[0]) + 9 * dx, py(q[1]) + 9 * dy);
    context.stroke();
    const size = Math.max(6.5, Math.min(width, height) / 66);
    const share = ease(clamp((clock - began) / ARRIVES, 0, 1));
    points.forEach((point, k) => {
      const [x, y] = [0, 1].map((i) => before[k][i] + share * (point[i] - before[k][i]));
      const missed = wrong(now, [x, y, point[2]]);
      context.beginPath();
      context.arc(px(x), py(y), missed ? size * 1.25 : size, 0, 7);
      context.fillStyle = point[2] > 0 ? data.colours.positive : data.colours.negative;
      context.fill();
      context.lineWidth = missed ? 3.5 : 1.5;
      context.strokeStyle = missed ? colours.ink : "rgba(255,255,255,0.85)";
      context.stroke();
    });
    for (const [x, y] of hands ?? [p, q]) {
      context.beginPath();
      context.arc(px(x), py(y), hands ? 16 : 12, 0, 7);
      context.fillStyle = `rgb(${colours.ground})`;
      context.fill();
      context.lineWidth = 3.5;
      context.strokeStyle = colours.ink;
      context.stroke();
    }
  }

  // The answer falls off along one direction only: a gradient shows it exactly.
  function shade(/** @type {CanvasRenderingContext2D} */ context, width, height) {
    const [a, b, c] = now;
    const [across, down] = [2 * a / width, -2 * b / height];
    const middle = c - a + b; // the score in the top left corner
    const long = across ** 2 + down ** 2 || 1e-9;
    const at = (/** @type {number} */ value) => (value - middle) / long;
    const reach = 4;
    const gradient = context.createLinearGradient(
      at(-reach) * across,
      at(-reach) * down,
      at(reach) * across,
      at(reach) * down,
    );
    for (let k = 0; k <= 8; k++) {
      const answer = Math.tanh((k / 8 * 2 - 1) * reach / 2);
      const hue = answer > 0 ? colours.positive : colours.negative;
      const mixed = colours.ground.map((value, i) => value + 0.42 * Math.abs(answer) * (hue[i] - value));
      gradient.addColorStop(k / 8, `rgb(${mixed.map(Math.round)})`);
    }
    context.fillStyle = gradient;
    context.fillRect(0, 0, width, height);
  }

  const write = (node, text) => {
    if (node.textContent !== text) node.textContent = text;
  };
  function tell() {
    const count = errors(points, now);
    const machine = hands ? best() : count;
    box.classList.toggle("held", Boolean(hands));
    write($(".you b"), hands ? String(count) : "");
    write($(".you span"), hands ? data.text.you : "");
    write($(".machine b"), String(machine));
    write($(".machine span"), hands ? data.text.machine : data.text.missed);
    const won = hands && count <= machine;
    write($(".hint"), won ? fill(data.text.won, { n: count }) : hands ? data.text.drag : data.text.touch);
    // Assistive technology hears the score when a person moves the line, not sixty times a second.
    $(".score").setAttribute("aria-hidden", String(!hands));
  }

  // ------------------------------------------------------------------ the visitor's hand

  const place = (/** @type {PointerEvent | Touch} */ { clientX, clientY }) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    return [clamp(2 * (clientX - left) / width - 1, -1, 1), clamp(1 - 2 * (clientY - top) / height, -1, 1)];
  };
  const pixels = (/** @type {number[]} */ [x, y], /** @type {number[]} */ [u, v]) =>
    Math.hypot((x - u) / 2 * canvas.clientWidth, (y - v) / 2 * canvas.clientHeight);
  const distance = (/** @type {number[]} */ [x, y]) =>
    Math.abs(score(now, x, y)) /
    Math.hypot(2 * now[0] / canvas.clientWidth, 2 * now[1] / canvas.clientHeight);

  function hold(/** @type {number[]} */ at) {
    hands ??= grips(now);
    before = points;
    clearTimeout(waiting);
    waiting = 0;
    if (held < 0) held = pixels(hands[0], at) < pixels(hands[1], at) ? 0 : 1;
    moveHand(at);
  }
  function moveHand(/** @type {number[]} */ at) {
    hands[held] = at;
    now = through(hands, points, STEEP);
    ends.forEach((range, k) => range.value = String(hands[k][1]));
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
  canvas.onpointercancel = canvas.onpointerup;
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
      hands ??= grips(now);
      held = k;
      hold([hands[k][0], Number(range.value)]);
      leave();
    };
  });

  const resized = new ResizeObserver(() => moving() ? draw() : show(clock || began + LEARNS + ARRIVES));
  const picture = motion(canvas, show);
  return {
    update(/** @type {Payload} */ fresh) {
      data = fresh;
      const style = getComputedStyle(box);
      colours = {
        ground: style.backgroundColor.match(/[\d.]+/g).slice(0, 3).map(Number),
        ink: style.color,
        positive: rgb(data.colours.positive),
        negative: rgb(data.colours.negative),
      };
      canvas.setAttribute("aria-label", data.text.alt);
      $(".left").setAttribute("aria-label", data.text.left);
      $(".right").setAttribute("aria-label", data.text.right);
      motionSwitch($(".motion"), data.text);
      resized.observe(canvas);
      picture.start();
      if (!moving()) show(clock || began + LEARNS + ARRIVES);
    },
    stop() {
      clearTimeout(waiting);
      resized.disconnect();
      picture.stop();
    },
  };
});
