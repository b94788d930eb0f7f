// @ts-check
// The front page's picture on its page. Where the first document has drawn it already (`home_first.js`), that one moves
// here as it stands, with the visitor's hand on it.

import { finder, mount } from "./kit.js";
import { picture } from "./home_line_picture.js";

export default mount((root) => {
  const box = finder(root)(".line");
  const page =
    /** @type {{dashboardFirst?: () => {box: Node, view: ReturnType<typeof picture>}}} */ (globalThis);
  const first = page.dashboardFirst?.();
  if (!first) return picture(box);
  box.replaceWith(first.box);
  return first.view;
});
