// Heavy things that a map needs once: sheets of thumbnails, films. Kept for the whole visit, so that what
// changes at each click stays small.

export default function ({ data }) {
  const store = mapStore();
  if (store.things[data.id]) return;
  store.things[data.id] = data;
  for (const tell of [...store.told]) tell();
}
