// @ts-check
// How the atlas is drawn: places on the screen, discs, tinted thumbnails, the marks over them.

import { clamp, html, octets, penOf, rgb } from "./kit.js";

export const TILE = 28; // pixels a side of a thumbnail on the sheet
export const NEAR_ENOUGH = 34; // pixels from which thumbnails replace discs

/** Where thumbnail i stands on a sheet. */
export const tileAt = (/** @type {{width: number}} */ sheet, /** @type {number} */ i) => {
  const across = sheet.width / TILE;
  return [(i % across) * TILE, Math.floor(i / across) * TILE];
};
/** @returns {[HTMLCanvasElement, CanvasRenderingContext2D]} */
const sheetOf = (/** @type {number} */ width, /** @type {number} */ height) => {
  const canvas = html("canvas", { width, height });
  return [canvas, penOf(canvas, { willReadFrequently: true })];
};

/**
 * ``Screen``: its size, and of each point where it stands and how near it is. ``View``: how the cloud is turned.
 * ``Own``: the visitor's own image, and what became of it. ``Scene``: the points and all that is marked.
 * @typedef {number[] | Float32Array} Numbers
 * @typedef {{width: number, height: number, x: Numbers, y: Numbers, near: Numbers}} Screen
 * @typedef {{yaw: number, pitch: number, fit: number, extent: number[]}} View
 * @typedef {{zoom: number, x: number, y: number}} Camera
 * @typedef {{place: number[], near: number[] | null, picture: HTMLCanvasElement, answer: HTMLCanvasElement}} Own
 * @typedef {{
 *   count: number, order: Uint16Array, labels: Uint8Array, names: string[], tones: Uint8Array | null, own: Own,
 *   hidden: Set<number>, members: Uint8Array | null, picked: number, at: number, links: number[],
 *   path: number[][] | null, axes: string[] | null, deep: boolean, side: number, radius: number,
 *   tinted: HTMLCanvasElement | null, discs: HTMLCanvasElement[], balls: HTMLCanvasElement[],
 *   ink: string, paper: string, muted: string, font: string, inks: string, sheet: string, answers: string,
 * }} Scene
 */

// One disc a class, drawn once: copying pictures is quicker than filling circles. In the plane a thin edge of
// paper keeps neighbours apart; in space it would hide those behind.
export const discsOf = (
  /** @type {string[]} */ colours,
  /** @type {string} */ paper,
  /** @type {number} */ edge,
) =>
  colours.map((colour) => {
    const [canvas, pen] = sheetOf(48, 48);
    pen.beginPath();
    pen.arc(24, 24, 20, 0, 7);
    pen.fillStyle = colour;
    pen.strokeStyle = paper;
    pen.lineWidth = edge;
    pen.fill();
    if (edge) pen.stroke();
    return canvas;
  });

// The middle of a scale is almost paper, on which ink would vanish: there it turns to grey.
export const onPaper = (/** @type {string[]} */ shades, /** @type {string} */ grey) =>
  shades.map((shade, k) => {
    const share = 1 - Math.abs((2 * k) / (shades.length - 1) - 1);
    const mixed = rgb(shade).map((v, c) => Math.round(v + share * (rgb(grey)[c] - v)));
    return `#${mixed.map((v) => v.toString(16).padStart(2, "0")).join("")}`;
  });

// The thumbnails in the colours of their classes, or of a scale, on a clear ground: ink becomes opacity.
/** @type {(image: HTMLImageElement, labels: Uint8Array, colours: string[]) => HTMLCanvasElement} */
export const tinted = (image, labels, colours) => {
  const [canvas, pen] = sheetOf(image.width, image.height);
  pen.drawImage(image, 0, 0);
  const picture = pen.getImageData(0, 0, canvas.width, canvas.height);
  const pixels = new Uint32Array(picture.data.buffer); // red in the lowest byte
  const inks = colours.map((colour) => rgb(colour).reduce((sum, v, k) => sum | (v << (8 * k)), 0));
  // Dark cloth must not vanish; the faint noise of the background must.
  const opacity = Array.from({ length: 256 }, (_, grey) => (grey < 20 ? 0 : 40 + grey * 0.84) << 24);
  const across = image.width / TILE;
  for (let y = 0, p = 0; y < picture.height; y++) {
    for (let column = 0, first = Math.floor(y / TILE) * across; column < across; column++) {
      for (const [ink, end] = [inks[labels[first + column]] ?? 0, p + TILE]; p < end; p++) {
        pixels[p] = ink | opacity[pixels[p] & 255];
      }
    }
  }
  pen.putImageData(picture, 0, 0);
  return canvas;
};

// A grey picture as it came from the server, on a canvas of its own.
export const greyTile = (/** @type {string} */ pixels) => {
  const [canvas, pen] = sheetOf(TILE, TILE);
  const picture = pen.createImageData(TILE, TILE);
  octets(pixels).forEach((v, i) => picture.data.set([v, v, v, 255], 4 * i));
  pen.putImageData(picture, 0, 0);
  return canvas;
};

// Where points (x, y, z) in [-1, 1] stand on a screen: turned, then enlarged and moved. Depth goes to ``near``.
/** @type {(places: Float32Array, count: number, view: View, camera: Camera, screen: Screen) => void} */
export const project = (places, count, view, camera, screen) => {
  const [cy, sy, cp, sp] = [
    Math.cos(view.yaw),
    Math.sin(view.yaw),
    Math.cos(view.pitch),
    Math.sin(view.pitch),
  ];
  const scale = view.fit * camera.zoom;
  const [left, top] = [screen.width / 2 + camera.x, screen.height / 2 + camera.y];
  for (let i = 0; i < count; i++) {
    const [x, y, z] = [places[3 * i], places[3 * i + 1], places[3 * i + 2]];
    const back = cy * z - sy * x;
    screen.x[i] = left + scale * (cy * x + sy * z);
    screen.y[i] = top - scale * (cp * y - sp * back);
    screen.near[i] = sp * y + cp * back;
  }
};

/** @type {(pen: CanvasRenderingContext2D, screen: Screen, scene: Scene) => void} */
export const drawPoints = (pen, screen, scene) => {
  const { count, labels, tones, hidden, members, deep, radius, side } = scene;
  const discs = deep ? scene.balls : scene.discs;
  pen.clearRect(0, 0, screen.width, screen.height);
  const order = scene.order;
  if (deep) order.sort((a, b) => screen.near[a] - screen.near[b]);
  const pictures = side > 0 ? scene.tinted : null;
  for (let k = 0; k < count; k++) {
    const i = order[k];
    if (hidden.has(labels[i])) continue;
    const [x, y] = [screen.x[i], screen.y[i]];
    if (x < -side || y < -side || x > screen.width + side || y > screen.height + side) continue;
    // Far points are smaller and paler: the eye reads depth.
    const depth = deep ? clamp(0.5 + screen.near[i] / 2.4, 0, 1) : 1;
    pen.globalAlpha = (members && !members[i] ? 0.13 : 1) * (deep ? 0.3 + 0.7 * depth : 0.9);
    const size = deep ? 0.65 + 0.5 * depth : 1;
    if (pictures) {
      const [a, b] = tileAt(pictures, i);
      pen.drawImage(
        pictures,
        a,
        b,
        TILE,
        TILE,
        x - (side * size) / 2,
        y - (side * size) / 2,
        side * size,
        side * size,
      );
    } else {
      const r = radius * size * 1.2;
      pen.drawImage(discs[tones ? tones[i] : labels[i]], x - r, y - r, 2 * r, 2 * r);
    }
  }
  pen.globalAlpha = 1;
};

// The names of the classes in the middle of their points, so that colour is not the only way to tell them.
/** @type {(pen: CanvasRenderingContext2D, screen: Screen, scene: Scene) => void} */
export const drawNames = (pen, screen, scene) => {
  pen.font = `700 ${scene.names[0].length > 2 ? 14 : 19}px ${scene.font}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineWidth = 4;
  pen.lineJoin = "round";
  scene.names.forEach((name, label) => {
    if (scene.hidden.has(label)) return;
    const middle = (/** @type {Numbers} */ values) => {
      const own = [];
      for (let i = 0; i < scene.count; i++) if (scene.labels[i] === label) own.push(values[i]);
      return own.sort((a, b) => a - b)[own.length >> 1];
    };
    const [x, y] = [middle(screen.x), middle(screen.y)];
    pen.strokeStyle = scene.paper;
    pen.fillStyle = scene.ink;
    pen.strokeText(name, x, y);
    pen.fillText(name, x, y);
  });
};

// The cage around a cloud in space: without it a turn is hard to read.
const CORNERS = [0, 1, 2, 3, 4, 5, 6, 7].map((k) => [1, 2, 4].map((bit) => (k & bit ? 1 : -1)));
/** @type {(pen: CanvasRenderingContext2D, screen: Screen, scene: Scene, view: View, camera: Camera) => void} */
export const drawCage = (pen, screen, scene, view, camera) => {
  const places = new Float32Array(CORNERS.flatMap((corner) => corner.map((v, k) => v * view.extent[k])));
  const cage = { ...screen, x: [0], y: [0], near: [0] };
  project(places, 8, view, camera, cage);
  pen.strokeStyle = scene.muted;
  pen.globalAlpha = 0.28;
  pen.lineWidth = 1;
  for (let a = 0; a < 8; a++) {
    for (const bit of [1, 2, 4]) {
      if (a & bit) continue;
      pen.beginPath();
      pen.moveTo(cage.x[a], cage.y[a]);
      pen.lineTo(cage.x[a | bit], cage.y[a | bit]);
      pen.stroke();
    }
  }
  pen.globalAlpha = 1;
};

/** @type {(pen: CanvasRenderingContext2D, screen: Screen, scene: Scene) => void} */
export const drawAxes = (pen, screen, scene) => {
  if (!scene.axes) return;
  pen.font = `13px ${scene.font}`;
  pen.fillStyle = scene.muted;
  pen.textBaseline = "alphabetic";
  pen.textAlign = "right";
  pen.fillText(`${scene.axes[0]} →`, screen.width - 8, screen.height - 8);
  pen.save();
  pen.translate(16, 8);
  pen.rotate(-Math.PI / 2);
  pen.fillText(`${scene.axes[1]} →`, 0, 0);
  pen.restore();
};

/** @type {(pen: CanvasRenderingContext2D, x: number, y: number, r: number) => void} */
const star = (pen, x, y, r) => {
  pen.beginPath();
  for (let k = 0; k < 10; k++) {
    const [angle, far] = [(k * Math.PI) / 5 - Math.PI / 2, k % 2 ? r * 0.45 : r];
    pen.lineTo(x + far * Math.cos(angle), y + far * Math.sin(angle));
  }
  pen.closePath();
};

// The visitor's own image, the pick with lines to its neighbours by code, what the pointer is on, the lasso.
/** @type {(pen: CanvasRenderingContext2D, screen: Screen, scene: Scene) => void} */
export const drawMarks = (pen, screen, scene) => {
  const { count, own, picked, at, links, path, ink, paper, radius } = scene;
  pen.clearRect(0, 0, screen.width, screen.height);
  /** @type {(i: number, r: number, colour: string, width: number) => void} */
  const ring = (i, r, colour, width) => {
    pen.beginPath();
    pen.arc(screen.x[i], screen.y[i], r, 0, 7);
    pen.strokeStyle = paper;
    pen.lineWidth = width + 2.5;
    pen.stroke();
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.stroke();
  };
  const round = Math.max(radius, scene.side / 2) + 3;
  if (picked >= 0) {
    pen.strokeStyle = ink;
    pen.lineWidth = 1.1;
    pen.globalAlpha = 0.55;
    for (const i of links) {
      pen.beginPath();
      pen.moveTo(screen.x[picked], screen.y[picked]);
      pen.lineTo(screen.x[i], screen.y[i]);
      pen.stroke();
    }
    pen.globalAlpha = 1;
    for (const i of links) ring(i, round - 1, ink, 1.2);
    if (picked < count) ring(picked, round + 3, ink, 2.6);
  }
  const [x, y] = [screen.x[count], screen.y[count]];
  const [left, top] = [x + 9 + 40 > screen.width ? x - 49 : x + 9, y - 49 < 0 ? y + 9 : y - 49];
  pen.imageSmoothingEnabled = false;
  pen.drawImage(own.picture, left, top, 40, 40);
  pen.strokeStyle = ink;
  pen.lineWidth = picked === count ? 3 : 1.5;
  pen.strokeRect(left, top, 40, 40);
  star(pen, x, y, 13);
  pen.fillStyle = "#ffd23e";
  pen.strokeStyle = "#121922";
  pen.lineWidth = 1.8;
  pen.fill();
  pen.stroke();
  if (at >= 0 && at !== picked) ring(at, round + 1, ink, 2);
  if (path && path.length > 1) {
    pen.beginPath();
    for (const [x, y] of path) pen.lineTo(x, y);
    pen.closePath();
    pen.fillStyle = ink;
    pen.globalAlpha = 0.1;
    pen.fill();
    pen.globalAlpha = 1;
    pen.strokeStyle = ink;
    pen.lineWidth = 2;
    pen.setLineDash([6, 4]);
    pen.stroke();
    pen.setLineDash([]);
  }
};

export const inside = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number[][]} */ path) => {
  let odd = false;
  for (let i = 0, j = path.length - 1; i < path.length; j = i++) {
    const [[xi, yi], [xj, yj]] = [path[i], path[j]];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd;
  }
  return odd;
};
