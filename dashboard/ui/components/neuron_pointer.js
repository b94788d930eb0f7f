// @ts-check
// The pointer and the keyboard on the board of one neuron: look at a point, hold the line, place points.

import { clamp, penOf } from "./kit.js";
import { SIDE, SIZE } from "./neuron_board.js";

/** @typedef {import("./neuron.js").NeuronView} NeuronView */

/** @type {Record<string, number>} */
const NEAR = { touch: 18, mouse: 11, pen: 11 }; // of the board's units

const within = (/** @type {number[]} */ [x, y], /** @type {number} */ limit) =>
  Math.abs(x) <= limit && Math.abs(y) <= limit;

const nearest = (/** @type {NeuronView} */ view, /** @type {PointerEvent | MouseEvent} */ event) => {
  const [x, y] = view.board.where(event);
  const kind = event instanceof PointerEvent ? event.pointerType : "mouse";
  let [best, distance] = [-1, ((NEAR[kind] ?? NEAR.mouse) / SIDE) * 2 * view.data.limit];
  view.points.forEach((p, i) => {
    const d = Math.hypot(p[0] - x, p[1] - y);
    if (d < distance) [best, distance] = [i, d];
  });
  return best;
};

/** The image behind a point, where points are images. */
const showThumb = (/** @type {NeuronView} */ view, /** @type {number} */ i) => {
  const { board, points, images } = view;
  const thumb = view.$(".thumb", HTMLCanvasElement);
  thumb.style.display = i >= 0 && images ? "block" : "none";
  if (i < 0 || !images) return;
  const image = penOf(thumb).createImageData(8, 8);
  for (let k = 0; k < 64; k++) {
    const ink = Math.min(255, images[64 * i + k] * 16);
    image.data.set([ink, ink, ink, 255], 4 * k);
  }
  penOf(thumb).putImageData(image, 0, 0);
  const [x, y] = points[i];
  const side = thumb.offsetWidth; // which the style sheet sets
  thumb.style.left = `calc(${(100 * board.px(x)) / SIZE}% + ${x > 0 ? -side - 14 : 14}px)`;
  thumb.style.top = `calc(${(100 * board.py(y)) / SIZE}% + ${y > 0 ? 10 : -side - 10}px)`;
};

/** The line follows one of its two handles. */
const pull = (/** @type {NeuronView} */ view, /** @type {string} */ handle, /** @type {number[]} */ at) => {
  const { limit, hand_limit: most } = view.data;
  const [x, y] = at.map((v) => clamp(v, -limit, limit));
  if (handle === "foot") view.foot = [x, y];
  else for (const k of [0, 1]) view.hand[k] = clamp(([x, y][k] - view.foot[k]) / view.handScale, -most, most);
  const { hand, foot } = view;
  hand[2] = clamp(-hand[0] * foot[0] - hand[1] * foot[1], -most, most);
  view.drawHand();
};

export const listenToPointer = (/** @type {NeuronView} */ view) => {
  const { svg } = view.board;
  /** @type {{handle: string, point: number, from: number[], moved: boolean, kept: boolean} | null} */
  let drag = null; // of a handle, or else of a point
  let handled = false; // the click that follows is not another one

  const hover = (/** @type {number} */ i) => {
    if (i === view.hovered) return;
    view.hovered = i;
    view.draw();
    showThumb(view, i);
  };
  svg.onpointerdown = (event) => {
    if (event.button || !view.data) return;
    const { handle } = /** @type {SVGElement} */ (event.target).dataset;
    const i = nearest(view, event);
    const start = { point: i, from: view.board.where(event), moved: false, kept: false };
    if (view.byHand && handle) drag = { handle, ...start };
    else if (view.editing && i >= 0) drag = { handle: "", ...start };
    if (!drag) return;
    view.busy = true;
    svg.setPointerCapture(event.pointerId);
    event.preventDefault();
  };
  svg.onpointermove = (event) => {
    if (!view.data) return;
    const at = view.board.where(event);
    const { limit } = view.data;
    if (!drag) return hover(nearest(view, event));
    if (drag.handle) return pull(view, drag.handle, at);
    drag.moved ||= Math.hypot(at[0] - drag.from[0], at[1] - drag.from[1]) > 0.02 * limit;
    if (!drag.moved || !within(at, limit)) return;
    if (!drag.kept) view.keep();
    drag.kept = true;
    [view.points[drag.point][0], view.points[drag.point][1]] = at;
    view.board.drawPoints(view.points);
    view.draw();
  };
  svg.onpointerup = () => {
    const done = drag;
    [drag, view.busy] = [null, false];
    if (done?.handle) return view.commitHand();
    if (!done) return;
    handled = true;
    if (done.moved) return view.change(view.points);
    view.keep();
    view.change(view.points.filter((_, i) => i !== done.point));
  };
  svg.onpointercancel = () => {
    [drag, view.busy] = [null, false];
  };
  svg.onpointerleave = () => hover(-1);
  svg.onclick = (event) => {
    if (handled) return void (handled = false);
    const i = nearest(view, event);
    if (view.editing && i < 0) {
      const at = view.board.where(event);
      if (!within(at, view.data.limit) || view.points.length >= view.data.most) return;
      view.keep();
      view.change([...view.points, [...at, view.pen]]);
    } else {
      view.picked = i === view.picked ? -1 : i;
      view.draw();
    }
  };
  svg.onkeydown = (event) => {
    const step = Number(event.key === "ArrowDown") - Number(event.key === "ArrowUp");
    const { points } = view;
    if (!step || !points.length) return;
    event.preventDefault();
    view.picked = (view.picked + step + points.length) % points.length;
    view.draw();
  };
};
