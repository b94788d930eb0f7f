// A control that changes the address of its page replaces it: one press of Back leaves the page.
const keepHistoryShort = () => {
  if (globalThis.houseHistory) return;
  globalThis.houseHistory = true;
  const push = history.pushState.bind(history);
  history.pushState = (state, title, address) => {
    const same = new URL(address ?? "", window.location.href).pathname === window.location.pathname;
    if (same) history.replaceState(state, title, address);
    else push(state, title, address);
  };
};
// Copies the address of the page as it is now. It stands on every page, so it also tells screen readers and
// Streamlit the page's language.
export default function ({ data, parentElement }) {
  document.documentElement.lang = data.lang;
  keepHistoryShort();
  speak(data.words);
  const button = parentElement.querySelector("button");
  const status = parentElement.querySelector("[role=status]");
  button.querySelector("span").textContent = data.label;
  button.onclick = async () => {
    const address = window.location.href;
    let copied = true;
    try {
      await navigator.clipboard.writeText(address);
    } catch {
      // Without HTTPS there is no clipboard API; the old command still works.
      const field = document.createElement("textarea");
      field.value = address;
      parentElement.append(field);
      field.select();
      copied = document.execCommand("copy");
      field.remove();
    }
    status.textContent = copied ? data.copied : address;
    clearTimeout(button.timer);
    button.timer = setTimeout(() => (status.textContent = ""), copied ? 4000 : 30000);
  };
}
