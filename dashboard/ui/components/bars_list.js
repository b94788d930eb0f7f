// @ts-check
// Probabilities as bars. They change as fast as a drawing does, which a whole chart put up anew would not.

/** @typedef {{names: string[], shares: number[], written: string[], alt: string, colour: string}} Bars */

const buildBars = (list, n) => {
  while (list.children.length > n) list.lastChild.remove();
  while (list.children.length < n) {
    const bar = document.createElement("div");
    bar.append(document.createElement("b"), document.createElement("i"), document.createElement("span"));
    list.append(bar);
  }
};

/** One bar for each name, the greatest in full colour. */
export const showBars = (
  /** @type {any} */ list,
  /** @type {Bars} */ { names, shares, written, alt, colour },
) => {
  const best = Math.max(...shares);
  buildBars(list, names.length);
  list.setAttribute("aria-label", alt);
  list.style.setProperty("--colour", colour);
  names.forEach((name, k) => {
    const bar = list.children[k];
    const [share, fill, label] = bar.children;
    share.textContent = shares[k] >= 0.005 ? written[k] : "";
    fill.style.height = `${100 * shares[k]}%`;
    label.textContent = name;
    bar.title = `${name} : ${written[k]}`;
    bar.classList.toggle("best", shares[k] === best);
  });
};
