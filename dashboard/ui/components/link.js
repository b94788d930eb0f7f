// @ts-check
// Copies the address of the page as it is now. It stands on every page, so it also tells screen readers and
// Streamlit the page's language, and the server that the connection was lost and is there again; files that were
// chosen meanwhile are given again.

import { keepChosenFiles } from "./files.js";
import { finder, toClipboard } from "./kit.js";
import { watchCamera } from "./permission.js";
import { speak } from "./words.js";

/**
 * @typedef {import("./words.js").Word} Word
 * @typedef {{lang: string, label: string, copied: string, files: import("./files.js").Texts, words: Word[], camera: Record<string, Word>, visit: string}} Payload
 */

// After a cut the other end may be another server, or the same one started anew, which knows nothing of the
// fragments on the page: their controls would do nothing. So the whole page is asked for again.
const askAgainAfterACut = (/** @type {import("./kit.js").Send} */ send, /** @type {string} */ visit) => {
  const page =
    /** @type {{dashboardBack?: import("./kit.js").Send, dashboardVisit?: string, dashboardConnection?: MutationObserver}} */ (globalThis);
  page.dashboardBack = send;
  page.dashboardVisit = visit;
  if (page.dashboardConnection) return;
  const app = /** @type {HTMLElement} */ (document.querySelector("[data-testid=stApp]"));
  let cut = ""; // which visit
  page.dashboardConnection = new MutationObserver(() => {
    const here = app.dataset.testConnectionState === "CONNECTED";
    if (here && cut) page.dashboardBack?.("cut", cut);
    cut = here ? "" : cut || page.dashboardVisit || "";
  });
  page.dashboardConnection.observe(app, {
    attributes: true,
    attributeFilter: ["data-test-connection-state"],
  });
};

/** What the watch over chosen files says, and how. @typedef {{texts: Payload["files"], say: (sentence: string) => void}} Told */

let silence = 0; // until what was said goes

export default function (
  /** @type {import("./kit.js").Mounted<Payload>} */ { data, parentElement, setStateValue },
) {
  document.documentElement.lang = data.lang;
  askAgainAfterACut(setStateValue, data.visit);
  const camera = watchCamera(() => {
    speak(camera.reason ? [...data.words, data.camera[camera.reason]] : data.words);
  });
  camera.tell();
  const button = finder(parentElement)("button");
  const status = finder(parentElement)("[role=status]");
  finder(button)("span").textContent = data.label;
  const say = (/** @type {string} */ sentence, /** @type {number} */ milliseconds) => {
    status.textContent = sentence;
    clearTimeout(silence);
    silence = setTimeout(() => (status.textContent = ""), milliseconds);
  };
  const page = /** @type {{dashboardFiles?: Told}} */ (globalThis);
  const first = !page.dashboardFiles;
  const told = page.dashboardFiles = { texts: data.files, say: (sentence) => say(sentence, 30000) };
  if (first) {
    keepChosenFiles(
      () => (page.dashboardFiles ?? told).texts,
      (sentence) => (page.dashboardFiles ?? told).say(sentence),
    );
  }
  button.onclick = async () => {
    const address = window.location.href;
    const copied = await toClipboard(parentElement, address);
    if (copied) say(data.copied, 4000);
    else say(address, 30000);
  };
}
