// @ts-check
// Probabilities as bars. They change as fast as a drawing does, which a whole chart put up anew would not.

import { child, html, withChildren } from "./kit.js";

/** @typedef {{names: string[], shares: number[], written: string[], alt: string, colour: string}} Bars */

/** One bar for each name, the greatest in full colour. @type {(list: HTMLElement, bars: Bars) => void} */
export const showBars = (list, { names, shares, written, alt, colour }) => {
  const best = Math.max(...shares);
  withChildren(list, names.length, () => html("div", {}, html("b"), html("i"), html("span")));
  list.setAttribute("aria-label", alt);
  list.style.setProperty("--colour", colour);
  names.forEach((name, k) => {
    const bar = child(list, k, HTMLElement);
    const [share, fill, label] = [0, 1, 2].map((place) => child(bar, place, HTMLElement));
    share.textContent = shares[k] >= 0.005 ? written[k] : "";
    fill.style.height = `${100 * shares[k]}%`;
    label.textContent = name;
    bar.title = `${name} · ${written[k]}`;
    bar.classList.toggle("best", shares[k] === best);
  });
};
