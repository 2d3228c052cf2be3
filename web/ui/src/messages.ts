// Texts in the language of the page, which the server puts into data-messages of the body.

/** Texts by plural category, and the language whose rules select one, unless that is the page's. */
type PluralForms = Partial<Record<Intl.LDMLPluralRule | "language", string>>;
type Message = string | PluralForms;

let messages: Record<string, Message> | undefined;

/** Returns the language tag of the page. Undefined means the browser's default language. */
export const pageLanguage = (): string | undefined => document.documentElement.lang || undefined;

/** Formats a number as the language of the page does. */
export const formatNumber = (n: number): string => numberFormat(pageLanguage()).format(n);

/** Returns the format of numbers in a language, which groups digits from four on as the server does. */
const numberFormat = (language?: string): Intl.NumberFormat =>
  new Intl.NumberFormat(language, { useGrouping: "always" });

/** Formats a day, "2025-06-03", as the language of the page does: "3 czerwca 2025". */
export function formatDay(day: string): string {
  const [year = "", month = "", date = ""] = day.split("-");
  return t("date", { day: String(Number(date)), month: t(`monthOf.${Number(month)}`), year });
}

/**
 * Returns the text of a key with its placeholders filled in. The value named n selects the plural
 * form.
 */
export function t(key: string, values: Record<string, string | number> = {}): string {
  messages ??= JSON.parse(document.body.dataset.messages ?? "{}") as Record<string, Message>;
  return formatMessage(messages[key] ?? key, values, pageLanguage());
}

/** Returns a message in a language with its placeholders filled in. */
export function formatMessage(message: Message, values: Record<string, string | number>, language?: string): string {
  let text = typeof message === "string" ? message : pluralForm(message, values.n, language);
  for (const [name, value] of Object.entries(values)) {
    const formatted = typeof value === "number" ? numberFormat(language).format(value) : value;
    text = text.replaceAll(`{${name}}`, formatted);
  }
  return text;
}

function pluralForm(forms: PluralForms, n: unknown, language?: string): string {
  const category = typeof n === "number" ? new Intl.PluralRules(forms.language ?? language).select(n) : "other";
  return forms[category] ?? forms.other ?? "";
}
