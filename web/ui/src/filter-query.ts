// Filters as query strings, of pages and of tiles.

/** Filters that tiles support. */
const tileFilters = ["kind", "category", "status", "area", "from", "to", "q"];

/** First and last month, "2025-03", both inclusive. "" is no limit. */
export interface Period {
  from: string;
  to: string;
}

/**
 * Returns the query of a page with these form values: without empty ones, sorted by name as the
 * server does.
 */
export function pageQuery(values: Iterable<[string, FormDataEntryValue]>): string {
  const chosen = [...values].flatMap(([name, value]) =>
    typeof value === "string" && value.trim() !== "" ? [[name, value.trim()] as [string, string]] : [],
  );
  chosen.sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
  const query = new URLSearchParams(chosen).toString();
  return query === "" ? "" : `?${query}`;
}

/** Returns the query of the tiles for the query of a page. */
export function tileQuery(query: string | URLSearchParams): string {
  return pageQuery([...new URLSearchParams(query)].filter(([name]) => tileFilters.includes(name)));
}

/** Returns the period that a query selects. */
export function periodOf(query: string): Period {
  const parameters = new URLSearchParams(query);
  return { from: parameters.get("from") ?? "", to: parameters.get("to") ?? "" };
}

/** Returns the query of the tiles with its period replaced. */
export function withPeriod(query: string, { from, to }: Period): string {
  const parameters = new URLSearchParams(query);
  parameters.set("from", from);
  parameters.set("to", to);
  return tileQuery(parameters);
}
