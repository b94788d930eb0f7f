// @ts-check
// What the parts of the map share in the browser: heavy things that came once (`things`, by name; `told` hears
// of new ones), the pick that the server has yet to confirm (`pending`), the canvases beside the map (`beside`).

import { visit } from "./kit.js";

/**
 * @typedef {{id: string, image: string}} Sheet the address of an image
 * @typedef {{id: string, iterations: number[], exaggerated: number, frames: string}} Film
 * @typedef {{
 *   things: Record<string, Sheet | Film>, told: Set<() => void>, pending: {point: number, since: number} | null,
 *   beside: CanvasRenderingContext2D[] | null,
 * }} Store
 */

/** @returns {Store} */
export const mapStore = () =>
  visit(
    "dashboardMapStore",
    () => /** @type {Store} */ ({ things: {}, told: new Set(), pending: null, beside: null }),
  );

// Whether what the server says of the picked point is the latest pick, and not one that it overtook.
export const confirmed = (/** @type {Store} */ store, /** @type {number | null} */ point) => {
  const { pending } = store;
  if (pending && (pending.point === point || performance.now() - pending.since > 1500)) store.pending = null;
  return !store.pending;
};
