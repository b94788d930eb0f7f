// @ts-check
// The film player: play, pause, step, rewind and scrub through frames that the browser already holds.

import { finder } from "./kit.js";

/** What the player says. @typedef {Record<string, string> & {speeds: string[]}} Words */

const ICONS = {
  first: "M5 5h2v14H5zM19 5v14L8.5 12z",
  back: "M16 5v14L6 12z",
  play: "M7 4v16l13-8z",
  pause: "M6 5h4v14H6zM14 5h4v14h-4z",
  next: "M8 5v14l10-7z",
  last: "M17 5h2v14h-2zM5 5v14l10.5-7z",
};
const icon = (name) => `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${ICONS[name]}"/></svg>`;

/**
 * A player. ``home`` is the frame at which a film opens; the address names any other, under ``param``, as ``place``
 * writes it.
 * @param {{
 *   param: string, place?: (frame: number) => number, home?: (count: number) => number,
 *   onFrame: (frame: number) => void,
 * }} options
 */
export function filmPlayer({ param, place = (frame) => frame, home = (count) => count - 1, onFrame }) {
  const box = document.createElement("div");
  box.className = "player";
  box.innerHTML = `
    <div class="keys" role="group">
      ${
    ["first", "back", "play", "next", "last"].map((name) =>
      `<button data-do="${name}">${icon(name)}</button>`
    ).join("")
  }
    </div>
    <select></select>
    <input type="range" min="0" step="1">`;
  const $ = finder(box);
  const range = $("input");
  const speed = $("select");
  const play = $("[data-do=play]");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let frames = 1;
  let at = 0;
  let timer = 0;
  let text = {};
  let speedChosen = false;
  const rates = [2, 8, 60]; // frames a second

  const relabelPlay = () => {
    play.innerHTML = icon(timer ? "pause" : "play");
    play.title = timer ? text.pause : text.play;
    play.setAttribute("aria-label", play.title);
  };
  const relabel = (words) => {
    $(".keys").setAttribute("aria-label", words.film);
    range.setAttribute("aria-label", words.scrub);
    speed.setAttribute("aria-label", words.speed);
    for (const key of box.querySelectorAll("button")) {
      key.title = words[key.dataset.do];
      key.setAttribute("aria-label", key.title);
    }
    const chosen = speed.value;
    speed.replaceChildren(...words.speeds.map((name, i) => new Option(name, i)));
    speed.value = chosen;
    text = words;
  };
  const show = (frame) => {
    at = Math.max(0, Math.min(frames - 1, frame));
    range.value = at;
    range.setAttribute("aria-valuetext", `${at} / ${frames - 1}`);
    onFrame(at);
  };
  // The place in the film joins the address without a trip to the server; a link reopens it there.
  const remember = () => {
    const address = new URL(window.location.href);
    if (at === home(frames)) address.searchParams.delete(param);
    else address.searchParams.set(param, String(place(at)));
    window.history.replaceState(window.history.state, "", address);
  };
  const pause = () => {
    cancelAnimationFrame(timer);
    timer = 0;
    relabelPlay();
    remember();
  };
  const run = () => {
    if (at >= frames - 1) show(0);
    const from = at;
    const rate = calm.matches ? Math.min(2, rates[speed.value]) : rates[speed.value];
    let start = 0;
    const tick = (now) => {
      start ||= now;
      const frame = from + Math.floor(((now - start) / 1000) * rate);
      if (frame !== at) show(frame);
      if (at >= frames - 1) pause();
      else timer = requestAnimationFrame(tick);
    };
    timer = requestAnimationFrame(tick);
    relabelPlay();
  };
  const actions = {
    first: () => show(0),
    back: () => show(at - 1),
    next: () => show(at + 1),
    last: () => show(frames - 1),
  };
  box.onclick = ({ target }) => {
    const action = /** @type {HTMLElement} */ (target).closest("button")?.dataset.do;
    if (!action) return;
    if (action === "play") return timer ? pause() : run();
    if (timer) pause();
    actions[action]();
    remember();
  };
  range.oninput = () => {
    if (timer) pause();
    show(Number(range.value));
  };
  range.onchange = remember;
  speed.onchange = () => {
    speedChosen = true;
    if (timer) {
      pause();
      run();
    }
  };

  return {
    element: box,
    get frame() {
      return at;
    },
    // A new film stands at ``start``, or at home.
    load(count, start, words) {
      if (timer) pause();
      frames = count;
      range.max = count - 1;
      relabel(words);
      if (!speedChosen) speed.value = count > 80 ? 2 : 1;
      for (
        const part
          of /** @type {NodeListOf<HTMLButtonElement>} */ (box.querySelectorAll("button, input, select"))
      ) part.disabled = count < 2;
      show(start ?? home(count));
    },
    stop: () => cancelAnimationFrame(timer),
  };
}
