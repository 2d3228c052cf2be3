// The slider of months with its play button, as DOM elements.

import { el } from "../create-element";
import { pathIcon } from "../icons";
import { t } from "../messages";

const icons = { play: "M8 5v14l11-7z", pause: "M8 5v14M16 5v14" };

export interface SliderHandlers {
  onPlay: () => void; // also pauses
  onSlide: (position: number) => void;
  onReset: () => void;
  onUse: () => void; // the focus or the pointer has entered the slider
}

export interface SliderState {
  position: number; // 0 for all months, 1 for the oldest
  label: string; // of the period
  total: number | undefined; // pins in the month
  isMonth: boolean; // one month, not a longer period
  isAll: boolean; // no limits
  isPlaying: boolean;
}

export class MonthSlider {
  private readonly playButton = el("button", { class: "months-play", type: "button" });
  private readonly text = el("p", { class: "months-text" });
  private readonly resetButton = el("button", { class: "months-all", type: "button" }, t("ui.months.back_short"));
  private readonly range: HTMLInputElement;
  private readonly announcement = el("p", { class: "hidden", role: "status" });

  constructor(container: HTMLElement, months: number, { onPlay, onSlide, onReset, onUse }: SliderHandlers) {
    this.range = el("input", {
      class: "months-range",
      type: "range",
      min: "0",
      max: String(months),
      step: "1",
      value: "0",
      autocomplete: "off",
      "aria-label": t("ui.months.label"),
    });
    this.resetButton.setAttribute("aria-label", t("ui.months.back"));
    const line = el("div", { class: "months-line" }, this.text, this.resetButton);
    const box = el("div", { class: "months-box", role: "group" }, this.playButton, line, this.range, this.announcement);
    box.setAttribute("aria-label", t("ui.months.heading"));
    container.append(box);
    this.playButton.addEventListener("click", onPlay);
    this.range.addEventListener("input", () => onSlide(this.range.valueAsNumber));
    this.resetButton.addEventListener("click", () => {
      this.range.focus(); // The button is about to be hidden.
      onReset();
    });
    box.addEventListener("focusin", onUse);
    box.addEventListener("pointerenter", onUse);
  }

  show({ position, label, total, isMonth, isAll, isPlaying }: SliderState): void {
    this.text.replaceChildren(el("b", {}, label));
    if (total !== undefined) {
      this.text.append(" ", el("span", {}, t("ui.pins", { n: total })));
    }
    this.range.value = String(position);
    this.range.setAttribute("aria-valuetext", valueText(label, total));
    this.range.classList.toggle("is-open", !isMonth);
    this.resetButton.hidden = isAll;
    const action = t(isPlaying ? "ui.months.pause" : "ui.months.play");
    if (this.playButton.title !== action) {
      this.playButton.title = action;
      this.playButton.setAttribute("aria-label", action);
      this.playButton.classList.toggle("is-playing", isPlaying);
      this.playButton.replaceChildren(pathIcon(isPlaying ? icons.pause : icons.play));
    }
  }

  /** Announces the value of the slider to screen readers, or clears the announcement. */
  announce(value: boolean): void {
    this.announcement.textContent = value ? this.range.getAttribute("aria-valuetext") : "";
  }
}

const valueText = (label: string, total: number | undefined): string =>
  total === undefined ? label : t("ui.months.value", { month: label, n: total });
