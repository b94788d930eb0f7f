// @ts-check
// The pointer, the wheel, the keyboard and the tools of the map.

import { clamp } from "./kit.js";

/** @typedef {import("./atlas_map.js").AtlasMap} AtlasMap */

const DRAG = 5; // pixels from which a press is a drag
const TURN = 160; // pixels of a drag that turn a cloud by one radian

const where = (/** @type {AtlasMap} */ map, /** @type {MouseEvent} */ event) => {
  const box = map.points.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
};

export const listenToPointer = (/** @type {AtlasMap} */ map) => {
  const { points, scene, view } = map;
  const down = /** @type {Map<number, number[]>} */ (new Map()); // pointers that press
  let dragged = false;
  let last = [0, 0];
  let armed = false; // the wheel zooms only after the pointer has moved over the map by itself

  /** @type {(event: PointerEvent, place: number[], before: number[]) => void} */
  const pinch = (event, place, before) => {
    const [other] = [...down].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    const apart = (/** @type {number[]} */ a) => Math.hypot(a[0] - other[0], a[1] - other[1]);
    map.zoomAt(
      (place[0] + other[0]) / 2,
      (place[1] + other[1]) / 2,
      apart(place) / Math.max(1, apart(before)),
    );
    map.shift((place[0] - before[0]) / 2, (place[1] - before[1]) / 2);
  };
  /** @type {(event: PointerEvent, place: number[], before: number[]) => void} */
  const drag = (event, place, before) => {
    if (!dragged && Math.hypot(place[0] - last[0], place[1] - last[1]) < DRAG) return;
    const [x, y] = dragged ? before : last;
    dragged = true;
    scene.at = -1;
    if (scene.path) {
      scene.path.push(place);
      map.redraw(1);
    } else if (map.data.dims === 3 && !event.shiftKey) {
      map.turning = false;
      view.yaw += (place[0] - x) / TURN;
      view.pitch = clamp(view.pitch + (place[1] - y) / TURN, -1.5, 1.5);
      map.steer();
      map.redraw();
    } else map.shift(place[0] - x, place[1] - y);
  };

  points.onpointerdown = (event) => {
    if (event.button) return;
    const place = where(map, event);
    down.set(event.pointerId, place);
    points.setPointerCapture(event.pointerId);
    if (down.size === 1) {
      [dragged, last] = [false, place];
      if (map.mode === "lasso") scene.path = [place];
    } else {
      [dragged, scene.path] = [true, null];
    }
  };
  points.onpointermove = (event) => {
    if (event.movementX || event.movementY) armed = true;
    const place = where(map, event);
    const before = down.get(event.pointerId);
    if (!before) {
      if (event.pointerType !== "touch") map.look(map.closest(place[0], place[1], map.reach));
      return;
    }
    down.set(event.pointerId, place);
    if (down.size === 2) pinch(event, place, before);
    else drag(event, place, before);
  };
  points.onpointerup = (event) => {
    if (!down.delete(event.pointerId) || down.size) return;
    if (scene.path && dragged) return map.closeLasso();
    scene.path = null;
    if (dragged) return;
    const [x, y] = where(map, event);
    const i = map.closest(x, y, map.reach + (event.pointerType === "touch" ? 8 : 0));
    map.look(i);
    map.pick(i);
  };
  points.onpointercancel = (event) => {
    down.delete(event.pointerId);
    scene.path = null;
    map.redraw(1);
  };
  points.onpointerenter = () => map.dress();
  points.onpointerleave = () => {
    armed = false;
    if (!down.size) map.look(-1);
  };
  points.addEventListener("wheel", (event) => {
    const factor = Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0016));
    if (!armed && !event.ctrlKey) return;
    if (factor < 1 && map.camera.zoom === 1) return; // nothing left to shrink: the page scrolls
    event.preventDefault();
    const [x, y] = where(map, event);
    map.zoomAt(x, y, factor);
  }, { passive: false });
  points.ondblclick = (event) => {
    event.preventDefault();
    map.reset();
  };
};

export const listenToKeyboard = (/** @type {AtlasMap} */ map) => {
  const { points, scene, screen } = map;
  const zoom = (/** @type {number} */ factor) => {
    const at = scene.at >= 0
      ? [screen.x[scene.at], screen.y[scene.at]]
      : [screen.width / 2, screen.height / 2];
    map.zoomAt(at[0], at[1], factor);
  };
  /** @type {Record<string, () => void>} */
  const actions = {
    move: () => (map.mode = "move"),
    lasso: () => (map.mode = map.mode === "lasso" ? "move" : "lasso"),
    pictures: () => (map.pictures = !map.pictures),
    turn: () => (map.turning = !map.turning),
    in: () => zoom(1.5),
    out: () => zoom(1 / 1.5),
    reset: () => map.reset(),
    clear: () => map.surround(null),
  };
  /** @type {Record<string, () => void>} */
  const keys = {
    ArrowRight: () => map.stepTo(1, 0),
    ArrowLeft: () => map.stepTo(-1, 0),
    ArrowDown: () => map.stepTo(0, 1),
    ArrowUp: () => map.stepTo(0, -1),
    Enter: () => map.pick(scene.at),
    " ": () => map.pick(scene.at),
    "+": actions.in,
    "-": actions.out,
    0: actions.reset,
    Escape: actions.clear,
  };
  points.onkeydown = (event) => {
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    keys[event.key]();
  };
  points.onblur = () => map.look(-1);
  map.$(".tools").onclick = ({ target }) => {
    const name = /** @type {Element} */ (target).closest("button")?.dataset.do;
    if (!name) return;
    actions[name]();
    map.steer();
    map.redraw();
  };
};
