// Small grey pictures side by side. Those of a picked point are drawn by the map itself at once, from the sheets
// that it has; what the server sends then takes their place.

export default function ({ data, parentElement }) {
  const list = parentElement.querySelector(".pictures");
  while (list.children.length < data.pictures.length) {
    const figure = document.createElement("figure");
    figure.append(
      Object.assign(document.createElement("canvas"), { width: TILE, height: TILE }),
      document.createElement("figcaption"),
    );
    list.append(figure);
  }
  const store = mapStore();
  const brushes = [...list.querySelectorAll("canvas")].map((canvas) => canvas.getContext("2d"));
  const picked = data.point !== null;
  if (picked) store.beside = brushes;
  const late = picked && !confirmed(store, data.point);
  data.pictures.forEach(({ pixels, caption, alt }, k) => {
    const [canvas, words] = list.children[k].children;
    if (!late) brushes[k].drawImage(greyTile(pixels), 0, 0);
    words.textContent = caption;
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", alt);
  });
}
