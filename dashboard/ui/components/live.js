// @ts-check
// Reads the sheet while it is drawn on: the same preparation and the same network as the server's.

import { showBars } from "./bars_list.js";
import { fill, penOf } from "./kit.js";
import { toMnist } from "./mnist.js";
import { whenDecoder } from "./neural.js";

/**
 * How scores become probabilities: divided by the temperature; `none` is the score of one class more.
 * @typedef {{digest: string, names: string[], none: number | null, temperature: number, least: [number, string],
 *   most: [number, string], language: string, colour: string, usual: import("./mnist.js").Usual}} Live
 */

const PAUSE = 100; // milliseconds between two readings

/** @returns {number[]} */
export const sharesOf = (
  /** @type {ArrayLike<number>} */ scores,
  /** @type {number | null} */ none,
  /** @type {number} */ temperature,
) => {
  const scaled = [...Array.from(scores), ...(none === null ? [] : [none])].map((s) => s / temperature);
  const most = Math.max(...scaled);
  const powers = scaled.map((s) => Math.exp(s - most));
  const total = powers.reduce((a, b) => a + b);
  return powers.map((p) => p / total);
};

/** A probability in writing, as `dashboard/ui/verdict.py` writes it. */
export const writtenShare = (/** @type {number} */ share, /** @type {Live} */ { least, most, language }) => {
  if (share > most[0]) return most[1];
  if (share < least[0]) return least[1];
  const maximumFractionDigits = share < 0.1 ? 1 : 0;
  return new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits }).format(share);
};

/**
 * Reads a square canvas again and again while it changes, and shows bars.
 * @param {HTMLCanvasElement} small the drawing as it goes to the server
 * @param {HTMLElement} figure shown while there is an answer
 * @param {HTMLElement} list where the bars go
 */
export const liveReader = (small, figure, list) => {
  let live = /** @type {Live | null} */ (null);
  let read = /** @type {import("./neural.js").Decode | null} */ (null);
  let waiting = 0;
  let stop = () => {};
  let alt = "";

  const now = () => {
    waiting = 0;
    const reader = live;
    if (!reader || !read) return;
    const side = small.width;
    const pixels = penOf(small).getImageData(0, 0, side, side).data;
    const digit = toMnist(
      Float32Array.from({ length: side * side }, (_, i) => pixels[4 * i]),
      side,
      reader.usual,
    );
    figure.hidden = !digit;
    if (!digit) return;
    const shares = sharesOf(read(digit), reader.none, reader.temperature);
    const written = shares.map((share) => writtenShare(share, reader));
    const best = shares.indexOf(Math.max(...shares));
    const said = fill(alt, { name: reader.names[best], p: written[best] });
    showBars(list, { names: reader.names, shares, written, alt: said, colour: reader.colour });
    list.dataset.answer = reader.names[best];
  };

  return {
    /** The drawing has changed. */
    look() {
      if (!waiting) waiting = setTimeout(now, PAUSE);
    },
    use(/** @type {Live | null} */ wanted, /** @type {string} */ words) {
      alt = words;
      if (wanted?.digest !== live?.digest) {
        stop();
        read = null;
        figure.hidden = true;
        if (wanted) {
          stop = whenDecoder(wanted.digest, (ready) => {
            read = ready;
            now();
          });
        }
      }
      live = wanted;
    },
  };
};
