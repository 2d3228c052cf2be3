// Resolution and size of H3 cells.

/** Average edge lengths in metres, by resolution (https://h3geo.org/docs/core-library/restable). */
const edgeLengths = [
  1281256, 483057, 182513, 68979, 26072, 9854, 3725, 1406, 531, 201, 75.9, 28.7, 10.8, 4.1, 1.5, 0.6,
];

/** Average areas in square kilometres, by resolution. */
const areas = [
  4357449, 609788, 86801, 12393, 1770, 252.9, 36.13, 5.161, 0.7373, 0.1053, 0.01505, 0.00215, 0.000307, 0.0000439,
  0.00000627, 0.000000895,
];

/** Returns the area of a cell in square kilometres, to two significant digits. */
export const cellArea = (resolution: number): number => Number((areas[resolution] ?? 0).toPrecision(2));

/** Returns the distance between opposite edges of a cell in metres, to two significant digits. */
export function cellWidth(resolution: number): number {
  return Number(((edgeLengths[resolution] ?? 0) * Math.sqrt(3)).toPrecision(2));
}
