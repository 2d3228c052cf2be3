// Classes of a choropleth and the size of hexes.

/**
 * Lower bounds of at most `most` classes for counts: round numbers (1, 2, 5, 10,
 * 20, 50 …), the first 1, so chosen that the classes hold about as many hexes
 * each. Empty for no counts.
 */
export function breaks(counts: readonly number[], most = 5): number[] {
  const sorted = counts.filter((n) => n > 0).sort((a, b) => a - b);
  const highest = sorted.at(-1);
  if (highest === undefined) {
    return [];
  }
  const round = roundNumbers(highest);
  if (round.length <= most) {
    return round;
  }
  const chosen = [1];
  for (let i = 1; i < most; i++) {
    // The upper classes are narrower, so that the few full hexes stand out.
    const at = sorted[Math.floor(sorted.length * (1 - (1 - i / most) ** 1.5))] ?? highest;
    const last = chosen.at(-1) ?? 1;
    const next = round.filter((n) => n > last).sort((a, b) => Math.abs(a - at) - Math.abs(b - at))[0];
    if (next !== undefined) {
      chosen.push(next);
    }
  }
  return chosen;
}

/** 1, 2, 5, 10, 20, 50 … up to the highest count. */
function roundNumbers(highest: number): number[] {
  const out: number[] = [];
  for (let ten = 1; ten <= highest; ten *= 10) {
    out.push(...[ten, 2 * ten, 5 * ten].filter((n) => n <= highest));
  }
  return out;
}

/** Label of the class with lower bound bounds[i]: "1", "2–4", "10+". */
export function classLabel(bounds: readonly number[], i: number, num: (n: number) => string): string {
  const low = bounds[i] ?? 0;
  const next = bounds[i + 1];
  if (next === undefined) {
    return `${num(low)}+`;
  }
  return next - 1 === low ? num(low) : `${num(low)}–${num(next - 1)}`;
}

/** Mean edge of H3 cells in metres, by resolution (https://h3geo.org/docs/core-library/restable). */
const edges = [1281256, 483057, 182513, 68979, 26072, 9854, 3725, 1406, 531, 201, 75.9, 28.7, 10.8, 4.1, 1.5, 0.6];

/** Resolution of a cell from its H3 index in hexadecimal digits. */
export function resolutionOf(h3: string): number {
  return Number.parseInt(h3[1] ?? "0", 16);
}

/** Width of a cell across its flats in metres, to two digits. */
export function widthOf(resolution: number): number {
  return Number(((edges[resolution] ?? 0) * Math.sqrt(3)).toPrecision(2));
}
