// @ts-check
// The map itself: where its points are, how it is painted, how it moves, what is chosen on it.

import {
  discsOf,
  drawAxes,
  drawCage,
  drawMarks,
  drawNames,
  drawPoints,
  inside,
  NEAR_ENOUGH,
  onPaper,
  project,
  TILE,
  tileAt,
  tinted,
} from "./atlas_draw.js";
import { child, clamp, fill, findAll, finder, isLight, later, penOf } from "./kit.js";
import { mapStore } from "./map_shared.js";

const MOST_ZOOM = 40;
const TURNED = { yaw: 0.6, pitch: 0.4 };
const MARGIN = 30; // pixels around the points

/** Where points go: places (x, y, z one after the other) and how the cloud is turned.
 * @typedef {{places: Float32Array, yaw?: number, pitch?: number, extent: number[]}} Aim
 */

/** Points on their way: from where, when it began and how many milliseconds it takes.
 * @typedef {{from: Required<Aim>, to: Required<Aim>, start: number, length: number}} Journey
 */

export class AtlasMap {
  store = mapStore();
  screen = /** @type {import("./atlas_draw.js").Screen} */ ({ width: 0, height: 0, x: [], y: [], near: [] });
  camera = { zoom: 1, x: 0, y: 0 };
  view = /** @type {import("./atlas_draw.js").View} */ ({ yaw: 0, pitch: 0, fit: 1, extent: [1, 1, 0] });
  scene = /** @type {import("./atlas_draw.js").Scene} */ ({
    count: 0,
    hidden: new Set(),
    picked: -1,
    at: -1,
    links: /** @type {number[]} */ ([]),
    path: null,
    labels: new Uint8Array(),
    names: /** @type {string[]} */ ([]),
    side: 0,
  });
  data = /** @type {import("./atlas.js").Payload} */ ({}); // filled by the first payload
  send = /** @type {import("./kit.js").Send} */ (later());
  places = /** @type {Float32Array} */ (new Float32Array()); // where the points are now, the visitor's own last
  journey = /** @type {Journey | null} */ (null);
  mode = /** @type {"move" | "lasso"} */ ("move");
  pictures = false;
  turning = false;
  sheet = /** @type {HTMLImageElement | null} */ (null); // the images
  answers = /** @type {HTMLImageElement | null} */ (null); // what became of each, if it is known
  frame = 0; // the one asked for
  dirty = 0;
  calm = matchMedia("(prefers-reduced-motion: reduce)");

  /** @param {ShadowRoot} root */
  constructor(root) {
    this.$ = finder(root);
    this.points = this.$(".points", HTMLCanvasElement);
    this.marks = this.$(".marks", HTMLCanvasElement);
    this.pens = [this.points, this.marks].map((canvas) => penOf(canvas));
    this.brushes = findAll(root, ".card canvas", HTMLCanvasElement).map((canvas) => penOf(canvas));
    new ResizeObserver(([{ contentRect }]) => this.fit(contentRect)).observe(this.$(".stage"));
  }

  // ---------------------------------------------------------------- painting

  /** All of it, or the marks alone: what the pointer does must not wait for two thousand points. */
  redraw(level = 2) {
    this.frame ||= requestAnimationFrame((now) => this.paint(now));
    this.dirty = Math.max(this.dirty, level);
  }
  /** @param {number} now */
  paint(now) {
    const { screen, scene, view, camera } = this;
    const everything = this.dirty > 1;
    cancelAnimationFrame(this.frame);
    [this.frame, this.dirty] = [0, 0];
    if (!screen.width || !scene.count) return;
    if (this.journey) this.advance(now, this.journey);
    else if (this.turning) view.yaw += 0.006;
    if (everything) {
      const [pen] = this.pens;
      scene.deep = this.data.dims === 3;
      view.fit = this.fitted();
      project(this.places, scene.count + 1, view, camera, screen);
      const enlarged = Math.min(64, 15 * camera.zoom);
      scene.side = (this.pictures || enlarged >= NEAR_ENOUGH) && this.sheet ? Math.max(enlarged, 16) : 0;
      if (scene.side && this.sheet) {
        scene.tinted ??= scene.tones
          ? tinted(this.sheet, scene.tones, onPaper(this.data.shades ?? [], scene.muted))
          : tinted(this.sheet, scene.labels, this.data.colours);
      }
      scene.radius = 3.4 * Math.min(2.2, camera.zoom ** 0.4);
      drawPoints(pen, screen, scene);
      if (scene.deep) drawCage(pen, screen, scene, view, camera);
      if (!scene.side && camera.zoom < 2.2) drawNames(pen, screen, scene);
      drawAxes(pen, screen, scene);
      this.points.dataset.zoom = camera.zoom.toFixed(2);
      this.points.dataset.drawn = String(Number(this.points.dataset.drawn ?? 0) + 1);
    }
    drawMarks(this.pens[1], screen, scene);
    this.showCard();
    if (this.journey || this.turning) this.redraw();
  }
  /** A step of the way to new places. @type {(now: number, journey: Journey) => void} */
  advance(now, { from, to, start, length }) {
    const { places, view } = this;
    const share = length ? clamp((now - start) / length, 0, 1) : 1;
    const eased = share * share * (3 - 2 * share);
    for (let i = 0; i < places.length; i++) {
      places[i] = from.places[i] + (to.places[i] - from.places[i]) * eased;
    }
    for (const key of /** @type {const} */ (["yaw", "pitch"])) {
      view[key] = from[key] + (to[key] - from[key]) * eased;
    }
    view.extent = to.extent.map((v, k) => from.extent[k] + (v - from.extent[k]) * eased);
    if (share === 1) this.journey = null;
  }
  fitted() {
    const { screen, scene, view: { extent } } = this;
    const [w, h] = [screen.width / 2 - MARGIN, screen.height / 2 - MARGIN];
    // A cage seen from its corner is wider than from its face.
    return scene.deep
      ? Math.min(w, h) / (0.8 * Math.hypot(...extent))
      : Math.min(w / extent[0], h / extent[1]);
  }
  fit(/** @type {{width: number, height: number}} */ { width, height }) {
    const { screen } = this;
    if (!width || (width === screen.width && height === screen.height)) return;
    Object.assign(screen, { width, height });
    const sharp = Math.min(2, window.devicePixelRatio || 1);
    for (const canvas of [this.points, this.marks]) {
      canvas.width = Math.round(width * sharp);
      canvas.height = Math.round(height * sharp);
      penOf(canvas).setTransform(sharp, 0, 0, sharp, 0, 0);
    }
    // A new size empties the canvas: it is filled again before this frame is shown.
    this.dirty = 2;
    this.paint(performance.now());
  }
  /** Inks of the theme; asked for once an update, never once a frame. */
  dress() {
    const { scene, data } = this;
    const style = getComputedStyle(this.$(".stage"));
    const dark = isLight(style.color);
    const fresh = {
      ink: style.color,
      paper: dark ? "#11161d" : "#ffffff",
      muted: dark ? "#a3b0c0" : "#5b6675",
      font: style.fontFamily,
    };
    const inks = (data.tones ? data.shades : data.colours) ?? [];
    // The middle of the scale is almost paper: there the edge must be ink.
    const [edge, width] = data.tones ? [fresh.muted, 3] : [fresh.paper, 5];
    if (fresh.paper !== scene.paper || String(inks) !== scene.inks) {
      scene.discs = discsOf(inks, String(edge), Number(width));
      scene.balls = discsOf(inks, fresh.paper, 0);
      scene.tinted = null;
    }
    Object.assign(scene, fresh, { inks: String(inks) });
  }

  /**
   * An image and what became of it, onto two canvases.
   * @param {number} i
   * @param {CanvasRenderingContext2D[]} brushes
   */
  show(i, ...brushes) {
    const { scene } = this;
    const [ours, all] = [[scene.own.picture, scene.own.answer], [this.sheet, this.answers]];
    brushes.forEach((brush, k) => {
      brush.clearRect(0, 0, TILE, TILE);
      if (i === scene.count) brush.drawImage(ours[k], 0, 0);
      const sheet = all[k];
      if (i === scene.count || !sheet) return;
      const [x, y] = tileAt(sheet, i);
      brush.drawImage(sheet, x, y, TILE, TILE, 0, 0, TILE, TILE);
    });
  }
  showCard() {
    const { scene, screen } = this;
    const card = this.$(".card");
    const i = scene.at;
    card.style.display = i < 0 ? "none" : "block";
    if (i < 0) return;
    this.show(i, ...this.brushes);
    card.classList.toggle("two", Boolean(this.answers));
    child(card, 1, HTMLElement).textContent = this.nameOf(i);
    const gap = 16 + Math.max(scene.radius, scene.side / 2);
    const [w, h] = [this.answers ? 232 : 112, 134];
    const [x, y] = [screen.x[i], screen.y[i]];
    const left = clamp(x + gap + w > screen.width ? x - gap - w : x + gap, 2, screen.width - w - 2);
    const top = clamp(y - h / 2, 2, Math.max(2, screen.height - h));
    card.style.transform = `translate(${left}px, ${top}px)`;
    this.points.dataset.at = String(i);
  }
  /** @param {number} i */
  nameOf(i) {
    const { scene, data: { text } } = this;
    return i === scene.count ? text.own : fill(text.point, { name: scene.names[scene.labels[i]], n: i + 1 });
  }

  // ---------------------------------------------------------------- moving

  /** The tools and the pointer, as the map now is. */
  steer() {
    const { points, mode, camera, $ } = this;
    // At rest on a phone, a finger scrolls the page; enlarged, it moves the map.
    points.style.touchAction = mode === "lasso" || camera.zoom > 1.01 ? "none" : "pan-y";
    points.style.cursor = mode === "lasso" ? "crosshair" : "grab";
    const down = {
      move: mode === "move",
      lasso: mode === "lasso",
      pictures: this.pictures,
      turn: this.turning,
    };
    for (const [name, pressed] of Object.entries(down)) {
      $(`[data-do=${name}]`).setAttribute("aria-pressed", String(pressed));
    }
    $("[data-do=turn]").classList.toggle("hidden", this.data.dims !== 3);
    $("[data-do=clear]", HTMLButtonElement).disabled = !this.scene.members;
  }
  /** @type {(x: number, y: number, factor: number) => void} */
  zoomAt(x, y, factor) {
    const { camera, screen } = this;
    const zoom = clamp(camera.zoom * factor, 1, MOST_ZOOM);
    const real = zoom / camera.zoom;
    const [cx, cy] = [x - screen.width / 2, y - screen.height / 2];
    camera.x = cx - (cx - camera.x) * real;
    camera.y = cy - (cy - camera.y) * real;
    camera.zoom = zoom;
    if (zoom === 1) camera.x = camera.y = 0;
    this.steer();
    this.redraw();
  }
  /** @type {(x: number, y: number) => void} */
  shift(x, y) {
    this.camera.x += x;
    this.camera.y += y;
    this.redraw();
  }
  reset() {
    Object.assign(this.camera, { zoom: 1, x: 0, y: 0 });
    if (this.data.dims === 3) Object.assign(this.view, TURNED);
    this.steer();
    this.redraw();
  }
  /** To new places, within so many milliseconds. @type {(to: Aim, length: number) => void} */
  travel(to, length) {
    const { yaw, pitch, extent } = this.view;
    const from = { places: this.places.slice(), yaw, pitch, extent };
    const start = performance.now();
    this.journey = { from, to: { ...this.view, ...to }, start, length: this.calm.matches ? 0 : length };
    this.redraw();
  }
  /**
   * How a cloud stands when it has just become one in space, or is one no more.
   * @param {number} before
   */
  turnedFor(before) {
    if (this.data.dims !== 3) return { yaw: 0, pitch: 0 };
    return before === 3 ? {} : TURNED;
  }

  // ---------------------------------------------------------------- choosing

  /** @type {(x: number, y: number, reach: number) => number} */
  closest(x, y, reach) {
    const { scene, screen } = this;
    let [best, far] = [-1, reach * reach];
    for (let i = 0; i <= scene.count; i++) {
      if (i < scene.count && scene.hidden.has(scene.labels[i])) continue;
      const d = (screen.x[i] - x) ** 2 + (screen.y[i] - y) ** 2 - (i === scene.count ? 60 : 0);
      if (d < far) [best, far] = [i, d];
    }
    return best;
  }
  get reach() {
    return Math.max(14, this.scene.side / 2 + 2);
  }
  /** @param {number} i */
  look(i) {
    if (i === this.scene.at) return;
    this.scene.at = i;
    this.redraw(1);
  }
  /** @param {number} i */
  pick(i) {
    if (i < 0) return;
    const { scene, store } = this;
    [scene.picked, scene.links, store.pending] = [i, [], { point: i, since: performance.now() }];
    if (store.beside && this.sheet && this.answers) this.show(i, ...store.beside);
    this.$(".said").textContent = fill(this.data.text.picked, { name: this.nameOf(i) });
    this.send("picked", i);
    this.redraw(1);
  }
  /** @param {Uint8Array | null} members */
  surround(members) {
    const some = members?.includes(1) ? members : null;
    this.scene.members = some;
    const bytes = new Uint8Array(Math.ceil(this.scene.count / 8));
    some?.forEach((yes, i) => (bytes[i >> 3] |= yes << (i & 7)));
    this.send("group", some ? btoa(String.fromCharCode(...bytes)) : "");
    this.steer();
    this.redraw();
  }
  closeLasso() {
    const { scene, screen } = this;
    const { path } = scene;
    scene.path = null;
    if (!path || path.length < 3) return this.redraw(1);
    const within = (/** @type {number} */ i) =>
      !scene.hidden.has(scene.labels[i]) && inside(screen.x[i], screen.y[i], path);
    return this.surround(Uint8Array.from({ length: scene.count }, (_, i) => Number(within(i))));
  }
  /**
   * To the nearest point that way: along counts once, aside twice.
   * @type {(dx: number, dy: number) => void}
   */
  stepTo(dx, dy) {
    const { scene, screen } = this;
    const here = scene.at >= 0 ? scene.at : scene.picked;
    const [x, y] = here >= 0 ? [screen.x[here], screen.y[here]] : [screen.width / 2, screen.height / 2];
    let [best, far] = [here, Infinity];
    for (let i = 0; i <= scene.count; i++) {
      if (i === here || (i < scene.count && scene.hidden.has(scene.labels[i]))) continue;
      const along = (screen.x[i] - x) * dx + (screen.y[i] - y) * dy;
      const aside = Math.abs((screen.x[i] - x) * dy) + Math.abs((screen.y[i] - y) * dx);
      if (along > 2 && along + 2 * aside < far) [best, far] = [i, along + 2 * aside];
    }
    if (best < 0) return;
    const beyond = (/** @type {number} */ v, /** @type {number} */ size) =>
      v - clamp(v, MARGIN, size - MARGIN);
    const off = [beyond(screen.x[best], screen.width), beyond(screen.y[best], screen.height)];
    if (off[0] || off[1]) this.shift(-off[0], -off[1]);
    this.$(".said").textContent = this.nameOf(best);
    this.look(best);
  }
}
