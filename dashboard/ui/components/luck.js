// @ts-check
// Many starts of one network, a tile each: what each answers on the plane while all of them learn.

import { arrowStep, fill, findAll, finder, html, later, mount, numbers, withChildren } from "./kit.js";
import { sharp } from "./motion.js";
import { filmPlayer } from "./player.js";

/**
 * ``sheet``: address of an image with a square of ``columns`` x ``columns`` tiles a moment, one below the other.
 * ``scores`` a row a moment, in percent, of which ``solved`` says whether they are enough.
 * @typedef {{
 *   lang: string, text: import("./player.js").Texts, sheet: string, columns: number, seeds: number[], epochs: number[],
 *   scores: number[][], solved: boolean[][], colour: string, film_id: string, start: number | null,
 * }} Payload
 */

const GAP = 0.06; // of a tile's side

class LuckView {
  data = /** @type {Payload} */ (later());
  open = /** @type {(place: number) => void} */ (later());
  sheet = new Image();
  frame = 0;
  share = 0;

  /** @param {ShadowRoot} root */
  constructor(root) {
    this.component = finder(root)(".component");
    this.component.classList.add("luck-view");
    this.component.innerHTML =
      `<div class="stage"><canvas></canvas><div class="tiles veiled" role="group"></div></div>
      <p class="told veiled"><b></b> <span></span></p><div class="transport"></div>`;
    this.$ = finder(this.component);
    this.player = filmPlayer({
      param: "epoch",
      place: (at) => this.data.epochs[at],
      onFrame: (frame, share) => this.turn(frame, share),
    });
    this.$(".transport").append(this.player.element);
    this.sheet.onload = () => this.draw();
    const tiles = this.$(".tiles");
    const buttons = () => findAll(tiles, "button", HTMLElement);
    tiles.onclick = ({ target }) => {
      const button = /** @type {Element} */ (target).closest("button");
      if (button) this.open([...tiles.children].indexOf(button));
    };
    tiles.onkeydown = (event) => {
      const step = arrowStep(event.key, this.data.columns);
      if (!step) return;
      const here = buttons().indexOf(/** @type {HTMLElement} */ (event.target));
      event.preventDefault(); // nor does the player step
      buttons()[here + step]?.focus();
    };
    tiles.addEventListener("focusin", ({ target }) => {
      for (const tile of buttons()) tile.tabIndex = tile === target ? 0 : -1;
    });
    this.resized = new ResizeObserver(() => this.draw());
  }

  /** @type {(frame: number, share: number) => void} */
  turn(frame, share) {
    [this.frame, this.share] = [frame, share];
    this.tell();
    this.draw();
  }
  // What is said changes from moment to moment only.
  tell() {
    const { data: { lang, text, seeds, epochs, scores, solved }, frame } = this;
    if (this.component.dataset.told === `${this.data.film_id} ${frame}`) return;
    this.component.dataset.told = `${this.data.film_id} ${frame}`;
    const say = numbers(lang, 0);
    const count = solved[frame].filter(Boolean).length;
    this.$(".told b").textContent = fill(text.count, { solved: count, n: seeds.length });
    this.$(".told span").textContent = fill(text.epoch, { epoch: say(epochs[frame]) });
    findAll(this.component, ".tiles button", HTMLElement).forEach((tile, i) => {
      tile.classList.toggle("solved", solved[frame][i]);
      tile.title = fill(text.tile, { seed: seeds[i], score: say(scores[frame][i]) });
      tile.setAttribute("aria-label", tile.title);
    });
  }
  draw() {
    const { sheet, frame, share, data } = this;
    if (!data || !sheet.naturalWidth) return;
    const { context, width, height } = sharp(this.$("canvas"));
    const side = sheet.naturalWidth / data.columns;
    const wide = width / data.columns;
    context.clearRect(0, 0, width, height);
    const paint = (/** @type {number} */ moment, /** @type {number} */ alpha) => {
      context.globalAlpha = alpha;
      data.seeds.forEach((_, i) => {
        const [column, row] = [i % data.columns, Math.floor(i / data.columns)];
        const [x, y] = [column * side + 0.5, moment * sheet.naturalWidth + row * side + 0.5];
        const [left, top, size] = [(column + GAP / 2) * wide, (row + GAP / 2) * wide, wide * (1 - GAP)];
        context.drawImage(sheet, x, y, side - 1, side - 1, left, top, size, size);
      });
    };
    paint(frame, 1);
    if (share) paint(frame + 1, share);
    this.$("canvas").dataset.drawn = String(frame);
  }

  /** @param {Payload} fresh @param {import("./kit.js").Send} _state @param {import("./kit.js").Send} trigger */
  update(fresh, _state, trigger) {
    this.data = fresh;
    this.open = (/** @type {number} */ i) => trigger("opened", fresh.seeds[i]);
    const tiles = this.$(".tiles");
    tiles.style.setProperty("--columns", String(fresh.columns));
    tiles.style.setProperty("--solved", fresh.colour);
    tiles.setAttribute("aria-label", fresh.text.alt);
    withChildren(tiles, fresh.seeds.length, () => html("button", { type: "button" }));
    findAll(tiles, "button", HTMLElement).forEach((tile, i) => (tile.tabIndex = i ? -1 : 0));
    if (this.sheet.src !== fresh.sheet) this.sheet.src = fresh.sheet;
    delete this.component.dataset.told;
    this.frame = Math.min(this.frame, fresh.epochs.length - 1);
    const { start: opened } = fresh;
    const start = opened === null ? null : fresh.epochs.findLastIndex((e) => e <= opened);
    const { epochs: { length: count }, film_id: film, text } = fresh;
    this.player.load({ film, count, start, words: text.player, next: text.next });
    this.resized.observe(this.$("canvas"));
  }
  stop() {
    this.player.stop();
    this.resized.disconnect();
  }
}

export default mount((root) => new LuckView(root));
