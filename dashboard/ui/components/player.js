// @ts-check
// The film player: it plays by itself, pauses, steps, rewinds and scrubs through frames that the browser holds.

import { clamp, finder, html, icon, remember } from "./kit.js";

/** What the player says. @typedef {Record<string, string> & {speeds: string[]}} Words */
/** What a view says, its player too. @typedef {Record<string, string> & {player: Words}} Texts */
/**
 * A film: ``film`` is the same for the same one, ``start`` the frame that a link opens, ``still`` one to stand at; at its end
 * ``next`` is said, and ``act`` offered; ``seconds`` is how long it takes if not as long as others.
 * @typedef {{
 *   film: string, count: number, words: Words, start?: number | null, still?: number | null, next?: string,
 *   act?: {label: string, run: () => void} | null, seconds?: number,
 * }} Film
 */

export const [SHORTEST, LONGEST] = [4, 8]; // seconds of a film
const MANY = 120; // frames from which it lasts longest
const SPEEDS = [0.25, 1, 2];
const SLOWLY = 5; // frames a second up to which each one is dwelt on
const CALM = 2; // changes a second for who wants no motion

/** Seconds that a film of so many frames takes. */
export const duration = (/** @type {number} */ count) =>
  clamp(SHORTEST + ((LONGEST - SHORTEST) * count) / MANY, SHORTEST, LONGEST);

/**
 * Frame and share of the way to the next at a moment, a share of the film's time. Few frames are dwelt on and
 * left smoothly, many follow each other evenly.
 * @type {(moment: number, count: number) => [number, number]}
 */
export const placeAt = (moment, count) => {
  const place = clamp(moment, 0, 1) * (count - 1);
  const frame = Math.min(Math.floor(place), count - 1);
  const share = place - frame;
  if ((count - 1) / duration(count) > SLOWLY) return [frame, share];
  const t = clamp((share - 0.3) / 0.7, 0, 1);
  return [frame, t * t * (3 - 2 * t)];
};

/**
 * Space plays and pauses, the arrows step: from anywhere in the component, and from a page where nothing has the
 * focus while the player is in view.
 * @param {HTMLElement} box
 * @param {Record<string, () => void>} actions
 */
const listen = (box, actions) => {
  const press = (/** @type {KeyboardEvent} */ event) => {
    const action = actions[event.key];
    if (!action || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const on = /** @type {HTMLElement} */ (event.composedPath()[0]);
    if (on.closest?.("input, select, textarea") || (event.key === " " && on.closest?.("button, a"))) return;
    event.preventDefault();
    action();
  };
  const onPage = (/** @type {KeyboardEvent} */ event) => {
    if (event.target !== document.body || !box.isConnected) return;
    const { top, bottom, height } = box.getBoundingClientRect();
    if (height && bottom > 0 && top < window.innerHeight) press(event);
  };
  let heard = /** @type {HTMLElement | null} */ (null);
  return {
    // The root is known once the player stands in it.
    start() {
      document.addEventListener("keydown", onPage);
      if (heard) return;
      heard = /** @type {HTMLElement} */ (box.getRootNode());
      heard.addEventListener("keydown", press);
    },
    stop: () => document.removeEventListener("keydown", onPage),
  };
};

const KEYS = ["play", "first", "back", "next", "last"];

const build = () => {
  const box = Object.assign(document.createElement("div"), { className: "player" });
  box.innerHTML = `
    <div class="keys" role="group">
      ${KEYS.map((name) => `<button type="button" data-do="${name}">${icon(name)}</button>`).join("")}
    </div>
    <input type="range" min="0" step="1">
    <select></select>
    <p class="next hidden" role="status"></p>`;
  return box;
};

/** What the keys say; Play says it by itself. */
const name = (/** @type {HTMLElement} */ box, /** @type {Words} */ words) => {
  const $ = finder(box);
  const say = (/** @type {HTMLElement} */ node, /** @type {string} */ label) =>
    node.setAttribute("aria-label", label);
  say($(".keys"), words.film);
  say($("input"), words.scrub);
  say($("select"), words.speed);
  for (const key of KEYS.slice(1)) {
    $(`[data-do=${key}]`).title = words[key];
    say($(`[data-do=${key}]`), words[key]);
  }
  const chosen = $("select").value || "1";
  $("select").replaceChildren(...words.speeds.map((speed, i) => new Option(speed, String(i))));
  $("select").value = chosen;
};

/**
 * A player. The address names a frame where the film was left, other than its last, under ``param``, as ``place``
 * writes it. ``onFrame`` is told the frame and the share of the way to the next, which is 0 unless it plays.
 * @param {{
 *   param: string, place?: (frame: number) => number, onFrame: (frame: number, share: number) => void,
 * }} options
 */
export function filmPlayer({ param, place = (frame) => frame, onFrame }) {
  const box = build();
  const $ = finder(box);
  const [range, speed, play, next] = [$("input"), $("select"), $("[data-do=play]"), $(".next")];
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let film = /** @type {string | null} */ (null);
  let [frames, seconds] = [1, 0];
  let at = 0;
  let timer = 0;
  let going = false; // it plays, or waits to be seen
  let unseen = /** @type {IntersectionObserver | null} */ (null);
  let text = /** @type {Words | null} */ (null);
  let [offer, offered] = ["", false];
  let act = /** @type {Film["act"]} */ (null);

  const state = () => {
    box.dataset.playing = String(Boolean(timer));
    play.innerHTML = icon(timer ? "pause" : "play");
    play.title = text?.[timer ? "pause" : "play"] ?? "";
    play.setAttribute("aria-label", play.title);
  };
  const show = (/** @type {number} */ frame, share = 0) => {
    at = clamp(frame, 0, frames - 1);
    range.value = String(at);
    range.setAttribute("aria-valuetext", `${at} / ${frames - 1}`);
    box.dataset.frame = String(at);
    onFrame(at, at < frames - 1 ? share : 0);
  };
  const cut = () => {
    cancelAnimationFrame(timer);
    unseen?.disconnect();
    timer = 0;
    state();
  };
  const halt = () => {
    cut();
    going = false;
  };
  const pause = () => {
    const was = timer;
    halt();
    if (was) show(at);
    remember(param, at === frames - 1 ? null : place(at));
  };
  const suggest = () => {
    if (!offer || offered) return;
    offered = true;
    next.textContent = offer;
    if (act) {
      next.append(" ", html("button", { type: "button", onclick: act.run }, act.label));
    }
    next.classList.remove("hidden");
  };
  const end = () => {
    pause();
    suggest();
  };
  const run = () => {
    cut();
    going = true;
    next.classList.add("hidden");
    remember(param, null);
    if (at >= frames - 1) show(0);
    const from = at / (frames - 1);
    const length = (1000 * seconds) / SPEEDS[Number(speed.value)];
    let start = 0;
    const tick = (/** @type {number} */ now) => {
      start ||= now;
      let moment = from + (now - start) / length;
      if (moment >= 1) return show(frames - 1), end();
      if (calm.matches) {
        const beat = 1000 / CALM / length; // a share of the film's time
        moment = from + Math.floor((moment - from) / beat) * beat;
        const [frame] = placeAt(moment, frames);
        if (frame !== at) show(frame);
      } else show(...placeAt(moment, frames));
      timer = requestAnimationFrame(tick);
    };
    timer = requestAnimationFrame(tick);
    state();
  };
  // A film begins when it can be seen.
  const begin = () => {
    going = true;
    unseen = new IntersectionObserver((entries) => {
      if (going && !timer && entries.some((entry) => entry.isIntersecting)) run();
    });
    unseen.observe(box.closest(".component") ?? box);
  };
  const stepTo = (/** @type {number} */ frame) => {
    halt();
    show(frame);
    remember(param, at === frames - 1 ? null : place(at));
  };
  /** @type {Record<string, () => void>} */
  const actions = {
    play: () => (timer ? pause() : run()),
    first: () => stepTo(0),
    back: () => stepTo(at - 1),
    next: () => stepTo(at + 1),
    last: () => stepTo(frames - 1),
  };
  box.onclick = ({ target }) => {
    actions[/** @type {HTMLElement} */ (target).closest("button")?.dataset.do ?? ""]?.();
  };
  range.oninput = () => {
    halt();
    show(Number(range.value));
  };
  range.onchange = () => stepTo(at);
  speed.onchange = () => timer && run();
  const keyboard = listen(box, { " ": actions.play, ArrowRight: actions.next, ArrowLeft: actions.back });

  return {
    element: box,
    get frame() {
      return at;
    },
    /** A new film plays from its first frame; the same one goes on as it stands. @param {Film} told */
    load(told) {
      const [first, same] = [film === null, told.film === film];
      if (offer !== told.next) offered = false;
      [film, frames, offer, act] = [told.film, told.count, told.next ?? "", told.act];
      seconds = told.seconds ?? duration(frames);
      range.max = String(frames - 1);
      name(box, told.words);
      text = told.words;
      state();
      keyboard.start();
      for (const part of [range, speed, ...box.querySelectorAll("button")]) part.disabled = frames < 2;
      if (typeof told.still === "number") return stepTo(told.still);
      // A film that Streamlit stopped, as it does between two runs, goes on.
      if (same && going) return timer ? undefined : begin();
      if (same) return show(at);
      halt();
      if (first && typeof told.start === "number") return show(told.start);
      if (calm.matches || frames < 2) return show(frames - 1), suggest();
      show(0);
      return begin();
    },
    pause: () => timer && pause(),
    stop() {
      cut();
      keyboard.stop();
    },
  };
}

/**
 * A player that is made when its first film comes, which names the address' parameter.
 * @param {HTMLElement} place @param {(now: number) => void} onMoment told the frame, or a place between two
 */
export function awaitedPlayer(place, onMoment) {
  let player = /** @type {ReturnType<typeof filmPlayer> | null} */ (null);
  return {
    stop: () => player?.stop(),
    load(/** @type {string} */ param, /** @type {Film} */ told) {
      if (!player) {
        player = filmPlayer({ param, onFrame: (at, share) => onMoment(at + share) });
        place.append(player.element);
      }
      player.load(told);
    },
  };
}
