// The texts of the page's language, which the server gives in data-messages.

type Forms = Partial<Record<Intl.LDMLPluralRule, string>>;
type Entry = string | Forms;

let entries: Record<string, Entry> | undefined;

function all(): Record<string, Entry> {
  entries ??= JSON.parse(document.body.dataset.messages ?? "{}") as Record<string, Entry>;
  return entries;
}

const language = (): string => document.documentElement.lang || "pl";

/** Number with its digits grouped as the language does. */
export function num(n: number): string {
  return new Intl.NumberFormat(language()).format(n);
}

/** Text of the key, values filled in; a value named n chooses the plural form. */
export function t(key: string, values: Record<string, string | number> = {}): string {
  return fill(all()[key] ?? key, values, language());
}

/** Entry as a text in the language. */
export function fill(entry: Entry, values: Record<string, string | number>, lang: string): string {
  let text = "";
  if (typeof entry === "string") {
    text = entry;
  } else {
    const rule = typeof values.n === "number" ? new Intl.PluralRules(lang).select(values.n) : "other";
    text = entry[rule] ?? entry.other ?? "";
  }
  for (const [name, value] of Object.entries(values)) {
    const shown = typeof value === "number" ? new Intl.NumberFormat(lang).format(value) : value;
    text = text.replaceAll(`{${name}}`, shown);
  }
  return text;
}
