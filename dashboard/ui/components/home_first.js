// @ts-check
// The front page's picture in the first document, before anything of the app has come.

import { finder } from "./kit.js";
import { picture } from "./home_line_picture.js";

/** @param {import("./home_line_picture.js").Payload} payload */
export function begin(payload) {
  const first = finder(document)("#first");
  const $ = finder(first);
  const template = $("template", HTMLTemplateElement);
  const root = $("div").attachShadow({ mode: "open" });
  root.append(template.content);
  const box = finder(root)(".line");
  const view = picture(box);
  view.update(payload);
  const way = $("a", HTMLAnchorElement);
  const asked = new URLSearchParams(location.search);
  asked.set("lang", document.documentElement.lang);
  way.search = String(asked);
  const page = /** @type {{dashboardFirst?: () => {box: HTMLElement, view: typeof view}}} */ (globalThis);
  const end = () => {
    elsewhere.disconnect();
    delete page.dashboardFirst;
    first.remove();
  };
  const elsewhere = new MutationObserver(() => { // another page has been opened meanwhile
    if (!document.querySelector(".st-key-road") || document.querySelector(".st-key-front")) return;
    end();
    view.stop();
  });
  elsewhere.observe(document.body, { childList: true, subtree: true });
  page.dashboardFirst = () => { // who takes it over does so once
    end();
    return { box, view };
  };
}
