// @ts-check
// Small pictures to choose from: a table of them, or a strip that scrolls sideways. One PNG holds them all.

import { finder, mount } from "./kit.js";

/**
 * @typedef {{
 *   label: string, columns: number, sprite: string, smooth: boolean, chosen: number,
 *   items: {label: string, lines: string[]}[],
 * }} Payload
 */

function thumbnailsView(/** @type {ShadowRoot} */ root) {
  const list = finder(root)(".list");
  let data = /** @type {Payload} */ ({});
  let choose = /** @type {(i: number) => void} */ (() => {});

  list.onclick = ({ target }) => {
    const button = target.closest("button");
    if (button) choose([...list.children].indexOf(button));
  };
  list.onkeydown = (event) => {
    const across = data.columns || 1;
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across, ArrowUp: -across }[event.key];
    const button = list.children[[...list.children].indexOf(root.activeElement ?? event.target) + step];
    if (!step) return;
    event.preventDefault();
    button?.focus();
    button?.click();
  };

  return {
    update(/** @type {Payload} */ fresh, _state, setTriggerValue) {
      const moved = data.chosen !== fresh.chosen;
      data = fresh;
      choose = (i) => setTriggerValue("chosen", i);
      list.setAttribute("aria-label", data.label);
      list.classList.toggle("strip", !data.columns);
      list.classList.toggle("smooth", data.smooth);
      list.style.setProperty("--columns", data.columns || "none");
      const n = data.items.length;
      while (list.children.length > n) list.lastChild.remove();
      while (list.children.length < n) {
        const button = document.createElement("button");
        button.type = "button";
        button.setAttribute("role", "radio");
        button.append(
          document.createElement("i"),
          document.createElement("b"),
          document.createElement("small"),
        );
        list.append(button);
      }
      data.items.forEach(({ label, lines }, i) => {
        const button = list.children[i];
        const [picture, name, facts] = button.children;
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
      const button = list.children[data.chosen];
      if (moved && button) {
        list.scrollLeft = button.offsetLeft - (list.clientWidth - button.offsetWidth) / 2;
        list.scrollTop = button.offsetTop - (list.clientHeight - button.offsetHeight) / 2;
      }
    },
  };
}

export default mount(thumbnailsView);
