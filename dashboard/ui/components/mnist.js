// @ts-check
// From a drawing on the sheet to what the network of digits is shown, as `dashboard/datasets/digits.py` does it
// for a drawing on even paper: the same steps, and the constants that it sends.

/** @typedef {{side: number, box: number, closer: number, fine: number, thinnest: number, thickest: number}} Usual */
/** @typedef {{width: number, height: number, values: Float32Array}} Plane */

const plane = (/** @type {number} */ width, /** @type {number} */ height) => ({
  width,
  height,
  values: new Float32Array(width * height),
});

/** @returns {Plane} */
const part = (/** @type {Plane} */ { width, values }, /** @type {number[]} */ [left, top, right, bottom]) => {
  const made = plane(right - left, bottom - top);
  for (let y = top; y < bottom; y++) {
    made.values.set(values.subarray(y * width + left, y * width + right), (y - top) * made.width);
  }
  return made;
};

/** How much ink each pixel bears, 0 to 1, of how dark it is; null if there is none. */
const inkOf = (/** @type {Plane} */ dark) => {
  const sorted = dark.values.slice().sort();
  const place = (1 - 20 / Math.max(sorted.length, 40)) * (sorted.length - 1);
  const low = Math.floor(place);
  const full = sorted[low] + (place - low) * (sorted[Math.min(low + 1, sorted.length - 1)] - sorted[low]);
  if (full < 0.06) return null;
  return { ...dark, values: dark.values.map((v) => Math.min(1, Math.max(0, (v / full - 0.1) / 0.8))) };
};

/** The box around the ink as left, top, right, bottom; null if there is none. */
const boundsOf = (/** @type {Plane} */ { width, height, values }) => {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (values[y * width + x] <= 0.2) continue;
      [left, right] = [Math.min(left, x), Math.max(right, x + 1)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y + 1)];
    }
  }
  return right ? [left, top, right, bottom] : null;
};

const cropped = (/** @type {Plane} */ ink) => {
  const bounds = boundsOf(ink);
  return bounds ? part(ink, bounds) : ink;
};

/** Squared distances along one line, in place (Felzenszwalb and Huttenlocher, 2012).
 * @type {(values: Float64Array, start: number, step: number, count: number) => void}
 */
const distancesAlong = (values, start, step, count) => {
  const squared = Float64Array.from({ length: count }, (_, i) => values[start + i * step]);
  const sites = [];
  const from = [];
  for (let q = 0; q < count; q++) {
    if (squared[q] === Infinity) continue;
    let s = -Infinity;
    while (sites.length) {
      const p = sites[sites.length - 1];
      s = (squared[q] + q * q - squared[p] - p * p) / (2 * (q - p));
      if (s > from[from.length - 1]) break;
      sites.pop();
      from.pop();
      s = -Infinity;
    }
    sites.push(q);
    from.push(s);
  }
  if (!sites.length) return;
  for (let q = 0, k = 0; q < count; q++) {
    while (k + 1 < sites.length && from[k + 1] < q) k++;
    values[start + q * step] = (q - sites[k]) ** 2 + squared[sites[k]];
  }
};

/** The Euclidean distance of each pixel to the nearest that is false.
 * @type {(solid: boolean[], width: number, height: number) => Float64Array<ArrayBuffer>}
 */
export const distances = (solid, width, height) => {
  const squared = Float64Array.from(solid, (inside) => (inside ? Infinity : 0));
  for (let x = 0; x < width; x++) distancesAlong(squared, x, width, height);
  for (let y = 0; y < height; y++) distancesAlong(squared, y * width, 1, width);
  return squared.map(Math.sqrt);
};

/** @returns {Plane} */
const padded = (/** @type {Plane} */ { width, height, values }, /** @type {number} */ margin) => {
  const made = plane(width + 2 * margin, height + 2 * margin);
  for (let y = 0; y < height; y++) {
    made.values.set(values.subarray(y * width, (y + 1) * width), (y + margin) * made.width + margin);
  }
  return made;
};

/** Strokes made thicker or thinner where MNIST has hardly any like them. */
const usualThickness = (/** @type {Plane} */ ink, /** @type {Usual} */ { box, fine, thinnest, thickest }) => {
  const wider = padded(ink, 1);
  const solid = Array.from(wider.values, (v) => v > 0.5);
  const inside = distances(solid, wider.width, wider.height);
  const count = solid.filter(Boolean).length;
  const width = count ? 4 * (inside.reduce((sum, d) => sum + d, 0) / count) - 1 : 1;
  const pixel = Math.max(ink.width, ink.height) / box;
  if (width < thinnest * pixel) {
    const grow = (thinnest * pixel - width) / 2;
    const grown = padded(ink, Math.ceil(grow) + 1);
    const outside = distances(Array.from(grown.values, (v) => v <= 0.5), grown.width, grown.height);
    const values = grown.values.map((v, i) => Math.max(v, Math.min(1, Math.max(0, grow + 1 - outside[i]))));
    return { ...grown, values };
  }
  if (width > thickest * pixel && pixel > fine) {
    const shrink = (width - thickest * pixel) / 2;
    const values = wider.values.map((v, i) => Math.min(v, Math.min(1, Math.max(0, inside[i] - shrink))));
    if (values.some((v) => v > 0.5)) {
      return part({ ...wider, values }, [1, 1, wider.width - 1, wider.height - 1]);
    }
  }
  return ink;
};

const cubic = (/** @type {number} */ x) => {
  const d = Math.abs(x);
  if (d < 1) return (1.5 * d - 2.5) * d * d + 1;
  return d < 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0;
};

/** `count` values in place of those along one axis, as Pillow resizes with its bicubic filter. */
const resizedAcross = (
  /** @type {Plane} */ { width, height, values },
  /** @type {number} */ count,
  /** @type {number} */ length,
) => {
  const made = plane(count, height);
  const scale = length / count; // pixels of the source to one of the result; its last may be a part only
  const stretch = Math.max(scale, 1);
  for (let x = 0; x < count; x++) {
    const centre = (x + 0.5) * scale;
    const first = Math.max(0, Math.floor(centre - 2 * stretch + 0.5));
    const last = Math.min(width, Math.floor(centre + 2 * stretch + 0.5));
    const weights = Array.from(
      { length: last - first },
      (_, k) => cubic((first + k - centre + 0.5) / stretch),
    );
    const total = weights.reduce((sum, w) => sum + w, 0);
    for (let y = 0; y < height; y++) {
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k] * values[y * width + first + k];
      made.values[y * count + x] = sum / total;
    }
  }
  return made;
};

const turned = (/** @type {Plane} */ { width, height, values }) => {
  const made = plane(height, width);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) made.values[x * height + y] = values[y * width + x];
  }
  return made;
};

/** Means of blocks, those at the right and lower edge cut. */
const reduced = (
  /** @type {Plane} */ { width, height, values },
  /** @type {number} */ across,
  /** @type {number} */ down,
) => {
  const made = plane(Math.ceil(width / across), Math.ceil(height / down));
  for (let y = 0; y < made.height; y++) {
    for (let x = 0; x < made.width; x++) {
      let [sum, count] = [0, 0];
      for (let v = y * down; v < Math.min((y + 1) * down, height); v++) {
        for (let u = x * across; u < Math.min((x + 1) * across, width); u++, count++) {
          sum += values[v * width + u];
        }
      }
      made.values[y * made.width + x] = sum / count;
    }
  }
  return made;
};

const resized = (/** @type {Plane} */ source, /** @type {number} */ width, /** @type {number} */ height) => {
  const across = Math.max(1, Math.floor(source.width / width / 3));
  const down = Math.max(1, Math.floor(source.height / height / 3));
  const small = across > 1 || down > 1 ? reduced(source, across, down) : source;
  const wide = resizedAcross(small, width, source.width / across);
  return turned(resizedAcross(turned(wide), height, source.height / down));
};

/** Rounded as Python rounds: halves to the even number. @type {(x: number) => number} */
const rounded = (x) => (Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x));

/** In the middle of a square by its centre of mass. */
const centred = (/** @type {Plane} */ { width, height, values }, /** @type {number} */ side) => {
  let [mass, across, down] = [0, 0, 0];
  values.forEach((v, i) => {
    mass += v;
    across += v * (i % width);
    down += v * Math.floor(i / width);
  });
  const corner = (/** @type {number} */ centre, /** @type {number} */ length) =>
    Math.min(Math.max(rounded(side / 2 - centre), 0), side - length);
  const [left, top] = [corner(across / mass, width), corner(down / mass, height)];
  const made = new Float32Array(side * side);
  for (let y = 0; y < height; y++) {
    made.set(values.subarray(y * width, (y + 1) * width), (top + y) * side + left);
  }
  return made;
};

/**
 * The digit on a sheet as MNIST's are, ink 1 on ground 0; null if the sheet is empty.
 * @param {ArrayLike<number>} grey levels 0 to 255 of the sheet, white paper, row by row
 * @param {number} side of the sheet in pixels, 400 at most
 * @param {Usual} usual how MNIST's digits are
 */
export const toMnist = (grey, side, usual) => {
  let dark = /** @type {Plane} */ ({
    width: side,
    height: side,
    values: Float32Array.from(grey, (v) => (255 - v) / 255),
  });
  let ink = inkOf(dark);
  let bounds = ink && boundsOf(ink);
  if (!ink || !bounds) return null;
  const seen = Math.max(bounds[2] - bounds[0], bounds[3] - bounds[1]);
  if (seen < usual.closer * side) {
    // A small digit on a large sheet: look again from near.
    const margin = 0.6 * seen + 2;
    dark = part(dark, [
      Math.max(rounded(bounds[0] - margin), 0),
      Math.max(rounded(bounds[1] - margin), 0),
      Math.min(rounded(bounds[2] + margin), side),
      Math.min(rounded(bounds[3] + margin), side),
    ]);
    ink = inkOf(dark);
    bounds = ink && boundsOf(ink);
    if (!ink || !bounds) return null;
  }
  const shape = cropped(usualThickness(cropped(ink), usual));
  const scale = usual.box / Math.max(shape.width, shape.height);
  const size = [shape.width, shape.height].map((length) => Math.max(1, rounded(length * scale)));
  const small = resized(shape, size[0], size[1]);
  const most = small.values.reduce((a, b) => Math.max(a, b));
  return centred(
    { ...small, values: small.values.map((v) => Math.min(1, Math.max(0, v / most))) },
    usual.side,
  );
};
