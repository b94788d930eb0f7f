// @ts-check
// What the convolution's film draws: the image, the frame of the kernel, the cells of pixels, weights and products.

import { clamp, html, penOf, rgb } from "./kit.js";

/**
 * @typedef {import("./convolution_sums.js").Convolution} Convolution
 * @typedef {ReturnType<typeof layoutOf>} Layout
 * @typedef {{x: number, y: number}} Place
 * @typedef {{paint?: number[] | null, shade: number, value: string, alpha: number}} Told what a cell shows
 */
/**
 * @typedef {{
 *   pen: CanvasRenderingContext2D, ink: string, font: string, text: Record<string, string>,
 *   tint: (value: number) => number[],
 * }} Look
 */

const HEAD = 24; // pixels over a picture or a table, for its name
const NARROW = 560;
const [SMALL, LARGE] = [27, 36]; // pixels of a cell
const [APART, SIGN] = [8, 20]; // pixels between two channels, for × and =
const LEAST = 16; // pixels a side of a frame
const CHANNELS = ["#e5484d", "#30a46c", "#3e8ef7"];
const STRONG = 0.55; // from this strength on a cell's number is white

/**
 * Where everything stands, by the width there is. The tables of pixels, weights and products stand in a column for
 * one channel and in a row for each of three; where there is little room, in one row: for three channels, the
 * products of each alone.
 */
export const layoutOf = (/** @type {number} */ width, /** @type {Convolution} */ { channels, size }) => {
  const narrow = width < NARROW;
  const column = !narrow && channels === 1;
  const cell = column ? LARGE : SMALL;
  const table = size * cell;
  const row = 3 * table + 2 * SIGN;
  const cells = column ? table : row;
  const side = narrow ? (width - 16) / 2 : Math.min(320, (width - cells - 56) / 2);
  const block = column ? row + 2 * (HEAD - SIGN) : narrow ? table : channels * table + (channels - 1) * APART;
  const left = narrow ? (width - cells) / 2 : side + (width - 2 * side - cells) / 2;
  const top = narrow ? side + 2 * HEAD + 6 : HEAD + Math.max(0, (side - block) / 2);
  const pictures = narrow ? HEAD : HEAD + Math.max(0, (block - side) / 2);
  const alone = narrow && channels > 1;
  return {
    side,
    cell,
    column,
    alone,
    table,
    height: (narrow ? top + table : HEAD + Math.max(side, block)) + 4,
    image: { x: 0, y: pictures },
    map: { x: width - side, y: pictures },
    /** Corner of table ``k`` (pixels, weights, products) of a channel. */
    corner: (/** @type {number} */ k, /** @type {number} */ channel) =>
      column ? { x: left, y: top + k * (table + HEAD) } : {
        x: left + (alone ? channel : k) * (table + SIGN),
        y: top + (alone ? 0 : channel * (table + APART)),
      },
  };
};

/** The image as the network gets it.
 * @type {(pixels: ArrayLike<number>, convolution: Convolution) => HTMLCanvasElement}
 */
export const drawGround = (pixels, { side, channels }) => {
  const sheet = html("canvas", { width: side, height: side });
  const image = penOf(sheet).createImageData(side, side);
  for (let k = 0; k < side * side; k++) {
    for (let c = 0; c < 3; c++) image.data[4 * k + c] = 255 * pixels[(c % channels) * side * side + k];
    image.data[4 * k + 3] = 255;
  }
  penOf(sheet).putImageData(image, 0, 0);
  return sheet;
};

/** The kernel's frame on the image, and the place's on the map; a frame stands off from what is small.
 * @type {(look: Look, layout: Layout, layer: Convolution, row: number, column: number, places: number) => void}
 */
export const frameAround = ({ pen }, layout, layer, row, column, places) => {
  const { image, map, side } = layout;
  const pixel = side / layer.side;
  const frame = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ wide) => {
    const off = Math.max(0, LEAST - wide) / 2;
    pen.strokeRect(x - off, y - off, wide + 2 * off, wide + 2 * off);
  };
  for (const [strokeStyle, lineWidth] of [["#121922", 5], ["#fff", 2.5]]) {
    Object.assign(pen, { strokeStyle, lineWidth });
    frame(
      image.x + (column * layer.stride - layer.padding) * pixel,
      image.y + (row * layer.stride - layer.padding) * pixel,
      layer.size * pixel,
    );
    frame(map.x + (column * side) / places, map.y + (row * side) / places, side / places);
  }
};

/** Pixels, weights and products under the kernel.
 * @param {Look} look
 * @param {Layout} layout
 * @param {Convolution} layer
 * @param {ReturnType<typeof import("./convolution_sums.js").sumAt>} sums
 * @param {{lit: number}} scene
 * @param {(v: number) => string} number
 */
export const drawCells = (look, layout, layer, sums, scene, number) => {
  const { text } = look;
  const { corner, alone } = layout;
  const area = layer.size ** 2;
  const [heaviest, strongest] = [sums.weights, sums.products].map((values) =>
    Math.max(1e-6, ...Array.from(values, Math.abs))
  );
  const names = alone ? [text.red, text.green, text.blue] : [text.pixels, text.kernel, text.products];
  names.forEach((name, k) => heading(look, layout, name, alone ? corner(2, k) : corner(k, 0), k));
  for (let c = 0; c < layer.channels; c++) {
    for (let k = 0; k < area; k++) {
      const n = c * area + k;
      const pixel = sums.inputs[n] * layer.std + layer.mean;
      const beyond = Number.isNaN(pixel); // the network counts 0 there
      const shades = layer.channels > 1 ? rgb(CHANNELS[c]) : [255, 255, 255];
      /** @type {(Omit<Told, "value"> & {value: number})[]} */
      const told = [
        {
          paint: beyond ? null : shades.map((v) => v * pixel),
          shade: 0,
          value: beyond ? 0 : sums.inputs[n],
          alpha: 1,
        },
        { shade: sums.weights[n] / heaviest, value: sums.weights[n], alpha: 1 },
        {
          shade: sums.products[n] / strongest,
          value: sums.products[n],
          alpha: clamp(scene.lit * area - k, 0, 1),
        },
      ];
      told.forEach((one, table) => {
        const { x, y } = corner(table, c);
        const place = {
          x: x + (k % layer.size) * layout.cell,
          y: y + Math.floor(k / layer.size) * layout.cell,
        };
        if (table === 2 || !alone) cell(look, layout.cell, place, { ...one, value: number(one.value) });
      });
    }
    if (!alone && !layout.column) signs(look, layout, c);
  }
};

/**
 * The name over a table, with the sign before it where the tables stand in a column.
 * @type {(look: Look, layout: Layout, name: string, place: Place, k: number) => void}
 */
function heading({ pen, ink, font }, { column, table }, name, { x, y }, k) {
  Object.assign(pen, { fillStyle: ink, font: `600 14px ${font}`, textAlign: "center" });
  pen.fillText(column ? `${["", "× ", "= "][k]}${name}` : name, x + table / 2, y - 7);
}

/** @type {(look: Look, layout: Layout, channel: number) => void} */
function signs({ pen, ink, font }, { corner, table }, channel) {
  Object.assign(pen, { fillStyle: ink, font: `600 16px ${font}`, textAlign: "center" });
  ["×", "="].forEach((sign, k) => {
    const { x, y } = corner(k, channel);
    pen.fillText(sign, x + table + SIGN / 2, y + table / 2 + 5);
  });
}

/**
 * One cell of a table: its colour, and its number over it.
 * @type {(look: Look, side: number, place: Place, told: Told) => void}
 */
function cell(look, side, { x, y }, told) {
  const { pen, ink, font, tint } = look;
  const paint = told.paint === undefined ? tint(told.shade) : told.paint;
  pen.globalAlpha = told.alpha;
  if (paint) {
    pen.fillStyle = `rgb(${paint})`;
    pen.fillRect(x, y, side - 1, side - 1);
  }
  pen.globalAlpha = 0.4;
  Object.assign(pen, { strokeStyle: ink, lineWidth: 1 });
  pen.strokeRect(x + 0.5, y + 0.5, side - 2, side - 2);
  pen.globalAlpha = told.alpha;
  const deep = told.paint
    ? told.paint[0] + told.paint[1] + told.paint[2] < 380
    : Math.abs(told.shade) > STRONG;
  pen.fillStyle = deep ? "#fff" : told.paint ? "#121922" : ink;
  Object.assign(pen, { font: `${side > SMALL ? 12 : 10}px ${font}`, textAlign: "center" });
  pen.fillText(told.value, x + side / 2, y + side / 2 + 4);
  pen.globalAlpha = 1;
}
