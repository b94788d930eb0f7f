// @ts-check
// A network describes an image: word after word, where it looked for each, and the words it hesitated between.

import { caption, picture, SHADED } from "./caption.js";
import { fill, finder, html, later, mount, numbers } from "./kit.js";
import { filmPlayer } from "./player.js";

/**
 * ``others``: for each piece of the text the likeliest pieces and their probability, the one taken first.
 * @typedef {import("./caption.js").Caption & {
 *   lang: string, text: import("./player.js").Texts, src: string, alt: string, others: [string, number][][], film: string,
 *   start: number | null, limit: number,
 * }} Payload
 */

const MARKUP = `
  <figure><div class="stage"><img>${SHADED}</div><figcaption></figcaption></figure>
  <div class="transport"></div>
  <div class="panel veiled"><p class="said" translate="no"></p><p class="aside"></p>
    <div class="others"><b></b><ol></ol></div></div>`;

function describeView(/** @type {ShadowRoot} */ root) {
  const component = finder(root)(".component");
  component.classList.add("describe-view");
  component.innerHTML = MARKUP;
  const $ = finder(component);
  let data = /** @type {Payload} */ (later());
  let film = "";

  const name = (/** @type {string} */ piece) => piece.trim() || data.text.end;
  const look = (/** @type {number} */ word) => {
    words.light(word);
    const others = data.others[word] ?? [];
    $(".others b").textContent = others.length
      ? fill(data.text.others, { word: name(data.pieces[word]) })
      : "";
    const share = numbers(data.lang, 0);
    $(".others ol").replaceChildren(...others.map(([piece, chance]) => {
      const percent = `${share(100 * chance)}${data.text.percent}`;
      const line = html("li", {}, html("span", {}, name(piece)), html("i", {}, percent));
      line.style.setProperty("--share", `${100 * chance}%`);
      return line;
    }));
  };
  const words = caption(
    $(".said"),
    $(".shade", HTMLCanvasElement),
    (word) => look(word < 0 ? player.frame - 1 : word),
  );
  const player = filmPlayer({
    param: "word",
    onFrame: (frame) => {
      words.reveal(frame);
      look(frame - 1);
      component.dataset.shown = String(frame);
    },
  });
  $(".transport").append(player.element);

  return {
    stop: player.stop,
    update(/** @type {Payload} */ fresh) {
      data = fresh;
      const { text, pieces, start } = fresh;
      if (fresh.film !== film) {
        film = fresh.film;
        picture(component, { src: fresh.src, alt: fresh.alt, title: "" });
        words.load(fresh);
        $(".aside").textContent = fill(text.length, { used: pieces.join("").length, limit: fresh.limit });
      }
      player.load({ film, count: pieces.length + 1, start, words: text.player, next: text.next });
    },
  };
}

export default mount(describeView);
