import { el } from "./create-element";
import { t } from "./messages";
import { textLength } from "./text-length";

const announceDelayMs = 1000; // without typing, so that a screen reader is not interrupted by each letter
const announcedShare = 0.1; // of the characters that are left

/**
 * Shows below a field with data-max how many characters are left, and announces it near the limit.
 * Nothing is cut off: the server says what is too long.
 */
export function addTextCounter(field: HTMLInputElement | HTMLTextAreaElement): void {
  const max = Number(field.dataset.max);
  const counter = el("p", { class: "counter", id: `${field.id}-counter` });
  const status = el("p", { class: "hidden", role: "status" });
  let timer: number | undefined;
  const update = (): void => {
    const left = max - textLength(field.value, field instanceof HTMLInputElement);
    const text = left < 0 ? t("ui.form.over", { n: -left }) : t("ui.form.left", { n: left });
    counter.textContent = text;
    counter.classList.toggle("is-over", left < 0);
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      status.textContent = left < max * announcedShare ? text : "";
    }, announceDelayMs);
  };
  field.after(counter, status);
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${counter.id}`.trim());
  field.addEventListener("input", update);
  update();
}
