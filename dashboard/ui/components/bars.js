// @ts-check
// Probabilities as bars. They change as fast as a drawing does, which a whole chart put up anew would not.

import { finder } from "./kit.js";

/** @typedef {{names: string[], shares: number[], written: string[], alt: string, colour: string}} Payload */

const build = (list, n) => {
  while (list.children.length > n) list.lastChild.remove();
  while (list.children.length < n) {
    const bar = document.createElement("div");
    bar.append(document.createElement("b"), document.createElement("i"), document.createElement("span"));
    list.append(bar);
  }
};

export default function (/** @type {import("./kit.js").Mounted} */ { data, parentElement }) {
  const list = finder(parentElement)(".bars");
  const best = Math.max(...data.shares);
  build(list, data.names.length);
  list.setAttribute("aria-label", data.alt);
  list.style.setProperty("--colour", data.colour);
  data.names.forEach((name, k) => {
    const bar = /** @type {any} */ (list.children[k]);
    const [share, fill, label] = bar.children;
    share.textContent = data.shares[k] >= 0.005 ? data.written[k] : "";
    fill.style.height = `${100 * data.shares[k]}%`;
    label.textContent = name;
    bar.title = `${name} : ${data.written[k]}`;
    bar.classList.toggle("best", data.shares[k] === best);
  });
}
