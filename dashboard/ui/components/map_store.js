// @ts-check
// Heavy things that a map needs once: sheets of thumbnails, films. Kept for the whole visit, so that what
// changes at each click stays small.

import { mapStore } from "./map_shared.js";

/** @typedef {import("./map_shared.js").Sheet | import("./map_shared.js").Film} Payload */

export default function (/** @type {import("./kit.js").Mounted<Payload>} */ { data }) {
  const store = mapStore();
  if (store.things[data.id]) return;
  store.things[data.id] = data;
  for (const tell of [...store.told]) tell();
}
