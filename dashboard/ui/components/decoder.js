// Brings a decoder's weights to the browser, where every component that decodes finds them.

const MOST = 4; // decoders kept; each takes some two megabytes

export default function ({ data }) {
  if (decoders.has(data.digest)) return;
  const weights = halves(octets(data.weights));
  decoders.set(data.digest, decoderOf(data.steps, weights));
  while (decoders.size > MOST) decoders.delete(decoders.keys().next().value);
  window.dispatchEvent(new Event("house-decoder"));
}
