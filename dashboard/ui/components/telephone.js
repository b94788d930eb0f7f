// @ts-check
// The telephone game: an image becomes a text, which becomes an image, ten times over. First a bet, then the film.

import { fill, finder, html, later, mount } from "./kit.js";
import { filmPlayer, LONGEST } from "./player.js";

/**
 * ``rounds``: each image, what was said of it, and how many facts of the first one it shows.
 * @typedef {{
 *   text: import("./player.js").Texts, rounds: {src: string, said: string, left: number}[], total: number, bets: number[],
 *   film: string,
 * }} Payload
 */

const FADING = 0.4; // share of a round in which a text becomes the next image; in the rest that one's is written

const MARKUP = `
  <div class="bet"><p></p><div class="tools"></div></div>
  <p class="verdict" role="status"></p>
  <div class="round">
    <div class="stage"><img class="now"><img class="next" alt="" aria-hidden="true"></div>
    <div class="telling"><b></b><p class="said" translate="no"></p></div>
  </div>
  <div class="transport"></div>
  <ol class="strip"></ol>`;

function telephoneView(/** @type {ShadowRoot} */ root) {
  const component = finder(root)(".component");
  component.classList.add("telephone-view");
  component.innerHTML = MARKUP;
  const $ = finder(component);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let data = /** @type {Payload} */ (later());
  let bet = -1;
  const last = () => data.rounds.length - 1;
  const player = filmPlayer({ param: "round", onFrame: draw });
  $(".transport").append(player.element);

  function draw(/** @type {number} */ frame, /** @type {number} */ share) {
    if (!data) return;
    const says = data.text;
    const told = frame + Number(share > FADING);
    const { said, left } = data.rounds[told];
    const name = told ? fill(says.round, { n: told }) : says.first;
    Object.assign($(".now"), { src: data.rounds[frame].src, alt: fill(says.alt, { n: frame }) });
    $(".next", HTMLImageElement).src = data.rounds[Math.min(frame + 1, last())].src;
    $(".next").style.opacity = String(Math.min(1, share / FADING));
    $(".telling b").textContent = `${name} — ${fill(says.left, { left, total: data.total })}`;
    const written = told > frame ? (share - FADING) / (1 - FADING) : 1;
    $(".said").textContent = said.slice(0, Math.ceil(said.length * written));
    [...$(".strip").children].forEach((item, k) => {
      item.classList.toggle("unseen", k > frame);
      item.toggleAttribute("aria-current", k === frame);
    });
    component.dataset.shown = String(frame);
    if (frame === last() && bet >= 0) {
      $(".verdict").textContent = fill(says.verdict, {
        bet,
        left: data.rounds[last()].left,
        total: data.total,
      });
    }
  }

  function ask() {
    bet = -1;
    component.classList.add("guessing");
    $(".verdict").textContent = "";
    $(".bet p").textContent = fill(data.text.bet, { total: data.total });
    $(".bet .tools").replaceChildren(...data.bets.map((count) => {
      const button = html("button", {}, String(count));
      button.onclick = () => {
        bet = count;
        component.classList.remove("guessing");
        watch(calm.matches ? 0 : null); // who wants no motion steps through the film
      };
      return button;
    }));
  }

  const watch = (/** @type {number | null} */ still) =>
    player.load({
      film: data.film,
      count: data.rounds.length,
      still,
      seconds: LONGEST,
      words: data.text.player,
      next: data.text.next,
    });

  return {
    stop: player.stop,
    update(/** @type {Payload} */ fresh) {
      const again = data?.film === fresh.film;
      data = fresh;
      if (again) return bet < 0 ? undefined : watch(null);
      $(".strip").replaceChildren(
        ...data.rounds.map(({ src, left }) =>
          html("li", {}, html("img", { src, alt: "" }), html("small", {}, String(left)))
        ),
      );
      ask();
      draw(0, 0);
      return undefined;
    },
  };
}

export default mount(telephoneView);
