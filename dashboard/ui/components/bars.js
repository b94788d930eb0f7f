// Probabilities as bars. They change as fast as a drawing does, which a whole chart put up anew would not.
const build = (list, n) => {
  while (list.children.length > n) list.lastChild.remove();
  while (list.children.length < n) {
    const bar = document.createElement("div");
    bar.append(document.createElement("b"), document.createElement("i"), document.createElement("span"));
    list.append(bar);
  }
};

export default function ({ data, parentElement }) {
  const list = parentElement.querySelector(".bars");
  const best = Math.max(...data.shares);
  build(list, data.names.length);
  list.setAttribute("aria-label", data.alt);
  list.style.setProperty("--colour", data.colour);
  data.names.forEach((name, k) => {
    const bar = list.children[k];
    const [share, fill, label] = bar.children;
    share.textContent = data.shares[k] >= 0.005 ? data.written[k] : "";
    fill.style.height = `${100 * data.shares[k]}%`;
    label.textContent = name;
    bar.title = `${name} : ${data.written[k]}`;
    bar.classList.toggle("best", data.shares[k] === best);
  });
}
