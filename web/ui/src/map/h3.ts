// Resolution and size of H3 cells.

/** Average edge lengths in metres, by resolution (https://h3geo.org/docs/core-library/restable). */
const edgeLengths = [
  1281256, 483057, 182513, 68979, 26072, 9854, 3725, 1406, 531, 201, 75.9, 28.7, 10.8, 4.1, 1.5, 0.6,
];

/** Returns the resolution of a cell from its index in hexadecimal digits. */
export function resolutionOf(cell: string): number {
  return Number.parseInt(cell[1] ?? "0", 16);
}

/** Returns the distance between opposite edges of a cell in metres, to two significant digits. */
export function cellWidth(resolution: number): number {
  return Number(((edgeLengths[resolution] ?? 0) * Math.sqrt(3)).toPrecision(2));
}
