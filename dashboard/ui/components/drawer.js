// @ts-check
// On a narrow screen, the button that unfolds the controls under the stage; frame.css hides them until then.

import { finder } from "./kit.js";

/** @typedef {{label: string}} Payload */

export default function (/** @type {import("./kit.js").Mounted<Payload>} */ { data, parentElement }) {
  const button = finder(parentElement)("button");
  const root = document.documentElement;
  const say = () => button.setAttribute("aria-expanded", String(root.dataset.settings === "open"));
  button.textContent = data.label;
  button.onclick = () => {
    root.dataset.settings = root.dataset.settings === "open" ? "closed" : "open";
    say();
  };
  say();
}
