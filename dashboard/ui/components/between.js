// @ts-check
// From image A to image B: by a straight line of codes, by an arc, and by fading one picture into the other.
// The codes come from the server, the images are decoded here.

import { filmAt, findAll, finder, floats, html, later, mount, octets, penOf } from "./kit.js";
import { filmPlayer } from "./player.js";
import { paint, whenDecoder } from "./neural.js";

/**
 * ``line`` and ``arc`` are codes, (steps, size) float32; ``ends`` two images of 784 bytes; all base64.
 * @typedef {{
 *   lang: string, text: import("./player.js").Texts & {short: Record<string, string>}, digest: string, size: number, steps: number,
 *   line: string, arc: string, ends: string[], start: number | null,
 * }} Payload
 */

const TILES = 9;

function betweenView(/** @type {ShadowRoot} */ root) {
  const component = finder(root)(".component");
  component.classList.add("between-view");
  component.innerHTML = `<div class="frames"></div><div class="transport"></div><div class="strips"></div>
    <small class="state" role="status"></small>`;
  const $ = finder(component);
  const NAMES = /** @type {const} */ (["line", "arc", "fade"]);
  const small = Object.assign(document.createElement("canvas"), { width: 28, height: 28 });
  for (const name of NAMES) {
    const canvas = html("canvas", { className: name, width: 28, height: 28, role: "img" });
    $(".frames").append(html("figure", {}, canvas, html("figcaption")));
    const strip = html("canvas", { width: TILES * 30, height: 30, role: "img" });
    $(".strips").append(html("div", { className: "strip" }, html("b"), strip));
  }
  let data = /** @type {Payload} */ (later());
  let decode = /** @type {import("./neural.js").Decode | null} */ (null);
  let forget = () => {};
  let now = 0; // the place on the way, between two frames too
  let codes = { line: new Float32Array(), arc: new Float32Array() };
  let ends = /** @type {Float32Array[]} */ ([]);
  /** @type {string | null} */
  let film = null; // what is on the film, to leave the player alone when it has not changed

  const player = filmPlayer({
    param: "step",
    onFrame: (at, share) => {
      now = at + share;
      draw();
    },
  });
  $(".transport").append(player.element);

  const picture = (/** @type {(typeof NAMES)[number]} */ name, /** @type {number} */ at) => {
    if (name === "fade") {
      const t = at / (data.steps - 1);
      return ends[0].map((v, i) => ((1 - t) * v + t * ends[1][i]) / 255);
    }
    return decode?.(filmAt(codes[name], data.size, Math.floor(at), at % 1));
  };
  function draw() {
    if (!data) return;
    NAMES.forEach((name, k) => {
      const pixels = picture(name, now);
      if (pixels) paint($(`.${name}`, HTMLCanvasElement), pixels);
      const mark = findAll(component, ".strip", HTMLElement)[k];
      mark.style.setProperty("--at", String(now / (data.steps - 1)));
    });
  }
  function drawStrips() {
    NAMES.forEach((name, k) => {
      const pen = penOf(findAll(component, ".strip canvas", HTMLCanvasElement)[k]);
      for (let i = 0; i < TILES; i++) {
        const pixels = picture(name, Math.round((i / (TILES - 1)) * (data.steps - 1)));
        if (!pixels) return;
        paint(small, pixels);
        pen.drawImage(small, i * 30 + 1, 1);
      }
    });
  }

  return {
    stop() {
      forget();
      player.stop();
    },
    update(/** @type {Payload} */ fresh) {
      data = fresh;
      const { text } = data;
      ends = data.ends.map((end) => Float32Array.from(octets(end)));
      codes = { line: floats(data.line), arc: floats(data.arc) };
      NAMES.forEach((name, k) => {
        findAll(component, "figcaption", HTMLElement)[k].textContent = text[name];
        findAll(component, ".strip b", HTMLElement)[k].textContent = text.short[name];
        for (const canvas of [$(`.${name}`), findAll(component, ".strip canvas", HTMLCanvasElement)[k]]) {
          canvas.setAttribute("aria-label", text[name]);
        }
      });
      const wanted = [data.lang, data.digest, data.line, ...data.ends].join();
      if (wanted === film) return;
      film = wanted;
      decode = null;
      forget();
      $(".state").textContent = text.waiting;
      forget = whenDecoder(data.digest, (ready) => {
        decode = ready;
        $(".state").textContent = text.exact;
        draw();
        drawStrips();
      });
      drawStrips();
      player.load({ film, count: data.steps, start: data.start, words: text.player, next: text.next });
    },
  };
}

export default mount(betweenView);
