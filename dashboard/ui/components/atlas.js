// @ts-check
// A map of thousands of images: points that show their image under the pointer, to pick, to surround, to zoom
// into, to turn in space. All of it happens here; the server hears of what was picked or surrounded.

import { clamp, fill, findAll, finder, mount, octets } from "./kit.js";
import { filmPlayer } from "./player.js";
import { confirmed, mapStore } from "./map_shared.js";
import {
  discsOf,
  drawAxes,
  drawCage,
  drawMarks,
  drawNames,
  drawPoints,
  greyTile,
  inside,
  NEAR_ENOUGH,
  project,
  TILE,
  tileAt,
  tinted,
} from "./atlas_draw.js";

/**
 * Arrays travel as base64: ``places`` two bytes a number, from -1 to 1; ``labels`` and ``tones`` one byte a point.
 * @typedef {{place: number[], picture: string, answer: string, near: number[] | null}} Own
 * @typedef {{
 *   lang: string, text: Record<string, string> & {player: import("./player.js").Words},
 *   sheet: string, answers: string, layout: string, dims: 2 | 3, places: string, labels: string, names: string[],
 *   colours: string[], tones: string | null, shades: string[] | null, picked: number, links: number[],
 *   group: string, axes: string[] | null, own: Own, film: string | null, iteration: string, play: boolean,
 * }} Payload
 */

const MOST_ZOOM = 40;
const MOVE = 700; // milliseconds that points take to a new map
const STEP = 130; // to the next picture of a film
const DRAG = 5; // pixels from which a press is a drag
const TURNED = { yaw: 0.6, pitch: 0.4 };

function atlasView(/** @type {ShadowRoot} */ root) {
  finder(root)(".house").innerHTML = `
    <div class="tools" role="toolbar">
      <button type="button" data-do="move"></button><button type="button" data-do="lasso"></button>
      <button type="button" data-do="pictures"></button><button type="button" data-do="turn"></button>
      <span class="zoom"><button type="button" data-do="out">−</button><button type="button" data-do="in">+</button
      ><button type="button" data-do="reset">⤢</button></span>
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
  const $ = finder(root);
  const [points, marks, stage, card] = [$(".points"), $(".marks"), $(".stage"), $(".card")];
  const [pen, over] = [points.getContext("2d"), marks.getContext("2d")];
  const brushes = findAll(root, ".card canvas").map((canvas) => canvas.getContext("2d"));
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const store = mapStore();
  const screen = { width: 0, height: 0, x: [], y: [], near: [] };
  const camera = { zoom: 1, x: 0, y: 0 };
  const scene = {
    count: 0,
    hidden: new Set(),
    picked: -1,
    at: -1,
    links: [],
    path: null,
    labels: /** @type {Uint8Array | number[]} */ ([]),
    names: [],
    side: 0,
  };
  const view = { yaw: 0, pitch: 0, fit: 1, extent: [1, 1, 0] };
  let data = /** @type {Payload} */ ({});
  let text = {};
  let send = /** @type {import("./kit.js").Send} */ (() => {});
  let places = new Float32Array(0); // where the points are now, the visitor's own last
  let journey = null; // {from, to, angles, start, length}
  let mode = "move";
  let pictures = false;
  let turning = false;
  let sheet = null; // the images
  let answers = null; // what became of each, if it is known
  let frame = 0; // the one asked for
  let dirty = 0;
  let armed = false; // the wheel zooms only after the pointer has moved over the map by itself
  let film = null;

  // ---------------------------------------------------------------- drawing

  const fitted = (extent, deep) => {
    const margin = 30;
    const [w, h] = [screen.width / 2 - margin, screen.height / 2 - margin];
    // A cage seen from its corner is wider than from its face.
    return deep ? Math.min(w, h) / (0.8 * Math.hypot(...extent)) : Math.min(w / extent[0], h / extent[1]);
  };
  const paint = (now) => {
    const everything = dirty > 1;
    cancelAnimationFrame(frame);
    [frame, dirty] = [0, 0];
    if (!screen.width || !scene.count) return;
    if (journey) {
      const share = journey.length ? clamp((now - journey.start) / journey.length, 0, 1) : 1;
      const eased = journey.even ? share : share * share * (3 - 2 * share);
      const { from, to } = journey;
      for (let i = 0; i < places.length; i++) {
        places[i] = from.places[i] + (to.places[i] - from.places[i]) * eased;
      }
      for (const key of ["yaw", "pitch"]) view[key] = from[key] + (to[key] - from[key]) * eased;
      view.extent = to.extent.map((v, k) => from.extent[k] + (v - from.extent[k]) * eased);
      if (share === 1) journey = null;
    } else if (turning) {
      view.yaw += 0.006;
    }
    if (everything) {
      scene.deep = data.dims === 3;
      view.fit = fitted(view.extent, scene.deep);
      project(places, scene.count + 1, view, camera, screen);
      const enlarged = Math.min(64, 15 * camera.zoom);
      scene.side = (pictures || enlarged >= NEAR_ENOUGH) && sheet ? Math.max(enlarged, 16) : 0;
      if (scene.side) scene.tinted ??= tinted(sheet, scene.labels, data.colours);
      scene.radius = 3.4 * Math.min(2.2, camera.zoom ** 0.4);
      drawPoints(pen, screen, scene);
      if (scene.deep) drawCage(pen, screen, scene, view, camera);
      if (!scene.side && camera.zoom < 2.2) drawNames(pen, screen, scene);
      drawAxes(pen, screen, scene);
      points.dataset.zoom = camera.zoom.toFixed(2);
    }
    drawMarks(over, screen, scene);
    showCard();
    if (journey || turning) redraw();
  };
  // All of it, or the marks alone: what the pointer does must not wait for two thousand points.
  const redraw = (level = 2) => {
    frame ||= requestAnimationFrame(paint);
    dirty = Math.max(dirty, level);
  };
  // An image and what became of it, onto two canvases.
  const show = (i, ...brushes) => {
    const [ours, all] = [[scene.own.picture, scene.own.answer], [sheet, answers]];
    brushes.forEach((brush, k) => {
      brush.clearRect(0, 0, TILE, TILE);
      if (i === scene.count) brush.drawImage(ours[k], 0, 0);
      else if (all[k]) brush.drawImage(all[k], ...tileAt(i), TILE, TILE, 0, 0, TILE, TILE);
    });
  };
  const showCard = () => {
    const i = scene.at;
    card.style.display = i < 0 ? "none" : "block";
    if (i < 0) return;
    show(i, ...brushes);
    card.classList.toggle("two", Boolean(answers));
    card.lastChild.textContent = nameOf(i);
    const gap = 16 + Math.max(scene.radius, scene.side / 2);
    const [w, h] = [answers ? 232 : 112, 134];
    const [x, y] = [screen.x[i], screen.y[i]];
    const left = x + gap + w > screen.width ? x - gap - w : x + gap;
    card.style.transform = `translate(${clamp(left, 2, screen.width - w - 2)}px, ${
      clamp(y - h / 2, 2, Math.max(2, screen.height - h))
    }px)`;
    points.dataset.at = i;
  };
  const nameOf = (i) =>
    i === scene.count ? text.own : fill(text.point, { name: scene.names[scene.labels[i]], n: i + 1 });

  const dress = () => {
    const style = getComputedStyle(stage); // once an update, never once a frame
    const dark = style.color.match(/\d+/g).slice(0, 3).reduce((sum, c) => sum + Number(c), 0) > 380;
    const fresh = {
      ink: style.color,
      paper: dark ? "#11161d" : "#ffffff",
      muted: dark ? "#a3b0c0" : "#5b6675",
      font: style.fontFamily,
    };
    const inks = data.tones ? data.shades : data.colours;
    // The middle of the scale is almost paper: there the edge must be ink.
    const edge = data.tones ? [fresh.muted, 3] : [fresh.paper, 5];
    if (fresh.paper !== scene.paper || String(inks) !== scene.inks) {
      [scene.discs, scene.balls] = [discsOf(inks, ...edge), discsOf(inks, fresh.paper, 0)];
    }
    Object.assign(scene, fresh, { inks: String(inks) });
  };
  new ResizeObserver(([{ contentRect }]) => {
    const [width, height] = [contentRect.width, contentRect.height];
    if (!width || (width === screen.width && height === screen.height)) return;
    Object.assign(screen, { width, height });
    const sharp = Math.min(2, window.devicePixelRatio || 1);
    for (const canvas of [points, marks]) {
      canvas.width = Math.round(width * sharp);
      canvas.height = Math.round(height * sharp);
      canvas.getContext("2d").setTransform(sharp, 0, 0, sharp, 0, 0);
    }
    // A new size empties the canvas: it is filled again before this frame is shown.
    dirty = 2;
    paint(performance.now());
  }).observe(stage);

  // ---------------------------------------------------------------- moving

  const steer = () => {
    // At rest on a phone, a finger scrolls the page; enlarged, it moves the map.
    points.style.touchAction = mode === "lasso" || camera.zoom > 1.01 ? "none" : "pan-y";
    points.style.cursor = mode === "lasso" ? "crosshair" : "grab";
    for (
      const [name, down] of [["move", mode === "move"], ["lasso", mode === "lasso"], ["pictures", pictures], [
        "turn",
        turning,
      ]]
    ) {
      $(`[data-do=${name}]`).setAttribute("aria-pressed", down);
    }
    $("[data-do=turn]").classList.toggle("hidden", data.dims !== 3);
    $("[data-do=clear]").disabled = !scene.members;
  };
  const zoomAt = (x, y, factor) => {
    const zoom = clamp(camera.zoom * factor, 1, MOST_ZOOM);
    const real = zoom / camera.zoom;
    const [cx, cy] = [x - screen.width / 2, y - screen.height / 2];
    camera.x = cx - (cx - camera.x) * real;
    camera.y = cy - (cy - camera.y) * real;
    camera.zoom = zoom;
    if (zoom === 1) camera.x = camera.y = 0;
    steer();
    redraw();
  };
  const reset = () => {
    Object.assign(camera, { zoom: 1, x: 0, y: 0 });
    if (data.dims === 3) Object.assign(view, TURNED);
    steer();
    redraw();
  };
  const travel = (to, length, even = false) => {
    const from = { places: places.slice(), yaw: view.yaw, pitch: view.pitch, extent: view.extent };
    journey = {
      from,
      to: { ...view, ...to },
      start: performance.now(),
      length: calm.matches ? 0 : length,
      even,
    };
    redraw();
  };

  // ---------------------------------------------------------------- choosing

  const closest = (x, y, reach) => {
    let [best, far] = [-1, reach * reach];
    for (let i = 0; i <= scene.count; i++) {
      if (i < scene.count && scene.hidden.has(scene.labels[i])) continue;
      const d = (screen.x[i] - x) ** 2 + (screen.y[i] - y) ** 2 - (i === scene.count ? 60 : 0);
      if (d < far) [best, far] = [i, d];
    }
    return best;
  };
  const reach = () => Math.max(14, scene.side / 2 + 2);
  const look = (i) => {
    if (i === scene.at) return;
    scene.at = i;
    redraw(1);
  };
  const pick = (i) => {
    if (i < 0) return;
    [scene.picked, scene.links, store.pending] = [i, [], { point: i, since: performance.now() }];
    if (store.beside && sheet && answers) show(i, ...store.beside);
    $(".said").textContent = fill(text.picked, { name: nameOf(i) });
    send("picked", i);
    redraw(1);
  };
  const surround = (members) => {
    const any = members?.includes(1);
    scene.members = any ? members : null;
    const bytes = new Uint8Array(Math.ceil(scene.count / 8));
    if (any) {
      members.forEach((yes, i) => {
        if (yes) bytes[i >> 3] |= 1 << (i & 7);
      });
    }
    send("group", any ? btoa(String.fromCharCode(...bytes)) : "");
    steer();
    redraw();
  };
  const closeLasso = () => {
    const path = scene.path;
    scene.path = null;
    if (path.length < 3) return redraw(1);
    const members = new Uint8Array(scene.count);
    for (let i = 0; i < scene.count; i++) {
      members[i] = !scene.hidden.has(scene.labels[i]) && inside(screen.x[i], screen.y[i], path) ? 1 : 0;
    }
    return surround(members);
  };

  // ---------------------------------------------------------------- the pointer

  const down = new Map(); // pointers that press
  let dragged = false;
  let last = null;
  const where = (event) => {
    const box = points.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  points.onpointerdown = (event) => {
    if (event.button) return;
    const place = where(event);
    down.set(event.pointerId, place);
    points.setPointerCapture(event.pointerId);
    if (down.size === 1) {
      [dragged, last] = [false, place];
      if (mode === "lasso") scene.path = [place];
    } else {
      [dragged, scene.path] = [true, null];
    }
  };
  points.onpointermove = (event) => {
    if (event.movementX || event.movementY) armed = true;
    const place = where(event);
    if (!down.has(event.pointerId)) {
      if (event.pointerType !== "touch") look(closest(...place, reach()));
      return;
    }
    const before = down.get(event.pointerId);
    down.set(event.pointerId, place);
    if (down.size === 2) {
      const [other] = [...down].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
      const apart = (a) => Math.hypot(a[0] - other[0], a[1] - other[1]);
      zoomAt((place[0] + other[0]) / 2, (place[1] + other[1]) / 2, apart(place) / Math.max(1, apart(before)));
      shift((place[0] - before[0]) / 2, (place[1] - before[1]) / 2);
      return;
    }
    if (!dragged && Math.hypot(place[0] - last[0], place[1] - last[1]) < DRAG) return;
    if (!dragged) before[0] = last[0], before[1] = last[1];
    dragged = true;
    if (scene.path) {
      scene.path.push(place);
      scene.at = -1;
      redraw(1);
    } else if (data.dims === 3 && !event.shiftKey) {
      [turning, scene.at] = [false, -1];
      view.yaw += (place[0] - before[0]) / 160;
      view.pitch = clamp(view.pitch + (place[1] - before[1]) / 160, -1.5, 1.5);
      steer();
      redraw();
    } else {
      scene.at = -1;
      shift(place[0] - before[0], place[1] - before[1]);
    }
  };
  const shift = (x, y) => {
    camera.x += x;
    camera.y += y;
    redraw();
  };
  points.onpointerup = (event) => {
    if (!down.delete(event.pointerId) || down.size) return;
    if (scene.path && dragged) return closeLasso();
    scene.path = null;
    if (dragged) return;
    const i = closest(...where(event), event.pointerType === "touch" ? reach() + 8 : reach());
    look(i);
    pick(i);
  };
  points.onpointercancel = (event) => {
    down.delete(event.pointerId);
    scene.path = null;
    redraw(1);
  };
  points.onpointerenter = dress;
  points.onpointerleave = () => {
    armed = false;
    if (!down.size) look(-1);
  };
  points.addEventListener("wheel", (event) => {
    const factor = Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0016));
    if (!armed && !event.ctrlKey) return;
    if (factor < 1 && camera.zoom === 1) return; // nothing left to shrink: the page scrolls
    event.preventDefault();
    zoomAt(...where(event), factor);
  }, { passive: false });
  points.ondblclick = (event) => {
    event.preventDefault();
    reset();
  };

  // ---------------------------------------------------------------- the keyboard

  // The nearest point that way: along counts once, aside twice.
  const stepTo = (dx, dy) => {
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
    const off = [[screen.x[best], screen.width], [screen.y[best], screen.height]].map(([v, size]) =>
      v - clamp(v, 30, size - 30)
    );
    if (off[0] || off[1]) shift(-off[0], -off[1]);
    $(".said").textContent = nameOf(best);
    look(best);
  };
  const middle =
    () => (scene.at >= 0 ? [screen.x[scene.at], screen.y[scene.at]] : [screen.width / 2, screen.height / 2]);
  const actions = {
    move: () => (mode = "move"),
    lasso: () => (mode = mode === "lasso" ? "move" : "lasso"),
    pictures: () => (pictures = !pictures),
    turn: () => (turning = !turning),
    in: () => zoomAt(...middle(), 1.5),
    out: () => zoomAt(...middle(), 1 / 1.5),
    reset,
    clear: () => surround(null),
  };
  const keys = {
    ArrowRight: () => stepTo(1, 0),
    ArrowLeft: () => stepTo(-1, 0),
    ArrowDown: () => stepTo(0, 1),
    ArrowUp: () => stepTo(0, -1),
    Enter: () => pick(scene.at),
    " ": () => pick(scene.at),
    "+": actions.in,
    "-": actions.out,
    0: reset,
    Escape: actions.clear,
  };
  points.onkeydown = (event) => {
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    keys[event.key]();
  };
  points.onblur = () => look(-1);
  $(".tools").onclick = ({ target }) => {
    const name = target.closest("button")?.dataset.do;
    if (!name) return;
    actions[name]();
    steer();
    redraw();
  };

  // ---------------------------------------------------------------- legend and film

  const legend = $(".legend");
  const toggle = (label, alone) => {
    const { hidden, names } = scene;
    const others = names.map((_, k) => k).filter((k) => k !== label);
    if (alone) {
      const lonely = others.every((k) => hidden.has(k)) && !hidden.has(label);
      hidden.clear();
      if (!lonely) { for (const k of others) hidden.add(k); }
    } else if (!hidden.delete(label)) hidden.add(label);
    findAll(legend, "button").forEach((button, k) => button.setAttribute("aria-pressed", !hidden.has(k)));
    redraw();
  };
  legend.onclick = ({ target, detail }) => {
    const button = target.closest("button");
    if (button && detail < 2) toggle([...legend.children].indexOf(button), false);
  };
  legend.ondblclick = ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    const label = [...legend.children].indexOf(button);
    scene.hidden.delete(label); // the first of the two clicks had toggled it
    toggle(label, true);
  };
  const writeLegend = () => {
    legend.setAttribute("aria-label", text.legend);
    legend.replaceChildren(...scene.names.map((name, k) => {
      const button = Object.assign(document.createElement("button"), { type: "button", title: text.toggle });
      button.setAttribute("aria-pressed", String(!scene.hidden.has(k)));
      const dot = document.createElement("i");
      dot.style.background = data.colours[k];
      button.append(dot, name);
      return button;
    }));
  };

  const unpack = (packed, dims, from = 0) => {
    const out = new Float32Array(3 * (scene.count + 1));
    for (let i = 0; i < scene.count; i++) {
      for (let k = 0; k < dims; k++) out[3 * i + k] = packed[from + dims * i + k] / 32767.5 - 1;
    }
    return out;
  };
  const putOwn = (out, place) =>
    place.forEach((v, k) => {
      out[3 * scene.count + k] = v;
    });
  const player = filmPlayer({
    param: "iter",
    place: (frame) => film.iterations[frame],
    onFrame: (frame) => {
      if (!film) return;
      const to = unpack(film.packed, 2, 2 * scene.count * frame);
      // The visitor's own image goes with its neighbours, as the server places it at the end.
      if (scene.own?.near) {
        const middleOf = (k) =>
          scene.own.near.map((i) => to[3 * i + k]).sort((a, b) => a - b)[scene.own.near.length >> 1];
        putOwn(to, frame === film.iterations.length - 1 ? scene.own.place : [middleOf(0), middleOf(1)]);
      }
      travel({ places: to, yaw: 0, pitch: 0, extent: [1, 1, 0] }, STEP, true);
      const now = film.iterations[frame];
      $(".film b").textContent = fill(now <= film.exaggerated ? text.exaggerated : text.iteration, {
        n: now,
      });
    },
  });
  const caption = document.createElement("b");
  $(".film").append(caption, player.element);

  // What came from the store: the sheet of thumbnails, the film.
  const fetchThings = () => {
    const wanted = store.things[data.sheet];
    if (wanted && scene.sheet !== data.sheet) {
      scene.sheet = data.sheet;
      const image = new Image();
      image.onload = () => {
        sheet = image;
        points.dataset.sheet = data.sheet;
        redraw();
      };
      image.src = wanted.image;
    }
    const more = store.things[data.answers];
    if (scene.answers !== data.answers || !more) answers = null;
    if (more && scene.answers !== data.answers) {
      const image = new Image();
      image.onload = () => {
        if (scene.answers !== more.id) return; // another one is wanted by now
        answers = image;
        points.dataset.answers = more.id;
        redraw(1);
      };
      image.src = more.image;
      scene.answers = more.id;
    }
    const reel = data.film && store.things[data.film];
    $(".film").classList.toggle("hidden", !reel);
    if (!reel) film = null;
    else if (film?.id !== data.film) {
      film = { ...reel, packed: new Uint16Array(octets(reel.frames).buffer) };
      const asked = film.iterations.indexOf(Number(data.iteration));
      player.load(film.iterations.length, asked < 0 ? undefined : asked, text.player);
      if (data.play) finder(player.element)("[data-do=play]").click();
    }
  };
  store.told.add(function tell() {
    if (points.isConnected) fetchThings();
    else store.told.delete(tell);
  });

  return {
    update(/** @type {Payload} */ fresh, _state, setTriggerValue) {
      const before = data;
      [data, text, send] = [fresh, fresh.text, setTriggerValue];
      const others = before.sheet !== fresh.sheet;
      if (others) {
        scene.labels = octets(data.labels);
        Object.assign(scene, { count: scene.labels.length, tinted: null, at: -1, paper: "" });
        scene.hidden.clear();
        scene.order = Uint16Array.from({ length: scene.count }, (_, i) => i);
        for (const key of ["x", "y", "near"]) screen[key] = new Float32Array(scene.count + 1);
        [sheet, journey] = [null, null];
      }
      if (before.dims !== data.dims) scene.order.sort();
      Object.assign(scene, { names: data.names, axes: data.axes, tones: data.tones && octets(data.tones) });
      dress();
      scene.own = { ...data.own, picture: greyTile(data.own.picture), answer: greyTile(data.own.answer) };
      if (others || before.lang !== data.lang) writeLegend();
      $(".scale").classList.toggle("hidden", !data.tones);
      $(".scale").style.setProperty("--scale", `linear-gradient(90deg, ${(data.shades ?? []).join()})`);
      [$(".scale span").textContent, $(".scale b").textContent] = [text.none, text.all];
      points.setAttribute("aria-label", text.map);
      $(".tools").setAttribute("aria-label", text.tools);
      for (const name of ["move", "lasso", "pictures", "turn", "clear"]) {
        $(`[data-do=${name}]`).textContent = text[name];
      }
      for (const name of ["in", "out", "reset"]) {
        $(`[data-do=${name}]`).title = text[name];
        $(`[data-do=${name}]`).setAttribute("aria-label", text[name]);
      }
      if (data.dims !== 3) turning = false;

      const to = unpack(new Uint16Array(octets(data.places).buffer), data.dims);
      putOwn(to, data.own.place);
      const moved = others || before.layout !== data.layout ||
        JSON.stringify(before.own) !== JSON.stringify(data.own);
      if (moved) {
        const extent = [0, 1, 2].map((k) => {
          let most = k < data.dims ? 0.05 : 0;
          for (let i = k; i < to.length; i += 3) most = Math.max(most, Math.abs(to[i]));
          return data.film ? Number(k < 2) : most;
        });
        const angles = data.dims !== 3 ? { yaw: 0, pitch: 0 } : before.dims === 3 ? {} : TURNED;
        if (others || before.dims !== data.dims) Object.assign(camera, { zoom: 1, x: 0, y: 0 });
        if (others) places = to.slice();
        travel({ places: to, extent, ...angles }, others ? 0 : MOVE);
      }
      if (confirmed(store, data.picked)) [scene.picked, scene.links] = [data.picked, data.links];
      scene.members = data.group ? members(data.group) : null;
      fetchThings();
      steer();
      redraw();
    },
  };

  function members(group) {
    const bytes = octets(group);
    return Uint8Array.from({ length: scene.count }, (_, i) => (bytes[i >> 3] >> (i & 7)) & 1);
  }
}

export default mount(atlasView);
