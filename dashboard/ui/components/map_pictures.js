// @ts-check
// Small grey pictures side by side. Those of a picked point are drawn by the map itself at once, from the sheets
// that it has; what the server sends then takes their place.

import { findAll, finder, html, penOf, withChildren } from "./kit.js";
import { confirmed, mapStore } from "./map_shared.js";
import { greyTile, TILE } from "./atlas_draw.js";

/**
 * ``pixels`` 784 bytes as base64.
 * @typedef {{point: number | null, pictures: {pixels: string, caption: string, alt: string}[]}} Payload
 */

export default function (/** @type {import("./kit.js").Mounted<Payload>} */ { data, parentElement }) {
  const list = finder(parentElement)(".pictures");
  withChildren(
    list,
    data.pictures.length,
    () => html("figure", {}, html("canvas", { width: TILE, height: TILE }), html("figcaption")),
  );
  const store = mapStore();
  const brushes = findAll(list, "canvas", HTMLCanvasElement).map((canvas) => penOf(canvas));
  const picked = data.point !== null;
  if (picked) store.beside = brushes;
  const late = picked && !confirmed(store, data.point);
  data.pictures.forEach(({ pixels, caption, alt }, k) => {
    const [canvas, words] = list.children[k].children;
    if (!late) brushes[k].drawImage(greyTile(pixels), 0, 0);
    words.textContent = caption;
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", alt);
  });
}
