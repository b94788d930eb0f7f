// @ts-check
// Small pictures to choose from: a table of them, or a strip that scrolls sideways. One PNG holds them all.

import { arrowStep, child, findAll, finder, html, later, mount, withChildren } from "./kit.js";

/**
 * @typedef {{
 *   label: string, columns: number, sprite: string, smooth: boolean, chosen: number,
 *   items: {label: string, lines: string[]}[],
 * }} Payload
 */

function thumbnailsView(/** @type {ShadowRoot} */ root) {
  const list = finder(root)(".list");
  let data = /** @type {Payload} */ (later());
  const buttons = () => findAll(list, "button", HTMLButtonElement);
  let choose = /** @type {(i: number) => void} */ (() => {});

  list.onclick = ({ target }) => {
    const button = /** @type {Element} */ (target).closest("button");
    if (button) choose(buttons().indexOf(button));
  };
  list.onkeydown = (event) => {
    const step = arrowStep(event.key, data.columns || 1);
    if (!step) return;
    event.preventDefault();
    const here = /** @type {HTMLButtonElement} */ (root.activeElement ?? event.target);
    const button = buttons()[buttons().indexOf(here) + step];
    button?.focus();
    button?.click();
  };

  return {
    update(
      /** @type {Payload} */ fresh,
      /** @type {import("./kit.js").Send} */ _state,
      /** @type {import("./kit.js").Send} */ setTriggerValue,
    ) {
      const moved = data?.chosen !== fresh.chosen;
      data = fresh;
      choose = (i) => setTriggerValue("chosen", i);
      list.setAttribute("aria-label", data.label);
      list.classList.toggle("strip", !data.columns);
      list.classList.toggle("smooth", data.smooth);
      list.style.setProperty("--columns", String(data.columns || "none"));
      const n = data.items.length;
      withChildren(
        list,
        n,
        () => html("button", { type: "button", role: "radio" }, html("i"), html("b"), html("small")),
      );
      data.items.forEach(({ label, lines }, i) => {
        const button = buttons()[i];
        const picture = child(button, 0, HTMLElement);
        const [, name, facts] = button.children;
        button.title = label;
        button.setAttribute("aria-label", label);
        button.setAttribute("aria-checked", String(i === data.chosen));
        button.tabIndex = i === data.chosen ? 0 : -1;
        picture.style.backgroundImage = `url(${data.sprite})`;
        picture.style.backgroundSize = `${100 * n}% 100%`;
        picture.style.backgroundPosition = `${n > 1 ? (100 * i) / (n - 1) : 0}% 0`;
        name.textContent = lines[0] ?? "";
        facts.textContent = lines.slice(1).join("\n");
      });
      // Within its own box alone: the page must not jump.
      const button = buttons()[data.chosen];
      if (moved && button) {
        list.scrollLeft = button.offsetLeft - (list.clientWidth - button.offsetWidth) / 2;
        list.scrollTop = button.offsetTop - (list.clientHeight - button.offsetHeight) / 2;
      }
    },
  };
}

export default mount(thumbnailsView);
