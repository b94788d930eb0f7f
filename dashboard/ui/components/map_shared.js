// @ts-check
// What the parts of the map share in the browser: heavy things that came once (`things`, by name; `told` hears
// of new ones), the pick that the server has yet to confirm (`pending`), the canvases beside the map (`beside`).

export const mapStore = () => (/** @type {any} */ (globalThis).houseMapStore ??= {
  things: {},
  told: new Set(),
  pending: null,
  beside: null,
});

// Whether what the server says of the picked point is the latest pick, and not one that it overtook.
export const confirmed = (store, point) => {
  const { pending } = store;
  if (pending && (pending.point === point || performance.now() - pending.since > 1500)) store.pending = null;
  return !store.pending;
};
