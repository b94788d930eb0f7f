// @ts-check
// A control that changes the address of its page replaces it: one press of Back leaves the page. Runs in the document's
// head, outside of any module: the app writes the language into the address as soon as it is there.
{
  const push = history.pushState.bind(history);
  history.pushState = (state, title, address) => {
    const same = new URL(address ?? "", window.location.href).pathname === window.location.pathname;
    if (same) history.replaceState(state, title, address);
    else push(state, title, address);
  };
}
