// @ts-check
// Copies the address of the page as it is now. It stands on every page, so it also tells screen readers and
// Streamlit the page's language, and the server that the connection was lost and is there again; files that were
// chosen meanwhile are given again.

import { keepChosenFiles } from "./files.js";
import { finder, toClipboard } from "./kit.js";
import { speak } from "./words.js";

/**
 * @typedef {import("./words.js").Word} Word
 * @typedef {{lang: string, label: string, copied: string, files: import("./files.js").Texts, words: Word[]}} Payload
 */

// A control that changes the address of its page replaces it: one press of Back leaves the page.
const keepHistoryShort = () => {
  const page = /** @type {any} */ (globalThis);
  if (page.houseHistory) return;
  page.houseHistory = true;
  const push = history.pushState.bind(history);
  history.pushState = (state, title, address) => {
    const same = new URL(address ?? "", window.location.href).pathname === window.location.pathname;
    if (same) history.replaceState(state, title, address);
    else push(state, title, address);
  };
};

// After a cut the other end may be another server, or the same one started anew, which knows nothing of the
// fragments on the page: their controls would do nothing. So the whole page is asked for again.
const askAgainAfterACut = (/** @type {import("./kit.js").Send} */ send) => {
  const page = /** @type {any} */ (globalThis);
  page.houseBack = send;
  if (page.houseConnection) return;
  const app = /** @type {HTMLElement} */ (document.querySelector("[data-testid=stApp]"));
  let cut = 0; // when
  page.houseConnection = new MutationObserver(() => {
    const here = app.dataset.testConnectionState === "CONNECTED";
    if (here && cut) page.houseBack("back", Date.now() - cut);
    cut = here ? 0 : cut || Date.now();
  });
  page.houseConnection.observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] });
};

export default function (/** @type {import("./kit.js").Mounted} */ { data, parentElement, setTriggerValue }) {
  document.documentElement.lang = data.lang;
  keepHistoryShort();
  askAgainAfterACut(setTriggerValue);
  speak(data.words);
  const button = finder(parentElement)("button");
  const status = finder(parentElement)("[role=status]");
  button.querySelector("span").textContent = data.label;
  const page = /** @type {any} */ (globalThis);
  if (!page.houseFiles) {
    keepChosenFiles(() => page.houseFiles.texts, (sentence) => page.houseFiles.say(sentence));
  }
  const say = (/** @type {string} */ sentence, milliseconds) => {
    status.textContent = sentence;
    clearTimeout(button.timer);
    button.timer = setTimeout(() => (status.textContent = ""), milliseconds);
  };
  page.houseFiles = { texts: data.files, say: (sentence) => say(sentence, 30000) };
  button.onclick = async () => {
    const address = window.location.href;
    const copied = await toClipboard(parentElement, address);
    if (copied) say(data.copied, 4000);
    else say(address, 30000);
  };
}
