// @ts-check
// A sheet to draw on with mouse, pen or finger. Strokes are drawn here, without the server; after each one
// the whole drawing goes to it as a small PNG. The sheet keeps its strokes however often the page is redrawn.

import { findAll, finder, html, mount, penOf, withIcon } from "./kit.js";
import { liveReader } from "./live.js";

/** @typedef {{width: number, points: number[][]}} Stroke */
/** @typedef {{text: Record<string, string>, image: string, live: import("./live.js").Live | null}} Payload */

const SIDE = 280; // of the sheet's own units
const SENT = 140; // pixels a side of what is sent
const MOST_UNDO = 200;

function sheetView(/** @type {ShadowRoot} */ root) {
  finder(root)(".component").innerHTML = `
    <canvas width="${SIDE}" height="${SIDE}" role="img"></canvas>
    <div class="tools">
      <button class="undo" type="button"></button><button class="clear" type="button"></button>
      <label><span></span><input type="range" min="6" max="40" step="2" value="20"></label>
    </div>
    <figure hidden><figcaption></figcaption><div class="bars" role="img"></div></figure>`;
  const $ = finder(root);
  const canvas = $("canvas");
  const pen = penOf(canvas);
  const small = html("canvas", { width: SENT, height: SENT });
  const ink = penOf(small, { willReadFrequently: true });
  const width = $("input");
  const reader = liveReader(small, $("figure"), $(".bars"));
  let strokes = /** @type {Stroke[]} */ ([]);
  /** @type {CanvasImageSource | null} */
  let ground = null; // the drawing that the server kept from before this sheet was put up
  let stroke = /** @type {(Stroke & {id: number}) | null} */ (null);
  let send = /** @type {import("./kit.js").Send} */ (() => {});

  function draw(/** @type {Stroke} */ { width: breadth, points }) {
    Object.assign(pen, { lineWidth: breadth, lineCap: "round", lineJoin: "round", strokeStyle: "#111" });
    pen.beginPath();
    pen.moveTo(points[0][0], points[0][1]);
    for (const [x, y] of points) pen.lineTo(x, y);
    pen.stroke();
    copy();
  }
  // What goes to the server, and what is read meanwhile.
  function copy() {
    ink.drawImage(canvas, 0, 0, SENT, SENT);
    reader.look();
  }
  function redraw() {
    // Paper stays white in the dark theme too: ink on paper, as the network's examples once were.
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, SIDE, SIDE);
    if (ground) pen.drawImage(ground, 0, 0, SIDE, SIDE);
    copy();
    for (const each of strokes) draw(each);
    const empty = !strokes.length && !ground;
    canvas.dataset.strokes = String(strokes.length);
    for (const button of findAll(root, "button", HTMLButtonElement)) button.disabled = empty;
    return empty;
  }
  function commit() {
    if (redraw()) return send("image", "");
    return send("image", small.toDataURL("image/png").split(",")[1]);
  }
  const where = (/** @type {PointerEvent} */ event) => {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * SIDE, ((event.clientY - box.top) / box.height) * SIDE];
  };

  canvas.onpointerdown = (event) => {
    if (event.button || stroke) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    stroke = { id: event.pointerId, width: Number(width.value), points: [where(event)] };
    draw(stroke);
  };
  canvas.onpointermove = (event) => {
    if (stroke?.id !== event.pointerId) return;
    // A fast finger leaves several points between two frames.
    const events = event.getCoalescedEvents?.() ?? [];
    stroke.points.push(...(events.length ? events : [event]).map(where));
    draw(stroke);
  };
  canvas.onpointerup = canvas.onpointercancel = (event) => {
    if (stroke?.id !== event.pointerId) return;
    strokes = [...strokes, stroke].slice(-MOST_UNDO);
    stroke = null;
    commit();
  };
  $(".undo").onclick = () => {
    if (strokes.length) strokes.pop();
    else ground = null;
    commit();
  };
  $(".clear").onclick = () => {
    [strokes, ground] = [[], null];
    commit();
  };
  redraw();

  let put = false;
  return {
    /** @param {import("./kit.js").Send} setStateValue */
    update(/** @type {Payload} */ { text, image, live }, setStateValue) {
      send = setStateValue;
      $("figcaption").textContent = text.live_title;
      reader.use(live, text.live);
      canvas.setAttribute("aria-label", text.canvas);
      withIcon($(".undo"), "undo", text.undo);
      $(".clear").textContent = text.clear;
      $("label span").textContent = text.width;
      if (!put && image) {
        ground = new Image();
        ground.onload = redraw;
        ground.src = `data:image/png;base64,${image}`;
      }
      put = true;
    },
  };
}

export default mount(sheetView);
