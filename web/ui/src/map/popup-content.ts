// Contents of the popups: the counts of a hex, or the pins at a location.

import { el } from "../create-element";
import { kindShape } from "../icons";
import { formatDay, formatNumber, pageLanguage, t } from "../messages";
import { representsURL } from "../represents-url";
import { kinds, type MapConfig } from "./config";
import { classSign } from "./hotspot-classes";
import type { Hotspot } from "./hotspot-layer";
import type { Pin } from "./pin-stack";
import type { SilentCell } from "./silence-layer";
import type { Thing } from "./thing-details";

type PinHotspot = NonNullable<Pin["properties"]["hotspot"]>;

export interface HexCounts {
  need: number;
  potential: number;
  organisation: number;
  total: number;
}

export function hexContent(counts: HexCounts, zoomIn: () => void, listPins: () => void): HTMLElement {
  const title = el("p", { class: "card-title" }, t("ui.pins", { n: counts.total }));
  const items = kinds.map((kind) =>
    el("li", {}, kindShape(kind), el("span", {}, t(`kinds.${kind}`)), el("b", {}, formatNumber(counts[kind]))),
  );
  return el(
    "div",
    {},
    title,
    el("ul", { class: "card-counts" }, ...items),
    button("ui.hex.list", listPins),
    button("ui.hex.closer", zoomIn),
  );
}

/** Returns the class of a hotspot with its counts, and the link to its evidence. */
export function hotspotContent(hotspot: Hotspot, href: string): HTMLElement {
  return el(
    "div",
    {},
    el("p", { class: "card-title" }, classSign(hotspot.class), " ", t(`ui.hotspots.class.${hotspot.class}`)),
    el("p", { class: "card-meta" }, hotspotCounts(hotspot)),
    el("a", { class: "card-link", href }, t("ui.hotspots.evidence")),
  );
}

/** Returns what silence in a cell means, with the link to all of it. */
export function silenceNote(cell: SilentCell, href: string): HTMLElement {
  return el(
    "p",
    { class: "card-meta" },
    `${silenceText(cell)} ${t("ui.silence.means")} `,
    el("a", { href }, t("ui.silence.all")),
  );
}

/** Returns "W zakreskowanym sześciokącie mieszka około 640 osób, a nikogo stamtąd nie słyszeliśmy." */
export const silenceText = ({ people, isFiltered }: SilentCell): string =>
  t(isFiltered ? "ui.silence.cell_of" : "ui.silence.cell", { n: Math.round(people ?? 0) });

/** Returns what somebody can do about a place of the map where nothing is, after notes on it. */
export function placeContent(
  { district }: MapConfig,
  lon: number,
  lat: number,
  notes: readonly HTMLElement[],
): HTMLElement {
  // The place is in the fragment, which no server sees.
  const href = `/d/${district}/add#at=${lon.toFixed(6)},${lat.toFixed(6)}`;
  return el(
    "div",
    {},
    el("p", { class: "card-title" }, t("ui.place.here")),
    ...notes,
    el("a", { class: "card-link", href }, t("ui.place.add")),
  );
}

/** Returns the link to who represents a place that somebody has tapped. */
export function representsLink(district: string, lon: number, lat: number): HTMLAnchorElement {
  const href = representsURL(district, lon, lat);
  return el("a", { class: "card-link", href }, t("ui.place.represents"));
}

/** Returns "12 pinezek w sześciokącie i obok; przy losowym rozkładzie byłoby 4,1". */
export function hotspotCounts({ sum, expected }: Hotspot): string {
  const format = new Intl.NumberFormat(pageLanguage(), { maximumFractionDigits: 1 });
  return t("ui.hotspots.counts", { n: sum, expected: format.format(expected ?? 0) });
}

export interface PinsOptions {
  pins: Promise<Pin[]>;
  selected: number; // id
  total: number; // pins that the map draws here; some may not be among those that are loaded
  zoomIn: (() => void) | undefined;
}

/**
 * Returns the list of all pins at a location. They appear together once they are loaded, so that no
 * link moves under a finger.
 */
export function pinsContent(config: MapConfig, { pins, selected, total, zoomIn }: PinsOptions): HTMLElement {
  const content = el("div", { class: "card-body" }, el("p", { class: "card-meta" }, t("ui.pin.loading")));
  pins.then(
    (pins) => {
      const list = el("ol", { class: "card-pins" }, ...pins.map((pin) => pinItem(config, pin, pin.id === selected)));
      content.replaceChildren(list);
      if (pins.length > 1) {
        content.prepend(
          el("p", { class: "card-meta card-count" }, t("ui.pin.here", { n: Math.max(total, pins.length) })),
        );
      }
      if (total > pins.length) {
        content.append(el("p", { class: "card-more" }, t("ui.pin.more", { n: total - pins.length })));
      }
      if (zoomIn && !atOnePoint(pins)) {
        content.append(button("ui.hex.closer", zoomIn));
      }
      list.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
    },
    (error: unknown) => {
      console.warn(error);
      content.replaceChildren(el("p", { class: "card-meta" }, t("ui.pin.failed")));
    },
  );
  return content;
}

/** Returns what is said of a thing other than a pin, with the link to its page. */
export function thingContent({ one, title, texts, href }: Thing): HTMLElement {
  const facts = texts.map(({ label, text: { text, lang } }) =>
    el("div", {}, el("dt", {}, label), el("dd", { lang, class: "thing-text" }, text)),
  );
  const link = el("a", { class: "card-link", href }, t("ui.thing.open"));
  link.setAttribute("aria-label", `${t("ui.thing.open")}: ${title.text}`);
  return el(
    "div",
    { class: "card-body card-thing" },
    el("p", { class: "card-title", lang: title.lang }, title.text),
    el("p", { class: "card-meta" }, one),
    ...(facts.length > 0 ? [el("dl", { class: "card-facts" }, ...facts)] : []),
    link,
  );
}

/** Returns the list of things at a place, of which there are so many, each with the link to its page. */
export function thingsContent(things: readonly Thing[], total: number): HTMLElement {
  const items = things.map(({ one, title, href }) =>
    el(
      "li",
      { class: "card-pin" },
      el("a", { class: "card-link", href, lang: title.lang }, title.text),
      el("p", { class: "card-meta" }, one),
    ),
  );
  const more = total - things.length;
  return el(
    "div",
    { class: "card-body card-thing" },
    el("p", { class: "card-title" }, t("ui.thing.here", { n: total })),
    el("ol", { class: "card-pins" }, ...items),
    ...(more > 0 ? [el("p", { class: "card-more" }, t("ui.thing.more", { n: more }))] : []),
  );
}

function button(label: string, onClick: () => void): HTMLButtonElement {
  const button = el("button", { class: "card-button", type: "button" }, t(label));
  button.addEventListener("click", onClick);
  return button;
}

function pinItem(config: MapConfig, { id, properties: pin }: Pin, isSelected: boolean): HTMLElement {
  const { label = pin.category, lang } = config.labels[pin.category] ?? {};
  const details = [...(pin.kind === "need" ? [t(`status.${pin.status}`)] : []), formatDay(pin.reported_on)];
  const link = el("a", { class: "card-link", href: config.pin.replace("{id}", String(id)) }, t("ui.pin.open"));
  link.setAttribute("aria-label", `${t("ui.pin.open")}: ${pin.title}`);
  const title = el("p", { class: "card-title" }, kindShape(pin.kind), " ", pin.title);
  const support = document.createElement("pinezka-support");
  support.classList.add("support-form");
  support.dataset.src = `${link.pathname}/support`;
  const current = isSelected ? "true" : undefined;
  return el(
    "li",
    { class: "card-pin", "aria-current": current },
    title,
    el("p", { class: "card-meta" }, el("span", { lang }, label), ` · ${details.join(" · ")}`),
    support,
    link,
    ...(pin.profile === undefined ? [] : [profileLink(config, pin.profile)]),
    ...(pin.hotspot ? [pinHotspot(config, pin.category, pin.hotspot)] : []),
  );
}

/** Returns the link to the profile of an organisation. */
function profileLink({ district }: MapConfig, id: number): HTMLElement {
  return el("a", { class: "card-link", href: `/d/${district}/organisations/${id}` }, t("ui.pin.profile"));
}

/** Returns the sentence about the hotspot around a need, with the link to its evidence. */
function pinHotspot(config: MapConfig, category: string, { h3, class: name }: PinHotspot): HTMLElement {
  const query = new URLSearchParams({ category, cell: h3 });
  const link = el("a", { href: `/d/${config.district}/hotspots?${query}#results` }, t("ui.hotspots.evidence"));
  return el("p", { class: "card-hotspot" }, classSign(name), el("span", {}, t(`ui.hotspots.need.${name}`), " ", link));
}

/** Reports whether all pins are at the same point, so that no zoom separates them. */
function atOnePoint(pins: readonly Pin[]): boolean {
  const points = pins.map(({ geometry: { coordinates } }) => String(coordinates));
  return new Set(points).size === 1;
}
