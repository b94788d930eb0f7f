// @ts-check
// Brings a decoder's weights to the browser, where every component that decodes finds them.

import { octets } from "./kit.js";
import { decoderOf, decoders, halves } from "./neural.js";

/** @typedef {{digest: string, size: number, steps: import("./neural.js").Step[], weights: string}} Payload */

const WARM = 4;
const MOST = 4; // decoders kept; each takes some two megabytes

export default function (/** @type {import("./kit.js").Mounted<Payload>} */ { data }) {
  if (decoders.has(data.digest)) return;
  const decode = decoderOf(data.steps, halves(octets(data.weights)));
  // The browser compiles what has run a few times: better now than under the visitor's finger.
  for (let k = 0; k < WARM; k++) decode(new Float32Array(data.size));
  decoders.set(data.digest, decode);
  for (const digest of [...decoders.keys()].slice(0, -MOST)) decoders.delete(digest);
  window.dispatchEvent(new Event("dashboard-decoder"));
}
