// @ts-check
// A map of thousands of images: points that show their image under the pointer, to pick, to surround, to zoom
// into, to turn in space. All of it happens here; the server hears of what was picked or surrounded.

import { greyTile, TILE } from "./atlas_draw.js";
import { AtlasMap } from "./atlas_map.js";
import { listenToKeyboard, listenToPointer } from "./atlas_pointer.js";
import { fill, findAll, finder, html, icon, mount, octets, shares } from "./kit.js";
import { confirmed } from "./map_shared.js";
import { filmPlayer } from "./player.js";

/**
 * Arrays travel as base64: ``places`` two bytes a number, from -1 to 1; ``labels`` and ``tones`` one byte a point.
 * @typedef {{place: number[], picture: string, answer: string, near: number[] | null}} Own
 * @typedef {{
 *   lang: string, text: Record<string, string> & {player: import("./player.js").Words},
 *   sheet: string, answers: string, layout: string, dims: 2 | 3, places: string, labels: string, names: string[],
 *   colours: string[], tones: string | null, shades: string[] | null, picked: number, links: number[],
 *   group: string, axes: string[] | null, own: Own, film: string | null, iteration: string,
 * }} Payload
 */

/** @typedef {import("./map_shared.js").Film & {packed: Float32Array}} Film its places, frame after frame */

const MOVE = 700; // milliseconds that points take to a new map

const HTML = `
    <div class="tools" role="toolbar">
      <button type="button" data-do="move"></button><button type="button" data-do="lasso"></button>
      <button type="button" data-do="pictures"></button><button type="button" data-do="turn"></button>
      <span class="zoom"><button type="button" data-do="out">−</button><button type="button" data-do="in">+</button
      ><button type="button" data-do="reset">${icon("whole")}</button></span>
      <button type="button" data-do="clear"></button>
    </div>
    <div class="stage">
      <canvas class="points" tabindex="0" role="application"></canvas><canvas class="marks"></canvas>
      <div class="card" aria-hidden="true"><div><canvas width="${TILE}" height="${TILE}"></canvas><b>→</b
        ><canvas width="${TILE}" height="${TILE}"></canvas></div><span></span></div>
    </div>
    <div class="film"></div>
    <div class="scale"><span></span><i></i><b></b></div>
    <div class="legend" role="group"></div>
    <p class="said" role="status"></p>`;

class AtlasView {
  film = /** @type {Film | null} */ (null);

  /** @param {ShadowRoot} root */
  constructor(root) {
    finder(root)(".component").innerHTML = HTML;
    this.$ = finder(root);
    this.map = new AtlasMap(root);
    listenToPointer(this.map);
    listenToKeyboard(this.map);
    this.player = filmPlayer({
      param: "iter",
      place: (frame) => this.film?.iterations[frame] ?? frame,
      onFrame: (frame, share) => this.film && this.turn(this.film, frame, share),
    });
    this.$(".film").append(html("b"), this.player.element);
    this.listenToLegend();
    const { store, points } = this.map;
    const tell = () => (points.isConnected ? this.fetch() : store.told.delete(tell));
    store.told.add(tell);
  }

  // ---------------------------------------------------------------- legend

  /** @type {(label: number, alone: boolean) => void} */
  toggle(label, alone) {
    const { hidden, names } = this.map.scene;
    const others = names.map((_, k) => k).filter((k) => k !== label);
    if (alone) {
      const lonely = others.every((k) => hidden.has(k)) && !hidden.has(label);
      hidden.clear();
      for (const k of lonely ? [] : others) hidden.add(k);
    } else if (!hidden.delete(label)) hidden.add(label);
    findAll(this.$(".legend"), "button", HTMLButtonElement).forEach((button, k) =>
      button.setAttribute("aria-pressed", String(!hidden.has(k)))
    );
    this.map.redraw();
  }
  listenToLegend() {
    const legend = this.$(".legend");
    const labelOf = (/** @type {MouseEvent} */ { target }) => {
      const button = /** @type {Element} */ (target).closest("button");
      return button ? [...legend.children].indexOf(button) : -1;
    };
    legend.onclick = (event) => {
      const label = labelOf(event);
      if (label >= 0 && event.detail < 2) this.toggle(label, false);
    };
    legend.ondblclick = (event) => {
      const label = labelOf(event);
      if (label < 0) return;
      this.map.scene.hidden.delete(label); // the first of the two clicks had toggled it
      this.toggle(label, true);
    };
  }
  writeLegend() {
    const { scene, data } = this.map;
    const legend = this.$(".legend");
    legend.setAttribute("aria-label", data.text.legend);
    legend.replaceChildren(...scene.names.map((name, k) => {
      const dot = html("i");
      dot.style.background = data.colours[k];
      const ariaPressed = String(!scene.hidden.has(k));
      return html("button", { type: "button", title: data.text.toggle, ariaPressed }, dot, name);
    }));
  }

  // ---------------------------------------------------------------- places and film

  /**
   * Places as they travel, as x, y, z one after the other, with room for the visitor's own.
   * @param {ArrayLike<number>} packed in [0, 1]
   * @param {number} dims
   */
  unpack(packed, dims, from = 0) {
    const { count } = this.map.scene;
    const out = new Float32Array(3 * (count + 1));
    for (let i = 0; i < count; i++) {
      for (let k = 0; k < dims; k++) out[3 * i + k] = 2 * packed[from + dims * i + k] - 1;
    }
    return out;
  }
  /**
   * @param {Film} film
   * @param {number} frame
   */
  placesAt(film, frame) {
    const { count, own } = this.map.scene;
    const out = this.unpack(film.packed, 2, 2 * count * frame);
    // The visitor's own image goes with its neighbours, as the server places it at the end.
    const near = own?.near;
    if (!near) return out;
    const middleOf = (/** @type {number} */ axis) =>
      near.map((i) => out[3 * i + axis]).sort((a, b) => a - b)[near.length >> 1];
    out.set(frame === film.iterations.length - 1 ? own.place : [middleOf(0), middleOf(1)], 3 * count);
    return out;
  }
  /** @type {(film: Film, frame: number, share: number) => void} */
  turn(film, frame, share) {
    const { text } = this.map.data;
    const places = this.placesAt(film, frame);
    if (share) this.placesAt(film, frame + 1).forEach((v, i) => (places[i] += share * (v - places[i])));
    this.map.travel({ places, yaw: 0, pitch: 0, extent: [1, 1, 0] }, 0);
    const n = film.iterations[frame];
    this.$(".film b").textContent = fill(n <= film.exaggerated ? text.exaggerated : text.iteration, { n });
  }

  /** What came from the store: the sheets of thumbnails, the film. */
  fetch() {
    const { map, map: { data, scene, store } } = this;
    const load = (/** @type {"sheet" | "answers"} */ slot, /** @type {string} */ name) => {
      const wanted = store.things[name];
      if (!wanted || !("image" in wanted) || scene[slot] === name) return;
      scene[slot] = name;
      const image = new Image();
      image.onload = () => {
        if (scene[slot] !== name) return; // another one is wanted by now
        map[slot] = image;
        map.points.dataset[slot] = name;
        map.redraw();
      };
      image.src = wanted.image;
    };
    if (scene.answers !== data.answers) map.answers = null;
    load("sheet", data.sheet);
    load("answers", data.answers);
    const film = data.film && store.things[data.film];
    this.$(".film").classList.toggle("hidden", !film);
    if (!film || !("frames" in film)) this.film = null;
    else if (this.film?.id !== data.film) {
      this.film = { ...film, packed: shares(film.frames) };
      const asked = this.film.iterations.indexOf(Number(data.iteration));
      const start = data.iteration && asked >= 0 ? asked : null;
      const { player: words, next } = data.text;
      this.player.load({ film: film.id, count: film.iterations.length, start, words, next });
    }
  }

  // ---------------------------------------------------------------- what the page says

  words() {
    const { $, map: { data, data: { text } } } = this;
    $(".scale").classList.toggle("hidden", !data.tones);
    $(".scale").style.setProperty("--scale", `linear-gradient(90deg, ${(data.shades ?? []).join()})`);
    [$(".scale span").textContent, $(".scale b").textContent] = [text.none, text.all];
    this.map.points.setAttribute("aria-label", text.map);
    $(".tools").setAttribute("aria-label", text.tools);
    for (const name of ["move", "lasso", "pictures", "turn", "clear"]) {
      $(`[data-do=${name}]`).textContent = text[name];
    }
    for (const name of ["in", "out", "reset"]) {
      $(`[data-do=${name}]`).title = text[name];
      $(`[data-do=${name}]`).setAttribute("aria-label", text[name]);
    }
  }
  /** Other points than before: nothing of them is kept. */
  begin() {
    const { map, map: { scene, screen } } = this;
    scene.labels = octets(map.data.labels);
    Object.assign(scene, { count: scene.labels.length, tinted: null, at: -1, paper: "" });
    scene.hidden.clear();
    scene.order = Uint16Array.from({ length: scene.count }, (_, i) => i);
    for (const key of /** @type {const} */ (["x", "y", "near"])) {
      screen[key] = new Float32Array(scene.count + 1);
    }
    [map.sheet, map.journey] = [null, null];
  }
  /** Where the points go now. */
  aim() {
    const { data, scene } = this.map;
    const places = this.unpack(shares(data.places), data.dims);
    places.set(data.own.place, 3 * scene.count);
    const reach = (/** @type {number} */ k) => {
      let most = k < data.dims ? 0.05 : 0;
      for (let i = k; i < places.length; i += 3) most = Math.max(most, Math.abs(places[i]));
      return data.film ? Number(k < 2) : most;
    };
    return { places, extent: [0, 1, 2].map(reach) };
  }
  /** @param {string} group */
  members(group) {
    const bytes = octets(group);
    return Uint8Array.from({ length: this.map.scene.count }, (_, i) => (bytes[i >> 3] >> (i & 7)) & 1);
  }

  /** @type {(fresh: Payload, _state: import("./kit.js").Send, trigger: import("./kit.js").Send) => void} */
  update(fresh, _state, trigger) {
    const { map, map: { scene, data: before } } = this;
    [map.data, map.send] = [fresh, trigger];
    const others = before.sheet !== fresh.sheet;
    if (others) this.begin();
    if (before.dims !== fresh.dims) scene.order.sort();
    Object.assign(scene, { names: fresh.names, axes: fresh.axes, tones: fresh.tones && octets(fresh.tones) });
    if (before.tones !== fresh.tones) scene.tinted = null;
    map.dress();
    const { own } = fresh;
    scene.own = { ...own, picture: greyTile(own.picture), answer: greyTile(own.answer) };
    if (others || before.lang !== fresh.lang) this.writeLegend();
    this.words();
    if (fresh.dims !== 3) map.turning = false;
    if (others || before.layout !== fresh.layout || JSON.stringify(before.own) !== JSON.stringify(own)) {
      const to = { ...this.aim(), ...map.turnedFor(before.dims) };
      if (others || before.dims !== fresh.dims) Object.assign(map.camera, { zoom: 1, x: 0, y: 0 });
      if (others) map.places = to.places.slice();
      map.travel(to, others ? 0 : MOVE);
    }
    if (confirmed(map.store, fresh.picked)) [scene.picked, scene.links] = [fresh.picked, fresh.links];
    scene.members = fresh.group ? this.members(fresh.group) : null;
    this.fetch();
    map.steer();
    map.redraw();
  }
  stop() {
    this.player.stop();
  }
}

export default mount((root) => new AtlasView(root));
