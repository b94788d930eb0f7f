// @ts-check
// A film of six seconds from a strip of square frames, one frame melting into the next.

import { finder, mount } from "./kit.js";
import { motion, moving, sharp } from "./motion.js";

/** ``src``: address of the strip. @typedef {{src: string, seconds: number}} Payload */

export default mount((root) => {
  const canvas = finder(root)("canvas");
  const strip = new Image();
  let seconds = 6;
  const draw = (/** @type {number} */ time) => {
    if (!strip.naturalWidth) return;
    const side = strip.naturalWidth;
    const count = Math.floor(strip.naturalHeight / side);
    const at = ((time / 1000 / seconds) % 1) * count;
    const { context, width, height } = sharp(canvas);
    const frame = (/** @type {number} */ k) =>
      context.drawImage(strip, 0, (k % count) * side, side, side, 0, 0, width, height);
    context.globalAlpha = 1;
    frame(Math.floor(at));
    context.globalAlpha = at % 1;
    if (Math.floor(at) + 1 < count) frame(Math.floor(at) + 1);
  };
  // Still, the picture shows what its film ends with.
  const still = () => moving() || draw(seconds * 999);
  strip.onload = still;
  const resized = new ResizeObserver(still);
  const film = motion(canvas, draw);
  return {
    update(/** @type {Payload} */ data) {
      seconds = data.seconds;
      const address = new URL(data.src, document.baseURI).href;
      if (strip.src !== address) strip.src = address;
      resized.observe(canvas);
      film.start();
    },
    stop() {
      resized.disconnect();
      film.stop();
    },
  };
});
