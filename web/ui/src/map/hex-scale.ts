// The scale of the hexes: the classes of their colours, and the size of the hexes that it is for.

import { classBreaks } from "./class-breaks";

/** By resolution, pairs of a number of pins and of the hexes that have so many, in ascending order. */
export type HexTotals = Record<string, readonly (readonly [total: number, hexes: number])[]>;

export interface Scale {
  breaks: readonly number[]; // lower bounds of the classes
  resolution: number; // of the hexes
}

/** How much finer or coarser than the legible resolution hexes may be for a scale that is held. */
const maxFiner = 1;
const maxCoarser = 2;

/** Parses a scale that the server has checked, such as "1,3,6,12,25@9". Returns undefined for "". */
export function parseScale(text: string): Scale | undefined {
  const [, breaks, resolution] = /^([\d,]+)@(\d+)$/.exec(text) ?? [];
  return breaks ? { breaks: breaks.split(",").map(Number), resolution: Number(resolution) } : undefined;
}

export const formatScale = ({ breaks, resolution }: Scale): string => `${breaks.join()}@${resolution}`;

/** Returns the scale that suits hexes of a resolution. It has no classes where there are no pins. */
export function suitableScale(totals: HexTotals, resolution: number): Scale {
  const counts = (totals[resolution] ?? []).flatMap(([total, hexes]) => Array<number>(hexes).fill(total));
  return { breaks: classBreaks(counts), resolution };
}

/**
 * Returns the resolution of the hexes at a zoom: that of the held scale, unless they are too small or
 * too large to be read there.
 */
export function shownResolution(legible: number, held: Scale | undefined): number {
  const isLegible = held && held.resolution - legible <= maxFiner && legible - held.resolution <= maxCoarser;
  return isLegible ? held.resolution : legible;
}
