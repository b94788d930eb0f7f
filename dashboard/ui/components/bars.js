// @ts-check
// Probabilities as bars, on their own.

import { showBars } from "./bars_list.js";
import { finder } from "./kit.js";

/** @typedef {import("./bars_list.js").Bars} Payload */

export default function (/** @type {import("./kit.js").Mounted<Payload>} */ { data, parentElement }) {
  showBars(finder(parentElement)(".bars"), data);
}
