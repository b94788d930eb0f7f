// @ts-check
// Pictures that move by themselves: only while they are in view, and only if the visitor likes motion. One switch
// stops and starts all of them.

import { icon, penOf, visit } from "./kit.js";

const SWITCHED = "dashboard-motion";
const shared = visit(
  "dashboardMotion",
  () => ({ on: !matchMedia("(prefers-reduced-motion: reduce)").matches }),
);

/** Whether pictures move. */
export const moving = () => shared.on;

/**
 * Calls ``draw`` with the milliseconds that the picture has moved, as often as the screen is drawn.
 * @param {Element} node
 * @param {(time: number) => void} draw
 */
export function motion(node, draw) {
  let [timer, last, time, seen] = [0, 0, 0, false];
  const tick = (/** @type {number} */ now) => {
    time += Math.min(100, now - last); // a slow moment slows the picture down; it does not jump
    last = now;
    draw(time);
    timer = requestAnimationFrame(tick);
  };
  const settle = () => {
    if (seen && shared.on && !timer) {
      last = performance.now();
      timer = requestAnimationFrame(tick);
    } else if (!(seen && shared.on) && timer) {
      cancelAnimationFrame(timer);
      timer = 0;
    }
  };
  const observer = new IntersectionObserver((entries) => {
    seen = entries[entries.length - 1].isIntersecting;
    settle();
  });
  return {
    start() {
      observer.observe(node);
      window.addEventListener(SWITCHED, settle);
    },
    stop() {
      observer.disconnect();
      window.removeEventListener(SWITCHED, settle);
      cancelAnimationFrame(timer);
      [timer, seen] = [0, false];
    },
  };
}

/** The switch of all moving pictures.
 * @type {(button: HTMLButtonElement, words: {play: string, pause: string}) => void}
 */
export function motionSwitch(button, words) {
  const say = () => {
    button.innerHTML = icon(shared.on ? "pause" : "play");
    button.title = shared.on ? words.pause : words.play;
    button.setAttribute("aria-label", button.title);
  };
  button.onclick = () => {
    shared.on = !shared.on;
    say();
    window.dispatchEvent(new Event(SWITCHED));
  };
  say();
}

/** A canvas as sharp as the screen; gives its context, in which one unit is a CSS pixel, and its size.
 * @param {HTMLCanvasElement} canvas
 */
export function sharp(canvas) {
  const ratio = Math.min(2, globalThis.devicePixelRatio || 1);
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) [canvas.width, canvas.height] = [w, h];
  const context = penOf(canvas);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return { context, width, height };
}
