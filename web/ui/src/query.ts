// Queries of the page and of the tiles.

/** Filters that tiles know. */
export const tileFilters = ["kind", "category", "status", "area", "from", "to"] as const;

/** Query of a page from its form: chosen values only, by name, as the server writes it. */
export function pageQuery(values: Iterable<[string, FormDataEntryValue]>): string {
  const chosen = [...values].flatMap(([name, value]) =>
    typeof value === "string" && value.trim() !== "" ? [[name, value.trim()] as [string, string]] : [],
  );
  chosen.sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
  const query = new URLSearchParams(chosen).toString();
  return query === "" ? "" : `?${query}`;
}

/** Query of tiles under a page's query: the filters that tiles know. */
export function tileQuery(search: string): string {
  const from = new URLSearchParams(search);
  return pageQuery([...from].filter(([name]) => (tileFilters as readonly string[]).includes(name)));
}
