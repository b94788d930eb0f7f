// @ts-check
// A translating browser puts <font> elements in the place of texts. The page's own library still holds the texts,
// and when it removes or moves one that is no longer where it was put, the whole panel is lost. Runs first of all,
// in the document's head, outside of any module.
{
  /** @type {WeakMap<Node, Node>} what stands in the place of a text now */
  const instead = new WeakMap();
  /** The child of this parent that a node is, is in, or was replaced by; null if there is none.
   * @type {(parent: Node, node: Node | null) => Node | null}
   */
  const standing = (parent, node) => {
    while (node && node.parentNode !== parent) node = node.parentNode ?? instead.get(node) ?? null;
    return node;
  };
  new MutationObserver((changes) => {
    for (const { addedNodes, removedNodes, nextSibling, previousSibling } of changes) {
      const font = [...addedNodes].find((node) => node.nodeName === "FONT");
      const beside = [nextSibling, previousSibling].find((node) => node?.nodeName === "FONT");
      for (const text of removedNodes) {
        const stand = font ?? beside;
        if (text.nodeType === Node.TEXT_NODE && stand && !text.isConnected) instead.set(text, stand);
      }
    }
  }).observe(document, { subtree: true, childList: true });
  const { removeChild, insertBefore } = Node.prototype;
  /** @type {typeof removeChild} */
  Node.prototype.removeChild = function (child) {
    const there = standing(this, child);
    if (there) removeChild.call(this, there);
    return child;
  };
  /** @type {typeof insertBefore} */
  Node.prototype.insertBefore = function (node, before) {
    insertBefore.call(this, node, standing(this, before));
    return node;
  };
}
