// @ts-check
// Heavy things that a map needs once: sheets of thumbnails, films. Kept for the whole visit, so that what
// changes at each click stays small.

import { mapStore } from "./map_shared.js";

/** @typedef {{id: string} & Record<string, any>} Payload */

export default function (/** @type {import("./kit.js").Mounted} */ { data }) {
  const store = mapStore();
  if (store.things[data.id]) return;
  store.things[data.id] = data;
  for (const tell of [...store.told]) tell();
}
