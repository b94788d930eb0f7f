// @ts-check
// The numbers of a code, each with a slider and with what it does to the image. The decoder runs here: the
// image follows the slider without the server.

import { clamp, fill, findAll, finder, html, later, mount, numbers, octets, penOf, remember } from "./kit.js";
import { paint, whenDecoder } from "./neural.js";

/**
 * ``picture`` 784 bytes as base64; ``start`` the changes that a link opens, [place, value].
 * @typedef {{
 *   lang: string, text: Record<string, string>, digest: string, size: number, picture: string, own: number[],
 *   low: number[], high: number[], std: number[], order: number[], added: number[], written: string[],
 *   param: string, start: [number, number][],
 * }} Payload
 */

const TILES = 7;
const FIRST = 6; // numbers shown until the visitor asks for all
const NEARBY = 0.5; // standard deviations of a random step

const HTML = `
  <div class="panel">
    <div class="pair"><figure><canvas class="before" width="28" height="28" role="img"></canvas><figcaption></figcaption></figure>
      <figure><canvas class="image" width="28" height="28" role="img"></canvas><figcaption></figcaption></figure></div>
    <div class="moves"><button class="home" type="button"></button><button class="chance" type="button"></button></div>
    <small class="state" role="status"></small>
  </div>
  <div><div class="rows"></div><button class="more" type="button"></button></div>`;
const ROW = `<div class="name"><b></b> <output></output><i></i><small></small></div>
  <input type="range" min="0" max="1" step="0.005"><canvas width="${
  TILES * 30
}" height="30" role="img"></canvas>`;

const gauss = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());

function dialsView(/** @type {ShadowRoot} */ root) {
  const component = finder(root)(".component");
  component.classList.add("dials-view");
  component.innerHTML = HTML;
  const $ = finder(component);
  const small = html("canvas", { width: 28, height: 28 });
  let data = /** @type {Payload} */ (later());
  let code = /** @type {number[]} */ ([]);
  let decode = /** @type {import("./neural.js").Decode | null} */ (null);
  let forget = () => {};
  let [all, asked] = [false, 0];
  let queue = /** @type {HTMLElement[]} */ ([]); // rows whose strip is out of date
  let working = 0;

  const value = (/** @type {number} */ k, /** @type {number} */ share) =>
    data.low[k] + share * (data.high[k] - data.low[k]);
  const share = (/** @type {number} */ k) => (code[k] - data.low[k]) / (data.high[k] - data.low[k]);
  const rows = () => findAll(component, ".row", HTMLElement);

  function draw() {
    asked = 0;
    if (!data || !decode) return;
    paint($(".image", HTMLCanvasElement), decode(code));
    $(".image", HTMLCanvasElement).dataset.exact = "true";
    const format = numbers(data.lang, 2);
    for (const row of rows()) {
      const k = Number(row.dataset.number);
      const of = finder(row);
      of("input").value = String(share(k));
      of("input").setAttribute("aria-valuetext", format(code[k]));
      of("output").textContent = format(code[k]);
    }
  }
  const soon = () => (asked ||= requestAnimationFrame(draw));

  // A strip a frame, so that the page never stops answering.
  function work() {
    working = 0;
    const row = queue.shift();
    if (!row || !decode) return;
    const k = Number(row.dataset.number);
    const pen = penOf(finder(row)("canvas"));
    for (let i = 0; i < TILES; i++) {
      const there = [...code];
      there[k] = value(k, (i + 0.5) / TILES);
      paint(small, decode(there));
      pen.drawImage(small, i * 30 + 1, 1);
    }
    if (queue.length) working = requestAnimationFrame(work);
  }
  function renew(/** @type {HTMLElement | null} */ except = null) {
    queue = rows().filter((row) => row !== except);
    working ||= requestAnimationFrame(work);
  }
  // What was changed joins the address without a trip to the server.
  function rest() {
    const changed = code.flatMap((v, k) =>
      Math.abs(v - data.own[k]) > 1e-6 ? [`${k + 1}_${Number(v.toPrecision(4))}`] : []
    );
    remember(data.param, changed.join("~") || null);
  }
  function settle(/** @type {number[]} */ fresh) {
    code = fresh;
    soon();
    renew();
    rest();
  }
  $(".home").onclick = () => settle([...data.own]);
  $(".chance").onclick = () =>
    settle(code.map((v, k) => clamp(v + NEARBY * data.std[k] * gauss(), data.low[k], data.high[k])));
  $(".more").onclick = () => {
    all = !all;
    build();
  };

  function build() {
    const { text } = data;
    const shown = data.order.slice(0, all ? data.size : FIRST);
    const most = Math.max(...data.added, 1e-9);
    $(".rows").replaceChildren(...shown.map((k) => {
      const row = document.createElement("div");
      row.className = "row";
      row.dataset.number = String(k);
      row.innerHTML = ROW;
      const of = finder(row);
      of("b").textContent = fill(text.number, { n: k + 1 });
      of("i").style.width = `${100 * Math.max(0, data.added[k] / most)}%`;
      of("small").textContent = fill(text.added, { share: data.written[k] });
      const [input, strip] = [of("input"), of("canvas")];
      input.setAttribute("aria-label", fill(text.number, { n: k + 1 }));
      strip.setAttribute("aria-label", fill(text.strip, { n: k + 1 }));
      input.oninput = () => {
        code[k] = value(k, Number(input.value));
        soon();
      };
      input.onchange = () => {
        renew(row);
        rest();
      };
      strip.onclick = ({ offsetX }) => {
        const tile = Math.floor(clamp(offsetX / strip.clientWidth, 0, 0.999) * TILES);
        code[k] = value(k, (tile + 0.5) / TILES);
        soon();
        renew(row);
        rest();
      };
      return row;
    }));
    const more = $(".more");
    more.hidden = data.size <= FIRST;
    more.textContent = all ? text.fewer : fill(text.more, { n: data.size - FIRST });
    soon();
    renew();
  }

  return {
    stop() {
      forget();
      queue = [];
    },
    update(/** @type {Payload} */ fresh) {
      const first = !data;
      const other = first || data.digest !== fresh.digest || data.own.join() !== fresh.own.join();
      data = fresh;
      const { text } = data;
      $(".home").textContent = text.home;
      $(".chance").textContent = text.chance;
      const [before, after] = findAll(component, "figcaption", HTMLElement);
      [before.textContent, after.textContent] = [text.before, text.image];
      $(".before", HTMLCanvasElement).setAttribute("aria-label", text.before);
      $(".image", HTMLCanvasElement).setAttribute("aria-label", text.image);
      paint($(".before", HTMLCanvasElement), Array.from(octets(data.picture), (v) => v / 255));
      if (other) {
        code = [...data.own];
        if (first) { for (const [k, v] of data.start) code[k] = clamp(v, data.low[k], data.high[k]); }
        $(".state").textContent = text.waiting;
        forget();
        decode = null;
        forget = whenDecoder(data.digest, (ready) => {
          decode = ready;
          $(".state").textContent = text.exact;
          soon();
          renew();
        });
        if (!first) rest();
      }
      build();
    },
  };
}

export default mount(dialsView);
