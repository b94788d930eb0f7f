// @ts-check
// Signed maps laid over an image, any number of them, and one pair of sliders for all: how opaque the maps
// are, and how much of the image is taken away in the order that each map gives. Nothing asks the server.
// The panels are mounted apart, so that each appears when it is ready; they hear the sliders by an event. Where
// the sliders stand joins the address: a link reopens the images as they were.

import { finder, html, later, mount, octets, penOf, remember, visit } from "./kit.js";

/**
 * Of the sliders, or of one panel: ``image``, ``map`` and ``faded`` are addresses of images, ``ranks`` two bytes a
 * patch, base64.
 * @typedef {{lang: string, text: Record<string, string>, curve?: undefined}} Sliders
 * @typedef {{
 *   lang: string, text: Record<string, string>, image: string, map: string, pixels: boolean, faded: string,
 *   ranks: string, curve: {shares: number[], probabilities: number[]},
 * }} Panel
 */

const MOVED = "dashboard-overlay";
/** @type {Record<string, number>} */
const START = { opacity: 75, share: 0 }; // percent
const asked = (/** @type {string} */ name) => {
  const text = new URL(window.location.href).searchParams.get(name) ?? "";
  return (/^(100|\d{1,2})$/.test(text) ? Number(text) : START[name]) / 100;
};
/** @type {Record<string, number>} */
const levels = visit("dashboardOverlay", () => ({ opacity: asked("opacity"), share: asked("share") }));

function controlsView(/** @type {ShadowRoot} */ root) {
  const box = finder(root)(".overlay");
  box.className = "overlay sliders";
  const rows = ["opacity", "share"].map((name) => {
    const [text, output] = [html("span"), html("output")];
    const range = html("input", { type: "range", min: "0", max: "100" });
    range.dataset.name = name;
    box.append(html("label", {}, text, range, output));
    return { name, range, output, text };
  });
  let lang = "fr";
  const show = () => {
    const format = new Intl.NumberFormat(lang, { style: "percent", maximumFractionDigits: 0 });
    for (const { name, range, output } of rows) {
      range.value = String(100 * levels[name]);
      output.textContent = format.format(levels[name]);
      range.setAttribute("aria-valuetext", output.textContent);
    }
  };
  box.oninput = ({ target }) => {
    const { dataset, value } = /** @type {HTMLInputElement} */ (target);
    levels[dataset.name ?? ""] = Number(value) / 100;
    show();
    window.dispatchEvent(new Event(MOVED));
  };
  box.onchange = ({ target }) => {
    const { dataset: { name = "" }, value } = /** @type {HTMLInputElement} */ (target);
    remember(name, Number(value) === START[name] ? null : value);
  };
  return {
    update(/** @type {Sliders} */ data) {
      lang = data.lang;
      for (const { name, range, text } of rows) {
        text.textContent = data.text[name];
        range.setAttribute("aria-label", data.text[name]);
      }
      show();
    },
  };
}

function panelView(/** @type {ShadowRoot} */ root) {
  const box = finder(root)(".overlay");
  box.className = "overlay panel";
  box.innerHTML = `<figure><div class="stage"><canvas role="img"></canvas><img class="map" alt=""></div>
    <figcaption><b></b><span class="left"></span><span class="note"></span></figcaption></figure>`;
  const $ = finder(box);
  const canvas = $("canvas");
  const context = penOf(canvas);
  const [whole, faded] = [new Image(), new Image()];
  let data = /** @type {Panel} */ (later());
  let ranks = /** @type {Uint16Array} */ (new Uint16Array());

  // The probability between two measured shares lies on the line that joins them.
  const probability = (/** @type {number} */ share) => {
    const { shares, probabilities } = data.curve;
    const k = Math.max(1, shares.findIndex((s) => s >= share));
    const between = (share - shares[k - 1]) / (shares[k] - shares[k - 1]);
    return probabilities[k - 1] + between * (probabilities[k] - probabilities[k - 1]);
  };
  function draw() {
    if (!data || !whole.naturalWidth) return;
    box.style.setProperty("--opacity", String(levels.opacity));
    if (canvas.width !== whole.naturalWidth) {
      [canvas.width, canvas.height] = [whole.naturalWidth, whole.naturalHeight];
    }
    context.drawImage(whole, 0, 0);
    const share = data.curve ? levels.share : 0;
    if (share > 0 && faded.naturalWidth) {
      const across = Math.sqrt(ranks.length);
      const [w, h] = [canvas.width / across, canvas.height / across];
      ranks.forEach((rank, i) => {
        if (rank >= share * ranks.length) return;
        const [x, y] = [(i % across) * w, Math.floor(i / across) * h];
        context.drawImage(faded, x, y, w, h, x, y, w, h);
      });
    }
    const percent = new Intl.NumberFormat(data.lang, { style: "percent", maximumFractionDigits: 0 });
    $(".left").textContent = data.curve
      ? data.text.left.replace("{share}", percent.format(share)).replace(
        "{p}",
        percent.format(probability(share)),
      )
      : "";
  }
  whole.onload = draw;
  faded.onload = draw;
  return {
    update(/** @type {Panel} */ fresh) {
      data = fresh;
      window.addEventListener(MOVED, draw); // once, however often it is said
      if (data.curve) ranks = new Uint16Array(octets(data.ranks).buffer);
      $("b").textContent = data.text.title;
      $(".note").textContent = data.text.note;
      canvas.setAttribute("aria-label", data.text.alt);
      $(".map", HTMLImageElement).src = data.map;
      box.classList.toggle("pixels", data.pixels);
      if (whole.src !== data.image) whole.src = data.image;
      if (data.curve && faded.src !== data.faded) faded.src = data.faded;
      draw();
    },
    stop: () => window.removeEventListener(MOVED, draw),
  };
}

export default mount((root) => {
  // Sliders or a panel: the first payload tells.
  let [controls, panel] = [
    /** @type {ReturnType<typeof controlsView> | null} */ (null),
    /** @type {ReturnType<typeof panelView> | null} */ (null),
  ];
  return {
    update(/** @type {Sliders | Panel} */ data) {
      if (data.curve === undefined) (controls ??= controlsView(root)).update(data);
      else (panel ??= panelView(root)).update(data);
    },
    stop: () => panel?.stop(),
  };
});
