// @ts-check
// Sheets of small images that change from frame to frame, and the way of each image over a map. All frames
// are here: scrubbing, playing and pointing need no server.

import { clamp, finder, mount, octets } from "./kit.js";
import { filmPlayer } from "./player.js";

/**
 * ``pixels`` (frames, n, height, width) bytes; ``points`` and ``paths`` two bytes a number; ``labels`` a byte each.
 * @typedef {{title: string, alt: string, pixels: string}} Panel
 * @typedef {{
 *   title: string, alt: string, axes: string[], points: string, labels: string, names: string[],
 *   paths: string, travellers: number, colours: string[],
 * }} Journey
 * @typedef {{
 *   lang: string, text: {point: string, player: import("./player.js").Words}, param: string, start: number | null,
 *   frames: number, n: number, size: [number, number], columns: number, panels: Panel[],
 *   moments: string[], captions: string[], journey: Journey | null, dark: boolean, film: string,
 * }} Payload
 */

const GAP = 1; // empty pixels between two images of a sheet
const MAP_SIDE = 640;

function denoiseView(/** @type {ShadowRoot} */ root) {
  const house = finder(root)(".house");
  house.classList.add("denoise-view");
  house.innerHTML = `<div class="sheets"></div><div class="controls"><div class="moment"></div>
    <div class="transport"></div><div class="told" role="status"></div></div><div class="map"></div>`;
  const $ = finder(house);
  let data = /** @type {Payload} */ (null);
  let panels = []; // {pixels, canvas, pen, sheet}
  let map = null; // {points, labels, paths, canvas, pen, ground}
  let frame = 0;
  let chosen = -1; // the image that stays marked
  let film = null; // what is on the film, to leave the player alone when it has not changed
  let player = null;

  const rows = () => Math.ceil(data.n / data.columns);
  const corner = (
    i,
  ) => [(i % data.columns) * (data.size[0] + GAP), Math.floor(i / data.columns) * (data.size[1] + GAP)];

  function figure(css, title, place) {
    const box = document.createElement("figure");
    box.className = css;
    box.innerHTML = `<figcaption></figcaption><div class="stage"><canvas role="img"></canvas></div>`;
    box.querySelector("figcaption").textContent = title;
    $(place).append(box);
    return box;
  }

  function build() {
    $(".sheets").replaceChildren();
    $(".map").replaceChildren();
    house.classList.toggle("mapped", Boolean(data.journey));
    $(".sheets").classList.toggle("pair", data.panels.length > 1);
    const [w, h] = data.size;
    panels = data.panels.map(({ title, alt, pixels }) => {
      const box = figure("sheet", title, ".sheets");
      const canvas = box.querySelector("canvas");
      canvas.width = data.columns * (w + GAP) - GAP;
      canvas.height = rows() * (h + GAP) - GAP;
      finder(box)(".stage").style.maxWidth = `${data.columns * 140}px`;
      canvas.setAttribute("aria-label", alt);
      canvas.tabIndex = 0;
      const ring = document.createElement("i");
      ring.className = "ring";
      box.querySelector(".stage").append(ring);
      listen(canvas);
      const tile = new ImageData(w, h);
      return {
        pixels: octets(pixels),
        canvas,
        ring,
        pen: canvas.getContext("2d"),
        tile,
        words: new Uint32Array(tile.data.buffer),
      };
    });
    map = data.journey && journey(data.journey);
  }

  function listen(canvas) {
    const under = (event) => {
      const box = canvas.getBoundingClientRect();
      const column = Math.floor(((event.clientX - box.left) / box.width) * data.columns);
      const i = Math.floor(((event.clientY - box.top) / box.height) * rows()) * data.columns + column;
      return column >= 0 && column < data.columns && i >= 0 && i < data.n ? i : -1;
    };
    canvas.onpointermove = (event) => event.pointerType === "mouse" && mark(under(event));
    canvas.onpointerleave = () => mark(chosen);
    canvas.onclick = (event) => {
      const i = under(event);
      chosen = i === chosen ? -1 : i;
      mark(chosen);
    };
    canvas.onkeydown = (event) => {
      const step =
        { ArrowRight: 1, ArrowLeft: -1, ArrowDown: data.columns, ArrowUp: -data.columns }[event.key];
      if (event.key === "Escape") chosen = -1;
      else if (step) chosen = clamp(chosen + step, 0, data.n - 1);
      else return;
      event.preventDefault();
      mark(chosen);
    };
  }

  let marked = -1;
  function mark(i) {
    if (i === marked) return;
    marked = i;
    for (const { ring } of panels) place(ring);
    $(".told").textContent = i < 0 ? data.text.point : data.captions[i];
    if (map) drawMap();
  }
  function place(ring) {
    ring.classList.toggle("hidden", marked < 0);
    if (marked < 0) return;
    const [x, y] = corner(marked);
    const { width, height } = panels[0].canvas;
    ring.style.left = `${(100 * x) / width}%`;
    ring.style.top = `${(100 * y) / height}%`;
    ring.style.width = `${(100 * data.size[0]) / width}%`;
    ring.style.height = `${(100 * data.size[1]) / height}%`;
  }

  function draw() {
    if (!data) return;
    const area = data.size[0] * data.size[1];
    for (const { pixels, pen, tile, words } of panels) {
      for (let i = 0; i < data.n; i++) {
        const start = (frame * data.n + i) * area;
        for (let p = 0; p < area; p++) words[p] = 0xff000000 | (pixels[start + p] * 0x010101);
        pen.putImageData(tile, ...corner(i));
      }
    }
    $(".moment").textContent = data.moments[frame];
    if (map) drawMap();
  }

  // ------------------------------------------------------------------ the map

  const numbers16 = (text) => new Uint16Array(octets(text).buffer);
  const across = (v) => (v / 65535) * MAP_SIDE;

  function journey({ title, alt, axes, points, labels, names, paths, travellers, colours }) {
    const box = figure("journey", title, ".map");
    const canvas = box.querySelector("canvas");
    canvas.width = canvas.height = MAP_SIDE;
    canvas.setAttribute("aria-label", alt);
    const ends = document.createElement("div");
    ends.className = "axes";
    axes.forEach((axis) => ends.append(Object.assign(document.createElement("span"), { textContent: axis })));
    box.append(ends);
    const legend = document.createElement("div");
    legend.className = "legend";
    names.forEach((name, k) => {
      const entry = document.createElement("span");
      entry.append(Object.assign(document.createElement("i"), { style: `background:${colours[k]}` }), name);
      legend.append(entry);
    });
    box.append(legend);
    const made = {
      canvas,
      pen: canvas.getContext("2d"),
      colours,
      travellers,
      paths: numbers16(paths),
      ground: Object.assign(document.createElement("canvas"), { width: MAP_SIDE, height: MAP_SIDE }),
    };
    const pen = made.ground.getContext("2d");
    const places = numbers16(points);
    const classes = octets(labels);
    pen.globalAlpha = 0.5;
    for (let i = 0; i < classes.length; i++) {
      pen.fillStyle = colours[classes[i]];
      pen.fillRect(across(places[2 * i]) - 3, MAP_SIDE - across(places[2 * i + 1]) - 3, 6, 6);
    }
    return made;
  }
  function drawMap() {
    const { pen, ground, paths, travellers } = map;
    pen.clearRect(0, 0, MAP_SIDE, MAP_SIDE);
    pen.drawImage(ground, 0, 0);
    const at = (
      k,
      i,
    ) => [across(paths[2 * (k * travellers + i)]), MAP_SIDE - across(paths[2 * (k * travellers + i) + 1])];
    const [ink, paper] = data.dark ? ["#ffffff", "#11161d"] : ["#121922", "#ffffff"];
    Object.assign(pen, { lineJoin: "round", lineCap: "round" });
    for (let i = 0; i < travellers; i++) {
      const alone = i === marked;
      pen.globalAlpha = marked < 0 || alone ? 1 : 0.25;
      for (const [style, width] of [[paper, alone ? 7 : 4], [ink, alone ? 4 : 1.6]]) {
        Object.assign(pen, { strokeStyle: style, lineWidth: width });
        pen.beginPath();
        pen.moveTo(...at(0, i));
        for (let k = 1; k <= frame; k++) pen.lineTo(...at(k, i));
        pen.stroke();
      }
      Object.assign(pen, { fillStyle: ink, strokeStyle: paper, lineWidth: 2 });
      pen.beginPath();
      pen.arc(...at(frame, i), alone ? 10 : 6, 0, 7);
      pen.fill();
      pen.stroke();
    }
    pen.globalAlpha = 1;
  }

  return {
    stop: () => player?.stop(),
    update(/** @type {Payload} */ fresh) {
      const { film: now, start } = fresh;
      data = fresh;
      if (!player) {
        player = filmPlayer({
          param: fresh.param,
          onFrame: (at) => {
            frame = at;
            draw();
          },
        });
        $(".transport").append(player.element);
      }
      if (now === film) return;
      const told = film === null && start !== null; // a link opens the frame that it names
      film = now;
      build();
      if (chosen >= data.n) chosen = -1;
      marked = -2;
      player.load(data.frames, told ? start : null, data.text.player);
      // Out of the noise at once, unless the visitor wants no motion.
      if (!told && data.frames > 1 && !matchMedia("(prefers-reduced-motion: reduce)").matches) {
        player.element.querySelector("[data-do=play]").click();
      }
      mark(chosen);
      for (const { ring } of panels) place(ring);
    },
  };
}

export default mount(denoiseView);
