// @ts-check
// A film of signed numbers as an image: orange below zero, blue above, the stronger the farther.

import { fill, filmAt, findAll, finder, floats, later, mount, numbers, penOf } from "./kit.js";
import { onDark, tints } from "./maps.js";
import { filmPlayer } from "./player.js";

/**
 * ``frames`` (count, height, width) float32 as base64; ``peak`` what gets the full colour.
 * @typedef {{
 *   lang: string, text: import("./player.js").Texts, frames: string, size: [number, number], peak: number,
 *   colours: import("./maps.js").Colours, film_id: string, param: string, start: number | null,
 * }} Payload
 */

class SignedFilmView {
  data = /** @type {Payload} */ (later());
  frames = new Float32Array();
  now = new Float32Array(); // what is shown
  pointed = /** @type {[number, number] | null} */ (null); // column and row under the pointer
  frame = 0;
  dark = false;
  player = /** @type {ReturnType<typeof filmPlayer>} */ (later());

  /** @param {ShadowRoot} root */
  constructor(root) {
    this.component = finder(root)(".component");
    this.component.classList.add("signed-film");
    this.component.innerHTML = `<b class="title"></b><div class="stage"><canvas role="img"></canvas></div>
      <div class="scale"><span></span><i></i><span></span></div><p class="told"></p><div class="transport"></div>`;
    this.$ = finder(this.component);
    const canvas = this.$("canvas");
    canvas.onpointermove = ({ offsetX, offsetY }) => {
      const [width, height] = this.data.size;
      this.point([
        Math.floor((offsetX / canvas.clientWidth) * width),
        Math.floor((offsetY / canvas.clientHeight) * height),
      ]);
    };
    canvas.onpointerleave = () => this.point(null);
  }

  /** @param {[number, number] | null} place */
  point(place) {
    this.pointed = place;
    this.tell();
  }
  /** @type {(frame: number, share: number) => void} */
  turn(frame, share) {
    const [width, height] = this.data.size;
    this.frame = frame;
    this.now = filmAt(this.frames, width * height, frame, share);
    this.draw();
  }
  draw() {
    const { now, data: { size: [width, height], peak, colours, text } } = this;
    const canvas = this.$("canvas");
    Object.assign(canvas, { width, height });
    const pen = penOf(canvas);
    const image = pen.createImageData(width, height);
    const tint = tints(colours, this.dark);
    now.forEach((v, i) => image.data.set([...tint(v / peak), 255], 4 * i));
    pen.putImageData(image, 0, 0);
    canvas.dataset.drawn = String(Number(canvas.dataset.drawn ?? 0) + 1);
    canvas.setAttribute("aria-label", `${text.alt} ${fill(text.frame, { k: this.frame })}`);
    this.tell();
  }
  tell() {
    const { now, pointed, frame, data: { lang, size: [width], text } } = this;
    const at = pointed &&
      { column: pointed[0], row: pointed[1], v: numbers(lang, 2)(now[pointed[1] * width + pointed[0]]) };
    this.$(".told").textContent = at ? fill(text.pixel, at) : fill(text.frame, { k: frame });
  }

  /** @param {Payload} fresh */
  update(fresh) {
    this.data = fresh;
    this.dark = onDark(this.component);
    this.frames = floats(fresh.frames);
    const { text, colours, peak, lang, size } = fresh;
    this.$(".title").textContent = text.title;
    const scale = this.$(".scale");
    const stops = [colours.negative, colours.neutral[this.dark ? 1 : 0], colours.positive];
    scale.style.setProperty("--scale", `linear-gradient(90deg, ${stops})`);
    const [low, high] = findAll(scale, "span", HTMLElement);
    [low.textContent, high.textContent] = [-peak, peak].map(numbers(lang, 2));
    if (!this.player) {
      this.player = filmPlayer({ param: fresh.param, onFrame: (frame, share) => this.turn(frame, share) });
      this.$(".transport").append(this.player.element);
    }
    const count = this.frames.length / (size[0] * size[1]);
    this.player.load({ film: fresh.film_id, count, start: fresh.start, words: text.player, next: text.next });
  }
  stop() {
    this.player?.stop();
  }
}

export default mount((root) => new SignedFilmView(root));
