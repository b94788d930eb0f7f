// @ts-check
// A plane of codes of two numbers: decoded images side by side, the known images' codes as dots, and a point
// to drag. The image under the point is worked out here, by the decoder itself, without the server; until its
// weights have come, the nearest of the images of the plane stands in.

import {
  clamp,
  dots,
  fill,
  findAll,
  finder,
  html,
  later,
  mount,
  numbers,
  octets,
  penOf,
  remember,
  shares,
} from "./kit.js";
import { paint, whenDecoder } from "./neural.js";

/**
 * ``codes`` as shares of the width and height; ``labels`` a byte each; ``sheet`` the address of a PNG.
 * @typedef {{
 *   lang: string, text: Record<string, string> & {shows: Record<string, string>}, digest: string, low: number[], high: number[], side: number,
 *   sheet: string, counts: number[], codes: string, labels: string, names: string[],
 *   colours: {classes: string[], empty: string}, own: number[], start: number[] | null, param: string,
 *   empty: boolean,
 * }} Payload
 */

const INNER = 1120; // pixels of the drawing on a side
const TILE = 28;
/** @type {Record<string, number[]>} */
const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const STEP = 0.01; // of the plane's width, for a press of an arrow key

const HTML = `
  <div class="left">
    <div class="axes"><small class="y"></small>
      <div class="plane" tabindex="0" role="application"><canvas width="${INNER}" height="${INNER}"></canvas>
        <i class="own"></i><i class="point"></i></div>
      <div class="x"><span></span><small></small><span></span></div></div>
    <div class="tools"></div>
  </div>
  <div class="panel">
    <canvas class="image" width="${TILE}" height="${TILE}" role="img"></canvas>
    <div class="facts"><b></b><span class="around"></span><small></small></div>
    <div class="moves"><button class="home" type="button"></button><button class="chance" type="button"></button></div>
    <div class="legend"></div>
    <span class="spoken" role="status"></span>
  </div>`;

/** The known images of the plane: places as shares across and up, classes.
 * @typedef {{codes: Float32Array, labels: Uint8Array}} Known
 */
/**
 * Images side by side, marks on cells without a known image, dots of the known ones: what the visitor shows.
 * @param {CanvasRenderingContext2D} ground
 * @param {Payload} data
 * @param {HTMLImageElement} sheet
 * @param {Record<string, boolean>} shows
 * @param {Known} known
 */
const paintGround = (ground, data, sheet, shows, { codes, labels }) => {
  ground.fillStyle = "#000";
  ground.fillRect(0, 0, INNER, INNER);
  if (shows.images && sheet.complete && sheet.naturalWidth) {
    ground.globalAlpha = shows.dots ? 0.7 : 1;
    ground.drawImage(sheet, 0, 0, INNER, INNER);
    ground.globalAlpha = 1;
  }
  if (shows.empty) {
    const cell = INNER / data.side;
    ground.fillStyle = data.colours.empty;
    data.counts.forEach((count, i) => {
      if (!count) ground.fillRect((i % data.side) * cell, Math.floor(i / data.side) * cell, cell, cell);
    });
  }
  if (!shows.dots) return;
  for (let i = 0; i < labels.length; i++) {
    ground.fillStyle = data.colours.classes[labels[i]];
    ground.beginPath();
    ground.arc(codes[2 * i] * INNER, (1 - codes[2 * i + 1]) * INNER, 4.5, 0, 7);
    ground.fill();
  }
};

/** How many known images of each class lie around the point, in words.
 * @type {(data: Payload, at: number[], known: Known) => string}
 */
const around = (data, [x, y], { codes, labels }) => {
  const counts = new Array(data.names.length).fill(0);
  const reach = data.side ** -2;
  for (let i = 0; i < labels.length; i++) {
    if ((codes[2 * i] - x) ** 2 + (codes[2 * i + 1] - y) ** 2 < reach) counts[labels[i]]++;
  }
  const total = counts.reduce((a, b) => a + b, 0);
  if (!total) return data.text.nobody;
  const most = counts.map((n, k) => [n, k]).filter(([n]) => n).sort((a, b) => b[0] - a[0]).slice(0, 3);
  const names = most.map(([n, k]) => `${data.names[k]} (${n})`).join(", ");
  return fill(data.text.around, { n: total, names });
};

/** A finger on the plane: where it is, as shares of the width and height from the lower left, and when it leaves.
 * @type {(plane: HTMLElement, go: (place: number[]) => void, rest: () => void) => void}
 */
const dragOn = (plane, go, rest) => {
  let box = /** @type {DOMRect | null} */ (null);
  const follow = (/** @type {PointerEvent} */ { clientX, clientY }) =>
    box && go([(clientX - box.left) / box.width, 1 - (clientY - box.top) / box.height]);
  plane.onpointerdown = (event) => {
    if (event.button) return;
    event.preventDefault();
    plane.focus({ preventScroll: true });
    plane.setPointerCapture(event.pointerId);
    box = plane.getBoundingClientRect();
    follow(event);
  };
  plane.onpointermove = follow;
  plane.onpointerup = plane.onpointercancel = () => {
    if (box) rest();
    box = null;
  };
};

function planeView(/** @type {ShadowRoot} */ root) {
  const component = finder(root)(".component");
  component.classList.add("plane-view");
  component.innerHTML = HTML;
  const $ = finder(component);
  const plane = $(".plane");
  const ground = penOf(finder(plane)("canvas"));
  const image = $(".image", HTMLCanvasElement);
  const sheet = new Image();
  /** @type {Record<string, boolean>} */
  const shows = { images: true, dots: true, empty: false };
  let data = /** @type {Payload} */ (later());
  let known = /** @type {Known} */ ({ codes: new Float32Array(), labels: new Uint8Array() });
  let at = [0.5, 0.5]; // of the width from the left, of the height from below
  let decode = /** @type {import("./neural.js").Decode | null} */ (null);
  let forget = () => {};
  let asked = 0;
  let write = numbers("fr", 2);

  const inside = (/** @type {number[]} */ [x, y]) => [clamp(x, 0, 1), clamp(y, 0, 1)];
  const share = (/** @type {number[]} */ code) =>
    code.map((v, k) => (v - data.low[k]) / (data.high[k] - data.low[k]));
  const code = () => at.map((v, k) => data.low[k] + v * (data.high[k] - data.low[k]));

  const drawGround = () => data && paintGround(ground, data, sheet, shows, known);
  sheet.onload = drawGround;

  // ------------------------------------------------------------------ the point

  function standIn() {
    const [column, row] = [at[0], 1 - at[1]].map((v) => Math.min(data.side - 1, Math.floor(v * data.side)));
    if (sheet.naturalWidth) {
      penOf(image).drawImage(sheet, column * TILE, row * TILE, TILE, TILE, 0, 0, TILE, TILE);
    }
    $(".facts small").textContent = data.text.waiting;
  }
  function drawPoint() {
    asked = 0;
    if (!data) return;
    const point = $(".point");
    point.style.left = `${100 * at[0]}%`;
    point.style.top = `${100 * (1 - at[1])}%`;
    if (decode) {
      const began = performance.now();
      paint(image, decode(code()));
      image.dataset.exact = "true";
      $(".facts small").textContent = fill(data.text.exact, {
        ms: numbers(data.lang, 0)(Math.max(1, performance.now() - began)),
      });
    } else standIn();
    $(".facts b").textContent = fill(data.text.code, { x: write(code()[0]), y: write(code()[1]) });
    $(".around").textContent = around(data, at, known);
  }
  const soon = () => {
    asked ||= requestAnimationFrame(drawPoint);
  };
  /** @param {number[]} place */
  function go(place) {
    at = inside(place);
    plane.dataset.at = at.map((v) => v.toFixed(4)).join(" ");
    soon();
  }
  // The place joins the address without a trip to the server; a link opens it there.
  function rest() {
    remember(data.param, code().map((v) => Number(v.toPrecision(4))).join("_"));
    $(".spoken").textContent = `${$(".facts b").textContent}. ${around(data, at, known)}`;
  }
  dragOn(plane, (place) => data && go(place), rest);
  plane.onkeydown = (event) => {
    const way = WAYS[event.key];
    if (!way) return;
    event.preventDefault();
    go(at.map((v, k) => v + way[k] * STEP * (event.shiftKey ? 5 : 1)));
  };
  plane.onkeyup = (event) => {
    if (event.key.startsWith("Arrow")) rest();
  };
  $(".home").onclick = () => {
    go(share(data.own));
    rest();
  };
  $(".chance").onclick = () => {
    go([Math.random(), Math.random()]);
    rest();
  };

  // ------------------------------------------------------------------ what the page says

  function label() {
    const { text } = data;
    plane.setAttribute("aria-label", text.label);
    image.setAttribute("aria-label", text.image);
    $(".y").textContent = fill(text.y, { low: write(data.low[1]), high: write(data.high[1]) });
    const [low, high] = findAll(component, ".x span", HTMLElement);
    low.textContent = write(data.low[0]);
    high.textContent = write(data.high[0]);
    $(".x small").textContent = text.x;
    $(".home").textContent = text.home;
    $(".chance").textContent = text.chance;
    $(".own").title = text.home;
    const tools = $(".tools");
    tools.replaceChildren(
      ...Object.keys(shows).map((name) => {
        const button = html("button", { type: "button", ariaPressed: String(shows[name]) }, text.shows[name]);
        button.onclick = () => {
          shows[name] = !shows[name];
          button.setAttribute("aria-pressed", String(shows[name]));
          drawGround();
        };
        return button;
      }),
    );
    $(".legend").replaceChildren(...dots(data.names, data.colours.classes));
  }

  return {
    stop: () => forget(),
    update(/** @type {Payload} */ fresh) {
      const first = !data;
      const other = first || data.digest !== fresh.digest;
      const moved = !first && data.own.join() !== fresh.own.join();
      data = fresh;
      write = numbers(data.lang, 2);
      if (first) shows.empty = data.empty;
      known = { codes: shares(data.codes), labels: octets(data.labels) };
      if (sheet.src !== data.sheet) sheet.src = data.sheet;
      label();
      drawGround();
      const [x, y] = inside(share(data.own));
      $(".own").style.left = `${100 * x}%`;
      $(".own").style.top = `${100 * (1 - y)}%`;
      if (other) {
        forget();
        decode = null;
        delete image.dataset.exact;
        forget = whenDecoder(data.digest, (ready) => {
          decode = ready;
          soon();
        });
      }
      if (first && data.start) go(share(data.start));
      else if (other || moved) go(share(data.own));
      else soon();
    },
  };
}

export default mount(planeView);
