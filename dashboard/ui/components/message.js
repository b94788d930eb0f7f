// @ts-check
// A photo through a text: the original, what the text gives, the text itself, coloured by what its characters
// speak of; a stretch under the pointer lights its part of the image. Several limits make a film, and a bet.

import {
  counters,
  el,
  fill,
  findAll,
  finder,
  html,
  later,
  mount,
  numbers,
  octets,
  toClipboard,
} from "./kit.js";
import { filmPlayer } from "./player.js";

/**
 * One text and its image, see ``Frame`` in Python: ``grid`` is the image's height and width in blocks; ``parts`` are
 * uint16, as many for each character, filled up with ``no_part``; ``psnr`` and ``ssim`` are absent where there are none.
 * @typedef {{
 *   limit: number, text: string, picture: string, grid: [number, number], scales: string, parts: string, sound: number,
 *   psnr?: number, ssim?: number,
 * }} Frame
 * @typedef {{
 *   lang: string, text: import("./player.js").Texts & {scales: string[]}, original: string, frames: Frame[], film: string,
 *   bet: boolean, colours: string[], no_part: number, link: Record<string, string> | null,
 * }} Payload
 */

const STRETCH = 8; // characters that light up together
const SIDES = [4, 2, 1]; // blocks of a part, either way

const MARKUP = `
    <div class="bet hidden"><p></p><div class="tools"></div></div>
    <div class="pictures">
      <figure class="before"><div class="stage"><img></div><figcaption></figcaption></figure>
      <figure class="after veiled"><div class="stage"><img><svg viewBox="0 0 1000 1000" preserveAspectRatio="none"
        aria-hidden="true"></svg></div><figcaption></figcaption></figure>
    </div>
    <p class="verdict" role="status"></p>
    <div class="transport"></div>
    <div class="counters"></div>
    <div class="tools out"><button class="copy"></button><button class="share"></button><span role="status"></span></div>
    <div class="legend"></div>
    <p class="signs" tabindex="0" translate="no" spellcheck="false"></p>`;

/** Parts of the image, each once, as x, y, width and height in thousandths of it.
 * @param {Uint16Array} codes
 * @param {[number, number]} grid
 * @param {number} none the code of no part
 */
export function places(codes, [rows, columns], none) {
  return Array.from(new Set(codes)).filter((code) => code !== none).map((code) => {
    const side = SIDES[code % 3];
    const [index, across] = [Math.floor(code / 3), Math.ceil(columns / side)];
    const [x, y] = [side * (index % across), side * Math.floor(index / across)];
    const [width, height] = [Math.min(side, columns - x), Math.min(side, rows - y)];
    return [x / columns, y / rows, width / columns, height / rows].map((share) => 1000 * share);
  });
}

/** Spans of a text, of one colour each; under the pointer one lights its parts. */
function stretches(
  /** @type {Frame} */ frame,
  /** @type {Payload} */ data,
  /** @type {(parts: number[][]) => void} */ light,
) {
  const spans = [];
  const parts = new Uint16Array(octets(frame.parts).buffer);
  const each = parts.length / frame.text.length;
  let start = 0;
  while (start < frame.text.length) {
    let end = start + 1;
    while (end < frame.text.length && end - start < STRETCH && frame.scales[end] === frame.scales[start]) {
      end++;
    }
    const [from, to] = [start, end];
    const scale = Number(frame.scales[from]);
    const look = { title: data.text.scales[scale], className: from >= frame.sound ? "lost" : "" };
    const span = html("span", look, frame.text.slice(from, to));
    span.style.setProperty("--ink", data.colours[scale]);
    span.onpointerenter = () => {
      light(places(parts.slice(each * from, each * to), frame.grid, data.no_part));
      span.classList.add("here");
    };
    span.onpointerleave = () => {
      light([]);
      span.classList.remove("here");
    };
    spans.push(span);
    start = end;
  }
  return spans;
}

function messageView(/** @type {ShadowRoot} */ root) {
  const component = finder(root)(".component");
  component.classList.add("message-view");
  component.innerHTML = MARKUP;
  const $ = finder(component);
  const lit = $(".after svg");
  $(".after img", HTMLImageElement).onload = () => {
    const { naturalWidth, naturalHeight } = $(".after img", HTMLImageElement);
    component.style.setProperty("--ratio", String(naturalWidth / naturalHeight));
  };
  let data = /** @type {Payload} */ (later());
  let at = 0;
  let bet = 0;
  let guessing = false;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const player = filmPlayer({
    param: "chars",
    place: (frame) => data.frames[frame].limit,
    onFrame: (frame) => {
      if (frame === at) return;
      at = frame;
      draw();
      if (guessing && at === data.frames.length - 1) judge();
    },
  });
  $(".transport").append(player.element);

  const light = (/** @type {number[][]} */ parts) => {
    lit.replaceChildren();
    for (const [x, y, width, height] of parts) el("rect", { x, y, width, height }, lit);
    lit.classList.toggle("on", parts.length > 0);
  };

  function draw() {
    if (!data) return;
    const frame = data.frames[at];
    const whole = numbers(data.lang, 0);
    const says = data.text;
    $(".after img", HTMLImageElement).src = frame.picture;
    $(".after img", HTMLImageElement).alt = fill(says.after_alt, { n: whole(frame.text.length) });
    $(".after figcaption").textContent = fill(says.after, { n: whole(frame.text.length) });
    const tiles = /** @type {[string, string][]} */ ([[says.characters, whole(frame.text.length)]]);
    if (!guessing) {
      if (frame.psnr !== undefined) tiles.push([says.psnr, `${numbers(data.lang, 1)(frame.psnr)} dB`]);
      if (frame.ssim !== undefined) tiles.push([says.ssim, numbers(data.lang, 2)(frame.ssim)]);
    }
    counters($(".counters"), tiles);
    light([]);
    $(".signs").replaceChildren(...stretches(frame, data, light));
    $(".signs").setAttribute("aria-label", says.signs);
    component.dataset.shown = String(frame.limit);
  }

  function askBet() {
    guessing = data.bet;
    component.classList.toggle("guessing", guessing);
    $(".bet").classList.toggle("hidden", !guessing);
    $(".verdict").textContent = "";
    if (!guessing) return;
    $(".bet p").textContent = data.text.bet;
    const whole = numbers(data.lang, 0);
    $(".bet .tools").replaceChildren(
      ...data.frames.map(({ limit }) => html("button", { onclick: () => watch(limit) }, whole(limit))),
    );
  }

  /** @param {number} limit */
  function watch(limit) {
    bet = limit;
    at = -1;
    component.classList.add("watching");
    const recognised = { className: "recognised", onclick: judge };
    $(".bet .tools").replaceChildren(html("button", recognised, data.text.recognised));
    $(".bet p").textContent = fill(data.text.watch, { n: numbers(data.lang, 0)(bet) });
    // Who wants no motion steps through the film.
    const still = calm.matches ? 0 : null;
    const { player: words, next } = data.text;
    player.load({ film: `${data.film} ${limit}`, count: data.frames.length, still, words, next });
  }

  function judge() {
    guessing = false;
    player.pause();
    component.classList.remove("guessing", "watching");
    $(".bet").classList.add("hidden");
    const whole = numbers(data.lang, 0);
    $(".verdict").textContent = fill(data.text.verdict, { bet: whole(bet), n: whole(data.frames[at].limit) });
    draw();
  }

  let silence = 0;
  const copy = async (/** @type {string} */ words) => {
    const done = $(".out [role=status]");
    await toClipboard(root, words);
    done.textContent = data.text.copied;
    clearTimeout(silence);
    silence = setTimeout(() => (done.textContent = ""), 4000);
  };
  const address = () => {
    const link = new URL(window.location.pathname, window.location.href);
    for (const [name, value] of Object.entries(data.link ?? {})) link.searchParams.set(name, value);
    link.searchParams.set("m", data.frames[at].text);
    return link.href;
  };

  return {
    stop: player.stop,
    update(/** @type {Payload} */ fresh) {
      const again = JSON.stringify(data) === JSON.stringify(fresh);
      data = fresh;
      if (again) return;
      at = 0;
      const says = data.text;
      $(".before").classList.toggle("hidden", !data.original);
      $(".before img", HTMLImageElement).src = data.original || "data:,";
      $(".before img", HTMLImageElement).alt = says.before_alt;
      $(".before figcaption").textContent = says.before;
      $(".transport").classList.toggle("hidden", data.frames.length < 2);
      $(".legend").innerHTML = says.scales.map((name, k) =>
        `<span><i style="--ink:${data.colours[k]}"></i>${name}</span>`
      ).join("");
      $(".copy").textContent = says.copy;
      $(".share").textContent = says.share;
      $(".copy").onclick = () => copy(data.frames[at].text);
      $(".share").onclick = () => copy(address());
      findAll(component, ".out", HTMLElement).forEach((tools) =>
        tools.classList.toggle("hidden", !data.link)
      );
      askBet();
      draw();
    },
  };
}

export default mount(messageView);
