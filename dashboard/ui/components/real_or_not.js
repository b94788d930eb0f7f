// @ts-check
// Which of these images are real? The visitor marks them, checks, and keeps a score over the rounds.

import { fill, finder, mount, octets } from "./kit.js";

/**
 * ``pixels`` (n, height, width) bytes as base64.
 * @typedef {{
 *   lang: string, text: Record<string, string>, size: [number, number], pixels: string, sources: string[],
 *   real: boolean[], round: string,
 * }} Payload
 */

function gameView(/** @type {ShadowRoot} */ root) {
  const house = finder(root)(".house");
  house.classList.add("game-view");
  house.innerHTML = `<div class="tiles" role="group"></div><div class="tools">
    <button class="check" type="button"></button><button class="again" type="button"></button></div>
    <p class="result" role="status"></p>`;
  const $ = finder(house);
  let data = /** @type {Payload} */ (null);
  let round = null;
  let checked = false;
  let total = { right: 0, n: 0 };
  let again = () => {};

  function build() {
    const [w, h] = data.size;
    const pixels = octets(data.pixels);
    $(".tiles").replaceChildren(...data.real.map((_, i) => {
      const tile = document.createElement("button");
      tile.type = "button";
      tile.innerHTML = `<canvas width="${w}" height="${h}"></canvas><small></small>`;
      tile.setAttribute("aria-pressed", "false");
      const image = new ImageData(w, h);
      const words = new Uint32Array(image.data.buffer);
      for (let p = 0; p < w * h; p++) words[p] = 0xff000000 | (pixels[i * w * h + p] * 0x010101);
      finder(tile)("canvas").getContext("2d").putImageData(image, 0, 0);
      tile.onclick = () => {
        if (!checked) tile.setAttribute("aria-pressed", String(tile.getAttribute("aria-pressed") !== "true"));
      };
      return tile;
    }));
    checked = false;
    $(".check").disabled = false;
  }
  function words() {
    const { text } = data;
    $(".check").textContent = text.check;
    $(".again").textContent = text.again;
    $(".tiles").setAttribute("aria-label", text.pick);
    [...$(".tiles").children].forEach((tile, i) =>
      tile.setAttribute("aria-label", fill(text.image, { n: i + 1 }))
    );
    if (!checked) $(".result").textContent = text.pick;
  }
  $(".check").onclick = () => {
    checked = true;
    let right = 0;
    [...$(".tiles").children].forEach((tile, i) => {
      const good = (tile.getAttribute("aria-pressed") === "true") === data.real[i];
      right += Number(good);
      tile.classList.add(good ? "good" : "bad");
      tile.lastChild.textContent = `${good ? "✓" : "✗"} ${data.sources[i]}`;
    });
    total = { right: total.right + right, n: total.n + data.real.length };
    $(".check").disabled = true;
    const result = fill(data.text.score, { right, n: data.real.length });
    $(".result").textContent = total.n > data.real.length
      ? `${result} ${fill(data.text.total, total)}`
      : result;
  };
  $(".again").onclick = () => again();

  return {
    update(/** @type {Payload} */ fresh, _state, setTriggerValue) {
      data = fresh;
      again = () => setTriggerValue("again", true);
      if (data.round !== round) {
        round = data.round;
        build();
      }
      words();
    },
  };
}

export default mount(gameView);
