// @ts-check
// Holds the visitor's own classes while the page is open. A visit that begins anew in it, after a cut, has lost
// them: then they are sent again, until the server has them.

import { mount, visit } from "./kit.js";

/** ``classes``: those of this visit, as the server packs them; none while there is nothing to hold.
 * @typedef {{visit: string, classes: unknown[]}} Payload */

const held = visit("dashboardClasses", () => ({
  of: /** @type {Payload} */ ({ visit: "", classes: [] }),
  sent: "", // to which visit
}));

export default mount(() => ({
  update(/** @type {Payload} */ data, /** @type {import("./kit.js").Send} */ state) {
    if (data.classes.length || held.of.visit === data.visit || !held.of.classes.length) {
      held.of = data;
      if (held.sent) state("again", null);
      held.sent = "";
    } else if (held.sent !== data.visit) {
      held.sent = data.visit;
      state("again", held.of.classes);
    }
  },
}));
