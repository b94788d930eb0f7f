// @ts-check
// A network drawn as columns of neurons; the values of one image run through it, layer after layer.

import { finder, html, later, mount, octets, penOf } from "./kit.js";
import { motion, moving, sharp } from "./motion.js";

/**
 * ``columns``: of each layer, how many neurons it has, as written, and what the drawn ones answer, 0 to 1. ``weights``:
 * between two layers, the drawn weights, one row a drawn neuron of the layer before, -1 to 1. ``images``: 28 x 28 bytes,
 * base64, what is read and, from an hourglass, what is rebuilt. ``answers``: probabilities of the digits.
 * @typedef {{
 *   alt: string, colours: {positive: string, negative: string}, columns: {count: string, whole: boolean, values: number[]}[],
 *   weights: number[][][], images: string[], answers: number[] | null,
 * }} Payload
 */

const PASS = 550; // milliseconds from a layer to the next
const REST = 2400; // at the end, before the next run
const PICTURE = 28;
const FOOT = 24; // pixels under the columns, for their counts

/** An image of 28 x 28 bytes, light on dark. */
const pictured = (/** @type {string} */ text) => {
  const picture = html("canvas", { width: PICTURE, height: PICTURE });
  const context = penOf(picture);
  const pixels = context.createImageData(PICTURE, PICTURE);
  octets(text).forEach((value, i) => {
    const share = value / 255;
    pixels.data.set([16, 20, 27].map((v) => v + share * (244 - v)), 4 * i);
    pixels.data[4 * i + 3] = 255;
  });
  context.putImageData(pixels, 0, 0);
  return picture;
};

export default mount((root) => {
  const canvas = finder(root)("canvas");
  let data = /** @type {Payload} */ (later());
  let images = /** @type {HTMLCanvasElement[]} */ ([]);
  let ink = "#000";

  // Neurons from the top down, with a gap in the middle where some are left out.
  /**
   * @param {boolean} whole
   * @param {number} height
   */
  function places(/** @type {{values: number[]}} */ { values }, whole, height) {
    const [drawn, gap] = [values.length, whole ? 0 : 1];
    const step = (height - FOOT - 8) / 13;
    const top = (height - FOOT) / 2 - (drawn - 1 + gap) / 2 * step;
    return values.map((_, k) => top + (k + (k >= (drawn + 1) / 2 ? gap : 0)) * step);
  }

  function draw(/** @type {number} */ at) {
    const { context, width, height } = sharp(canvas);
    if (!width) return;
    const side = Math.min(92, width * 0.2);
    const last = data.columns.length - 1;
    const right = width - (data.answers ? 62 : side) - 26;
    const x = (/** @type {number} */ k) => side + 26 + (right - side - 26) * k / last;
    const y = data.columns.map((column) => places(column, column.whole, height));
    context.clearRect(0, 0, width, height);
    context.globalAlpha = 1;
    context.imageSmoothingEnabled = false;
    const middle = (height - FOOT - side) / 2;
    context.drawImage(images[0], 0, middle, side, side);
    if (images[1]) {
      context.globalAlpha = Math.min(1, Math.max(0, at - last + 0.5));
      context.drawImage(images[1], width - side, middle, side, side);
    }
    links(context, x, y, at);
    const radius = Math.min(7, (height - FOOT) / 34);
    data.columns.forEach(({ values, count }, k) => {
      const reached = Math.min(1, Math.max(0, (at - k) * 3 + 1));
      values.forEach((value, i) => {
        context.globalAlpha = 1;
        context.beginPath();
        context.arc(x(k), y[k][i], radius, 0, 7);
        context.fillStyle = "#10141b";
        context.fill();
        context.globalAlpha = reached * value;
        context.fillStyle = "#f4f4f2";
        context.fill();
        context.globalAlpha = 0.6;
        context.strokeStyle = ink;
        context.lineWidth = 1;
        context.stroke();
      });
      context.globalAlpha = 1;
      context.fillStyle = ink;
      context.textAlign = "center";
      context.font = `600 13px ${getComputedStyle(canvas).fontFamily}`;
      context.fillText(count, x(k), height - 6);
    });
    if (data.answers) {
      answers(context, x(last) + 16, y[last], width, Math.min(1, Math.max(0, (at - last) * 3 + 1)));
    }
  }

  /** @param {number[][]} y */
  function links(
    /** @type {CanvasRenderingContext2D} */ context,
    /** @type {(k: number) => number} */ x,
    /** @type {number[][]} */ y,
    /** @type {number} */ at,
  ) {
    data.weights.forEach((matrix, k) => {
      const near = Math.max(0, 1 - Math.abs(at - k - 0.5) * 1.3); // 1 while the values cross this gap
      matrix.forEach((row, i) =>
        row.forEach((weight, j) => {
          context.globalAlpha = Math.min(
            1,
            Math.abs(weight) * (0.16 + 0.6 * near * data.columns[k].values[i]),
          );
          context.strokeStyle = weight > 0 ? data.colours.positive : data.colours.negative;
          context.lineWidth = 0.8 + near;
          context.beginPath();
          context.moveTo(x(k), y[k][i]);
          context.lineTo(x(k + 1), y[k + 1][j]);
          context.stroke();
        })
      );
    });
  }

  /**
   * @param {number} left
   * @param {number[]} y
   * @param {number} width
   */
  function answers(
    /** @type {CanvasRenderingContext2D} */ context,
    left,
    y,
    width,
    /** @type {number} */ reached,
  ) {
    context.textAlign = "left";
    context.font = `600 ${Math.min(13, 1.2 * (y[1] - y[0]))}px ${getComputedStyle(canvas).fontFamily}`;
    data.answers?.forEach((share, digit) => {
      context.globalAlpha = 1;
      context.fillStyle = ink;
      context.fillText(String(digit), left, y[digit] + 4);
      context.globalAlpha = 0.7;
      context.fillRect(
        left + 14,
        y[digit] - 4,
        Math.max(1, (width - left - 14) * Math.min(1, 2 * share) * reached),
        8,
      );
    });
  }

  const ends = () => data.columns.length - 1 + 0.5;
  const still = () => data && !moving() && draw(ends());
  const resized = new ResizeObserver(still);
  const picture = motion(canvas, (time) => {
    const run = (data.columns.length + 0.5) * PASS;
    draw(Math.min(ends(), (time % (run + REST)) / PASS - 0.5));
  });
  return {
    update(/** @type {Payload} */ fresh) {
      data = fresh;
      images = data.images.map(pictured);
      ink = getComputedStyle(canvas).color;
      canvas.setAttribute("aria-label", data.alt);
      resized.observe(canvas);
      picture.start();
      still();
    },
    stop() {
      resized.disconnect();
      picture.stop();
    },
  };
});
