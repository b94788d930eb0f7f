// @ts-check
// The watch of a touch screen in an exhibition: after some seconds without a touch it loads the front page afresh;
// meanwhile nothing leads out of the exhibition.

import { later, mount } from "./kit.js";

/** ``home``: address of a fresh visit. @typedef {{seconds: number, home: string, front: boolean}} Payload */

const TOUCHES = ["pointerdown", "keydown", "wheel", "input"];
const AGAIN = 5000; // milliseconds until the server is asked again, should it not answer

// The page's own links stay inside; so do those within components, whose path the event knows.
const leavesNot = (/** @type {Event} */ event) => {
  const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
  if (!(link instanceof HTMLAnchorElement)) return;
  const out = link.target === "_blank" || link.origin !== window.location.origin;
  if (!out && !link.hasAttribute("download")) return;
  event.preventDefault();
  event.stopPropagation();
};
const shared = /** @type {{dashboardTouched?: boolean}} */ (globalThis); // until the next fresh load, on every page
const never = (/** @type {Event} */ event) => event.preventDefault();

export default mount(() => {
  let data = /** @type {Payload} */ (later());
  let timer = 0;

  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(start, data.seconds * 1000);
  };
  const touch = () => {
    shared.dashboardTouched = true;
    wait();
  };
  // The front page that nobody has touched goes on as it is; a server that is away is waited for.
  async function start() {
    if (data.front && !shared.dashboardTouched) return;
    const answer = await fetch("./_stcore/health").catch(() => null);
    if (answer?.ok) window.location.assign(data.home);
    else timer = setTimeout(start, AGAIN);
  }
  return {
    update(/** @type {Payload} */ fresh) {
      data = fresh;
      for (const name of TOUCHES) window.addEventListener(name, touch, { capture: true, passive: true });
      window.addEventListener("click", leavesNot, true);
      window.addEventListener("contextmenu", never);
      wait();
    },
    stop() {
      clearTimeout(timer);
      for (const name of TOUCHES) window.removeEventListener(name, touch, { capture: true });
      window.removeEventListener("click", leavesNot, true);
      window.removeEventListener("contextmenu", never);
    },
  };
});
