// Cards over the map: what a hex counts, what a pin says.

import type { components } from "../api.gen";
import { type Config, kinds } from "../config";
import { el, shape } from "../dom";
import { num, t } from "../messages";

type Pin = components["schemas"]["Pin"];

/** Most pins told about in one card. */
const most = 5;

export interface HexCounts {
  need: number;
  potential: number;
  organisation: number;
  total: number;
}

export function hexCard(counts: HexCounts, closer: () => void): HTMLElement {
  const button = el("button", { class: "card-button", type: "button" }, t("ui.hex.closer"));
  button.addEventListener("click", closer);
  return el(
    "div",
    {},
    el("p", { class: "card-title" }, t("ui.pins", { n: counts.total })),
    el(
      "ul",
      { class: "card-counts" },
      ...kinds.map((kind) =>
        el("li", {}, shape(kind), el("span", {}, t(`kinds.${kind}`)), el("b", {}, num(counts[kind]))),
      ),
    ),
    button,
  );
}

/** Card of pins at one place, and of `more` that they stand for; it fills itself. */
export function pinsCard(
  config: Config,
  ids: readonly number[],
  more: number,
  closer: (() => void) | undefined,
): HTMLElement {
  const list = el("div", { class: "card-pins" });
  for (const id of ids.slice(0, most)) {
    const card = el("div", { class: "card-pin" }, el("p", { class: "card-meta" }, t("ui.pin.loading")));
    list.append(card);
    void fillPin(config, id, card);
  }
  const unsaid = more + Math.max(0, ids.length - most);
  const card = el("div", {}, list);
  if (unsaid > 0) {
    card.append(el("p", { class: "card-more" }, t("ui.pin.more", { n: unsaid })));
  }
  if (closer) {
    const button = el("button", { class: "card-button", type: "button" }, t("ui.hex.closer"));
    button.addEventListener("click", closer);
    card.append(button);
  }
  return card;
}

async function fillPin(config: Config, id: number, card: HTMLElement): Promise<void> {
  try {
    const response = await fetch(config.pinAPI.replace("{id}", String(id)));
    if (!response.ok) {
      throw new Error(`pin ${id}: ${response.status}`);
    }
    const { properties: pin } = (await response.json()) as Pin;
    const said = [config.labels[pin.category]?.label ?? pin.category];
    if (pin.kind === "need") {
      said.push(t(`status.${pin.status}`));
    }
    const link = el("a", { class: "card-link", href: config.pin.replace("{id}", String(id)) }, t("ui.pin.open"));
    link.setAttribute("aria-label", `${t("ui.pin.open")}: ${pin.title}`);
    card.replaceChildren(
      el("p", { class: "card-title" }, shape(pin.kind), " ", pin.title),
      el("p", { class: "card-meta" }, said.join(" · ")),
      link,
    );
  } catch (error) {
    console.warn(error);
    card.replaceChildren(el("p", { class: "card-meta" }, t("ui.pin.failed")));
  }
}
