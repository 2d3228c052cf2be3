// What the form says about its draft.

import { el } from "./create-element";
import type { Draft } from "./form-draft";
import { pageLanguage, t } from "./messages";

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** Returns how long ago it was, such as "3 hours ago". */
export function formatAge(ageMs: number, language = pageLanguage()): string {
  const [unit, ms] = units.find(([, ms]) => ageMs >= ms) ?? ["minute", 60_000];
  return new Intl.RelativeTimeFormat(language).format(-Math.max(1, Math.floor(ageMs / ms)), unit);
}

export const button = (text: string, onClick: () => void, css = "button"): HTMLButtonElement => {
  const element = el("button", { class: css, type: "button" }, text);
  element.addEventListener("click", onClick);
  return element;
};

/** Returns a box that says which draft was found, with buttons. */
export function draftNotice(
  key: string,
  { savedAt, fields: { title } }: Draft,
  ...buttons: HTMLElement[]
): HTMLElement {
  return el(
    "div",
    { class: "draft-found", role: "status" },
    el(
      "p",
      {},
      t(key, { age: formatAge(Date.now() - savedAt) }),
      title ? el("span", { class: "draft-title" }, title) : "",
    ),
    el("p", { class: "draft-buttons" }, ...buttons),
  );
}
