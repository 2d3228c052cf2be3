// Classes of the choropleth map of hexes.

/**
 * Returns the lower bounds of at most `maxClasses` classes for counts: round numbers (1, 2, 5, 10,
 * 20, 50, …) that begin with 1 and divide the hexes about evenly. It returns none for no counts.
 */
export function classBreaks(counts: readonly number[], maxClasses = 5): number[] {
  const sorted = counts.filter((n) => n > 0).sort((a, b) => a - b);
  const highest = sorted.at(-1);
  if (highest === undefined) {
    return [];
  }
  const candidates = roundNumbers(highest);
  if (candidates.length <= maxClasses) {
    return candidates;
  }
  const breaks = [1];
  for (let i = 1; i < maxClasses; i++) {
    // The upper classes contain fewer hexes, so that the hexes with most pins stand out.
    const quantile = sorted[Math.floor(sorted.length * (1 - (1 - i / maxClasses) ** 1.5))] ?? highest;
    const last = breaks.at(-1) ?? 1;
    const [next] = candidates.filter((n) => n > last).sort((a, b) => Math.abs(a - quantile) - Math.abs(b - quantile));
    if (next !== undefined) {
      breaks.push(next);
    }
  }
  return breaks;
}

/** Returns 1, 2, 5, 10, 20, 50, … up to the highest count. */
function roundNumbers(highest: number): number[] {
  const numbers: number[] = [];
  for (let power = 1; power <= highest; power *= 10) {
    numbers.push(...[power, 2 * power, 5 * power].filter((n) => n <= highest));
  }
  return numbers;
}

/** Returns the label of the class with index i: "1", "2–4" or "10+". */
export function classLabel(breaks: readonly number[], i: number, format: (n: number) => string): string {
  const low = breaks[i] ?? 0;
  const next = breaks[i + 1];
  if (next === undefined) {
    return `${format(low)}+`;
  }
  return next - 1 === low ? format(low) : `${format(low)}–${format(next - 1)}`;
}
