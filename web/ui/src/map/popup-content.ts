// Contents of the popups: the counts of a hex, or the pins at a location.

import type { components } from "../api.gen";
import { el } from "../create-element";
import { fetchJSON } from "../fetch-json";
import { kindShape } from "../icons";
import { formatNumber, t } from "../messages";
import { kinds, type MapConfig } from "./config";

type Pin = components["schemas"]["Pin"];

const maxPins = 5; // in one popup

export interface HexCounts {
  need: number;
  potential: number;
  organisation: number;
  total: number;
}

export function hexContent(counts: HexCounts, zoomIn: () => void): HTMLElement {
  const title = el("p", { class: "card-title" }, t("ui.pins", { n: counts.total }));
  const items = kinds.map((kind) =>
    el("li", {}, kindShape(kind), el("span", {}, t(`kinds.${kind}`)), el("b", {}, formatNumber(counts[kind]))),
  );
  return el("div", {}, title, el("ul", { class: "card-counts" }, ...items), zoomButton(zoomIn));
}

/**
 * Returns the pins with these ids, which appear together once all are loaded, so that no link moves
 * under a finger, and the number of those not listed: the ids beyond the first few, and further pins
 * that the tile has merged into the ones drawn.
 */
export function pinsContent(
  config: MapConfig,
  ids: readonly number[],
  mergedPins: number,
  zoomIn: (() => void) | undefined,
): HTMLElement {
  const list = el("div", { class: "card-pins" }, el("p", { class: "card-meta" }, t("ui.pin.loading")));
  void Promise.all(ids.slice(0, maxPins).map((id) => loadPin(config, id))).then((pins) =>
    list.replaceChildren(...pins),
  );
  const content = el("div", {}, list);
  const notListed = mergedPins + Math.max(0, ids.length - maxPins);
  if (notListed > 0) {
    content.append(el("p", { class: "card-more" }, t("ui.pin.more", { n: notListed })));
  }
  if (zoomIn) {
    content.append(zoomButton(zoomIn));
  }
  return content;
}

function zoomButton(zoomIn: () => void): HTMLButtonElement {
  const button = el("button", { class: "card-button", type: "button" }, t("ui.hex.closer"));
  button.addEventListener("click", zoomIn);
  return button;
}

async function loadPin(config: MapConfig, id: number): Promise<HTMLElement> {
  try {
    const { properties: pin } = await fetchJSON<Pin>(config.pinAPI.replace("{id}", String(id)));
    const details = [config.labels[pin.category]?.label ?? pin.category];
    if (pin.kind === "need") {
      details.push(t(`status.${pin.status}`));
    }
    const link = el("a", { class: "card-link", href: config.pin.replace("{id}", String(id)) }, t("ui.pin.open"));
    link.setAttribute("aria-label", `${t("ui.pin.open")}: ${pin.title}`);
    const title = el("p", { class: "card-title" }, kindShape(pin.kind), " ", pin.title);
    return el("div", { class: "card-pin" }, title, el("p", { class: "card-meta" }, details.join(" · ")), link);
  } catch (error) {
    console.warn(error);
    return el("div", { class: "card-pin" }, el("p", { class: "card-meta" }, t("ui.pin.failed")));
  }
}
