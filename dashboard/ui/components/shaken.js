// @ts-check
// A picture changed more and more, and the answer along it: slider, picture, curve and bars move together,
// without the server. It stands on kit.js.

import {
  clamp,
  el,
  fill,
  findAll,
  finder,
  html,
  later,
  mount,
  penOf,
  set,
  textAt,
  withChildren,
} from "./kit.js";

/**
 * @typedef {{
 *   label: string, short: string, share: number, same: boolean,
 *   answers: {name: string, share: number, written: string}[],
 * }} Level
 * @typedef {{
 *   film: string, sheet: string, coarse: boolean, levels: Level[], identity: number, flips: number[], place: number,
 *   name: string, axis: string, title: string, alt: string, text: Record<string, string>,
 * }} Payload
 */

const WIDE = 360, HIGH = 190, LEFT = 44, RIGHT = 336, TOP = 12, BASE = 142;
const REST = 150; // milliseconds

function shakenView(/** @type {ShadowRoot} */ root) {
  const component = finder(root)(".component");
  component.classList.add("shaken");
  component.innerHTML = `
    <div class="look">
      <canvas role="img"></canvas>
      <label><span class="name"></span><output></output><input type="range" min="0" step="1"></label>
    </div>
    <div class="panel">
      <p class="verdict" aria-live="polite"></p>
      <div class="answers"></div>
      <b class="title"></b>
      <svg class="chart" viewBox="0 0 ${WIDE} ${HIGH}" role="img"></svg>
      <div class="legend"></div>
    </div>`;
  const $ = finder(root);
  const canvas = $("canvas");
  const range = $("input");
  const sheet = new Image();
  let data = /** @type {Payload} */ (later());
  let at = 0;
  let send = /** @type {import("./kit.js").Send} */ (() => {});
  let pending = 0;
  let sent = 0;
  /** @type {Element | SVGCircleElement | null} */
  let marker = null;
  sheet.onload = () => paint();

  const x = (/** @type {number} */ k) => LEFT + (k / Math.max(1, data.levels.length - 1)) * (RIGHT - LEFT);
  const y = (/** @type {number} */ share) => BASE - share * (BASE - TOP);

  function paint() {
    if (!sheet.complete || !sheet.naturalWidth) return;
    const [width, height] = [sheet.naturalWidth / data.levels.length, sheet.naturalHeight];
    if (canvas.width !== width) Object.assign(canvas, { width, height });
    penOf(canvas).drawImage(sheet, at * width, 0, width, height, 0, 0, width, height);
  }

  /** @param {number} k */
  function show(k) {
    at = clamp(k, 0, data.levels.length - 1);
    const { label, answers, same } = data.levels[at];
    range.value = String(at);
    range.setAttribute("aria-valuetext", `${label} · ${answers[0].name} ${answers[0].written}`);
    $("output").textContent = label;
    const verdict = $(".verdict");
    verdict.textContent = fill(same ? data.text.same : data.text.other, answers[0]);
    verdict.classList.toggle("other", !same);
    answers.forEach(({ name, share, written }, i) => {
      const row = $(".answers").children[i];
      row.children[0].textContent = name;
      finder(row)("u").style.width = `${100 * share}%`;
      row.children[2].textContent = written;
    });
    if (marker) set(marker, { cx: x(at), cy: y(data.levels[at].share) });
    canvas.setAttribute("aria-label", `${data.text.picture} ${data.name} · ${label}`);
    paint();
  }

  // Once the hand has come to rest. The count makes each choice a new one, even of the place from before.
  function commit() {
    clearTimeout(pending);
    pending = setTimeout(() => send("place", [data.film, at, ++sent]), REST);
  }

  function chart() {
    const svg = $("svg");
    const { levels, flips, text } = data;
    svg.replaceChildren();
    for (const share of [0, 0.5, 1]) {
      el("line", { class: "epoch", x1: LEFT, x2: RIGHT, y1: y(share), y2: y(share) }, svg);
      textAt(svg, LEFT - 6, y(share) + 4, fill(text.percent, { n: 100 * share }), "end");
    }
    const every = Math.ceil(levels.length / 6);
    const zero = data.identity;
    levels.forEach(({ short }, k) => {
      if ((k - zero) % every === 0) textAt(svg, x(k), BASE + 18, short);
    });
    textAt(svg, (LEFT + RIGHT) / 2, HIGH - 8, data.axis);
    for (const place of flips) {
      el("line", { class: "flip", x1: x(place), x2: x(place), y1: TOP, y2: BASE }, svg);
    }
    el("line", { class: "zero", x1: x(zero), x2: x(zero), y1: TOP, y2: BASE }, svg);
    const points = levels.map(({ share }, k) => `${x(k).toFixed(1)} ${y(share).toFixed(1)}`);
    el("path", { class: "curve", d: `M${points.join("L")}` }, svg);
    levels.forEach(({ share, same }, k) => {
      if (same) el("circle", { class: "same", cx: x(k), cy: y(share), r: 4 }, svg);
      else el("rect", { class: "other", x: x(k) - 4, y: y(share) - 4, width: 8, height: 8 }, svg);
    });
    marker = el("circle", { class: "here", r: 8 }, svg);
    svg.setAttribute("aria-label", data.alt);
  }

  // A finger on the curve moves along it.
  const svg = $("svg");
  const follow = (/** @type {PointerEvent} */ event) => {
    const place = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM()?.inverse());
    show(Math.round(((place.x - LEFT) / (RIGHT - LEFT)) * (data.levels.length - 1)));
  };
  svg.onpointerdown = (event) => {
    svg.setPointerCapture(event.pointerId);
    follow(event);
  };
  svg.onpointermove = (event) => {
    if (svg.hasPointerCapture(event.pointerId)) follow(event);
  };
  svg.onpointerup = svg.onpointercancel = commit;
  range.oninput = () => show(Number(range.value));
  range.onchange = commit;

  return {
    /** @param {import("./kit.js").Send} setStateValue */
    update(/** @type {Payload} */ fresh, setStateValue) {
      send = setStateValue;
      const same = data?.film === fresh.film;
      data = fresh;
      range.max = String(data.levels.length - 1);
      range.setAttribute("aria-label", data.name);
      $(".name").textContent = data.name;
      $(".title").textContent = data.title;
      canvas.classList.toggle("coarse", data.coarse);
      const answers = $(".answers");
      const count = data.levels[0].answers.length;
      withChildren(answers, count, () => html("div", {}, html("span"), html("i", {}, html("u")), html("b")));
      $(".legend").innerHTML = `
        <span><svg viewBox="0 0 16 16"><circle class="same" cx="8" cy="8" r="5"/></svg><em></em></span>
        <span><svg viewBox="0 0 16 16"><rect class="other" x="3" y="3" width="10" height="10"/></svg><em></em></span>`;
      findAll(root, ".legend em", HTMLElement).forEach((node, i) => {
        node.textContent = [data.text.legend_same, data.text.legend_other][i];
      });
      chart();
      if (!same) sheet.src = data.sheet;
      show(same ? at : data.place);
    },
  };
}

export default mount(shakenView);
