// @ts-check
// Which of these images are real? The visitor marks as many as there are, so that whoever guesses finds half of
// them, checks, and keeps a score over the rounds.

import { fill, finder, html, later, mount, numbers, octets, penOf } from "./kit.js";

/**
 * ``pixels`` (n, height, width, colours) bytes as base64; one colour is grey.
 * @typedef {{
 *   lang: string, text: Record<string, string>, size: [number, number], colours: number, pixels: string, sources: string[],
 *   real: boolean[], round: string,
 * }} Payload
 */

function gameView(/** @type {ShadowRoot} */ root) {
  const component = finder(root)(".component");
  component.classList.add("game-view");
  component.innerHTML = `<div class="tiles" role="group"></div><div class="tools">
    <button class="check" type="button"></button><button class="again" type="button"></button></div>
    <p class="result" role="status"></p>`;
  const $ = finder(component);
  let data = /** @type {Payload} */ (later());
  /** @type {string | null} */
  let round = null;
  let checked = false;
  let total = { right: 0, real: 0 };
  let again = () => {};

  function build() {
    const [w, h] = data.size;
    const pixels = octets(data.pixels);
    $(".tiles").replaceChildren(...data.real.map((_, i) => {
      const canvas = html("canvas", { width: w, height: h });
      const tile = html("button", { type: "button", ariaPressed: "false" }, canvas, html("small"));
      const image = new ImageData(w, h);
      const { colours } = data;
      for (let p = 0; p < w * h; p++) {
        for (let c = 0; c < 3; c++) image.data[4 * p + c] = pixels[(i * w * h + p) * colours + (c % colours)];
        image.data[4 * p + 3] = 255;
      }
      penOf(finder(tile)("canvas")).putImageData(image, 0, 0);
      tile.onclick = () => {
        if (checked) return;
        tile.setAttribute("aria-pressed", String(!isMarked(tile)));
        count();
      };
      return tile;
    }));
    checked = false;
  }
  const isMarked = (/** @type {Element} */ tile) => tile.getAttribute("aria-pressed") === "true";
  const real = () => data.real.filter(Boolean).length;
  // As many marks as there are real images, and the guess can be checked.
  function count() {
    const marked = [...$(".tiles").children].filter(isMarked).length;
    $(".check", HTMLButtonElement).disabled = checked || marked !== real();
    if (!checked) $(".result").textContent = fill(data.text.pick, { real: real(), marked });
  }
  function words() {
    const { text } = data;
    $(".check").textContent = text.check;
    $(".again").textContent = text.again;
    $(".tiles").setAttribute("aria-label", fill(text.pick, { real: real(), marked: 0 }));
    [...$(".tiles").children].forEach((tile, i) =>
      tile.setAttribute("aria-label", fill(text.image, { n: i + 1 }))
    );
    count();
  }
  $(".check").onclick = () => {
    checked = true;
    let right = 0;
    [...$(".tiles").children].forEach((tile, i) => {
      const correct = isMarked(tile) === data.real[i];
      right += Number(correct && data.real[i]);
      tile.classList.add(correct ? "correct" : "wrong");
      tile.children[1].textContent = `${correct ? "✓" : "✗"} ${data.sources[i]}`;
    });
    total = { right: total.right + right, real: total.real + real() };
    $(".check", HTMLButtonElement).disabled = true;
    const chance = numbers(data.lang, 1)(real() ** 2 / data.real.length);
    const result = fill(data.text.score, { right, real: real(), chance });
    $(".result").textContent = total.real > real() ? `${result} ${fill(data.text.total, total)}` : result;
  };
  $(".again").onclick = () => again();

  return {
    update(
      /** @type {Payload} */ fresh,
      /** @type {import("./kit.js").Send} */ _state,
      /** @type {import("./kit.js").Send} */ setTriggerValue,
    ) {
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
