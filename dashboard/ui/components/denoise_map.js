// @ts-check
// The way of some images over a map of known ones, up to a frame of a film.

import { dots, finder, html, octets, penOf, shares } from "./kit.js";

const SIDE = 640; // pixels

const across = (/** @type {number} */ v) => v * SIDE;

export class JourneyMap {
  /**
   * @param {HTMLElement} box a figure with a canvas
   * @param {import("./denoise.js").Journey} journey
   * @param {boolean} dark
   */
  constructor(box, { alt, axes, points, labels, names, paths, travellers, colours }, dark) {
    const canvas = finder(box)("canvas");
    canvas.width = canvas.height = SIDE;
    canvas.setAttribute("aria-label", alt);
    const row = (/** @type {string} */ css, /** @type {HTMLElement[]} */ parts) => {
      box.append(html("div", { className: css }, ...parts));
    };
    row("axes", axes.map((axis) => html("span", {}, axis)));
    row("legend", dots(names, colours));
    this.pen = penOf(canvas);
    this.travellers = travellers;
    this.paths = shares(paths);
    this.ink = dark ? "#ffffff" : "#121922";
    this.paper = dark ? "#11161d" : "#ffffff";
    this.ground = html("canvas", { width: SIDE, height: SIDE });
    const pen = penOf(this.ground);
    const places = shares(points);
    pen.globalAlpha = 0.5;
    octets(labels).forEach((label, i) => {
      pen.fillStyle = colours[label];
      pen.fillRect(across(places[2 * i]) - 3, SIDE - across(places[2 * i + 1]) - 3, 6, 6);
    });
  }

  /** Where an image is at a frame, or between two. @type {(at: number, i: number) => [number, number]} */
  place(at, i) {
    const [frame, share] = [Math.floor(at), at % 1];
    const [x, y] = [0, 1].map((axis) => {
      const now = this.paths[2 * (frame * this.travellers + i) + axis];
      return share ? now + share * (this.paths[2 * ((frame + 1) * this.travellers + i) + axis] - now) : now;
    });
    return [across(x), SIDE - across(y)];
  }

  /** @type {(at: number, marked: number) => void} */
  draw(at, marked) {
    const { pen, ink, paper } = this;
    pen.clearRect(0, 0, SIDE, SIDE);
    pen.drawImage(this.ground, 0, 0);
    Object.assign(pen, { lineJoin: "round", lineCap: "round" });
    for (let i = 0; i < this.travellers; i++) {
      const alone = i === marked;
      pen.globalAlpha = marked < 0 || alone ? 1 : 0.25;
      for (const [style, width] of [[paper, alone ? 7 : 4], [ink, alone ? 4 : 1.6]]) {
        Object.assign(pen, { strokeStyle: style, lineWidth: width });
        pen.beginPath();
        pen.moveTo(...this.place(0, i));
        for (let k = 1; k <= at; k++) pen.lineTo(...this.place(k, i));
        pen.lineTo(...this.place(at, i));
        pen.stroke();
      }
      Object.assign(pen, { fillStyle: ink, strokeStyle: paper, lineWidth: 2 });
      pen.beginPath();
      pen.arc(...this.place(at, i), alone ? 10 : 6, 0, 7);
      pen.fill();
      pen.stroke();
    }
    pen.globalAlpha = 1;
  }
}
