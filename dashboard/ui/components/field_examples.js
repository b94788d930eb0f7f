// @ts-check
// Drawings to begin with: strokes [x, y], within -1.2 and 1.2.

const along = (/** @type {(turn: number) => number[]} */ curve, points = 120) =>
  Array.from({ length: points + 1 }, (_, k) => curve((2 * Math.PI * k) / points));
const circle = (
  /** @type {number} */ x,
  /** @type {number} */ y,
  /** @type {number} */ radius,
  points = 40,
) => along((t) => [x + radius * Math.cos(t), y + radius * Math.sin(t)], points);

/** @type {Record<string, number[][][]>} */
export const EXAMPLES = {
  heart: [along((t) => [
    1.05 * Math.sin(t) ** 3,
    (13 * Math.cos(t) - 5 * Math.cos(2 * t) - 2 * Math.cos(3 * t) - Math.cos(4 * t)) / 15 + 0.1,
  ])],
  star: [Array.from({ length: 6 }, (_, k) => {
    const turn = Math.PI / 2 + (4 * Math.PI * k) / 5;
    return [1.15 * Math.cos(turn), 1.15 * Math.sin(turn)];
  })],
  smile: [
    circle(0, 0, 1.1, 80),
    circle(-0.4, 0.3, 0.1, 12),
    circle(0.4, 0.3, 0.1, 12),
    along((t) => [0.6 * Math.cos(Math.PI + t / 2), 0.6 * Math.sin(Math.PI + t / 2) - 0.05], 40),
  ],
  moon: [along((t) => {
    const inner = t > Math.PI;
    const turn = inner ? 2 * Math.PI - t : t;
    const angle = Math.PI / 2 + turn;
    return inner
      ? [0.55 * Math.cos(angle) - 0.05, 1.1 * Math.sin(angle)]
      : [1.1 * Math.cos(angle), 1.1 * Math.sin(angle)];
  })],
};
