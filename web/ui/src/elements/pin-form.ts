import { BusyButton } from "../busy-button";
import { el } from "../create-element";
import { button, draftNotice } from "../draft-notice";
import { type Draft, Drafts, hasContent, readFields, writeFields } from "../form-draft";
import { t } from "../messages";
import { replaceChildren } from "../partial-page-update";
import { type Outcome, sendForm, sendTimeoutMs } from "../send-form";
import { addTextCounter } from "../text-counter";

const lastStep = 3;

/**
 * `<pinezka-form data-district="…" data-step="…">` contains a step of the form that adds a pin. It
 * keeps a draft on the device until the server has confirmed the pin, restores it, sends the last
 * step without leaving the page, so that nothing is lost without a connection, and shows that
 * buttons work. With data-new, the form is empty, and a draft that is found is restored, or only
 * offered when the address chooses a place or a category.
 */
export class PinForm extends HTMLElement {
  private drafts!: Drafts;
  private form!: HTMLFormElement;
  private draft: Draft | undefined; // of this form, as it is stored
  private busy: BusyButton | undefined;
  private readonly unsent = el("div", { class: "unsent", role: "status" });
  private readonly note = el("p", { class: "draft-note" });
  private readonly listeners = new AbortController();

  connectedCallback(): void {
    const form = this.querySelector<HTMLFormElement>("form[data-main]");
    if (!form || this.form) {
      return;
    }
    this.form = form;
    this.drafts = new Drafts(this.dataset.district ?? "");
    this.restore();
    this.querySelector(".actions")?.before(this.unsent);
    this.append(this.note);
    for (const field of form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("[data-max]")) {
      addTextCounter(field);
    }
    this.addEventListener("input", () => this.save(this.step));
    this.addEventListener("change", () => this.save(this.step));
    this.addEventListener("submit", (event) => this.handleSubmit(event));
    const { signal } = this.listeners;
    window.addEventListener("pageshow", () => this.resetAfterBack(), { signal });
    window.addEventListener("online", () => this.handleOnline(), { signal });
    document.addEventListener("click", (event) => this.handleLanguageLink(event), { signal });
    document.querySelector<HTMLElement>("[data-faults]")?.focus();
  }

  disconnectedCallback(): void {
    this.listeners.abort();
  }

  private get step(): number {
    return Number(this.dataset.step);
  }

  private get key(): string {
    return hiddenField(this.form, "key").value;
  }

  private get nextButton(): HTMLElement | null {
    return this.querySelector<HTMLElement>("button[value=next]");
  }

  private restore(): void {
    const own = this.drafts.get(this.key);
    const found = own ?? ("new" in this.dataset ? this.drafts.newest() : undefined);
    if (!found) {
      return;
    }
    if (own) {
      this.use(own);
      return;
    }
    const isOffer = location.hash.startsWith("#at=") || new URLSearchParams(location.search).has("category");
    if (!isOffer) {
      this.use(found);
    }
    const next = button(t("ui.form.continue"), () => {
      this.use(found);
      this.openStep(found.step);
    });
    const discard = button(t(isOffer ? "ui.form.discard" : "ui.form.afresh"), () => this.discard(found));
    const buttons = isOffer || found.step > this.step ? [next, discard] : [discard];
    this.prepend(draftNotice(isOffer ? "ui.form.offered" : "ui.form.restored", found, ...buttons));
  }

  /** Fills in what a draft has. */
  private use(draft: Draft): void {
    writeFields(this.querySelectorAll("form"), draft);
    this.draft = draft;
    this.showNote(true);
  }

  /** Saves what has been entered, and the step to open when it is restored. */
  private save(step: number): void {
    const fields = readFields(this.form, this.draft);
    if (!hasContent(fields)) {
      return;
    }
    const now = Date.now();
    const emailAt = this.draft && this.draft.fields.email === fields.email ? this.draft.emailAt : now;
    this.draft = { key: this.key, step: Math.min(Math.max(step, 1), lastStep), savedAt: now, emailAt, fields };
    this.showNote(this.drafts.save(this.draft));
  }

  private showNote(isKept: boolean): void {
    const key = isKept ? "ui.form.kept" : "ui.form.not_kept";
    if (this.note.dataset.key !== key) {
      this.note.dataset.key = key;
      const afresh = button(t("ui.form.afresh"), () => this.discard(this.draft), "plain-button");
      this.note.replaceChildren(t(key), " ", afresh);
    }
  }

  /** Removes a draft, and begins with an empty form if this form has it. */
  private discard(draft: Draft | undefined): void {
    const hasWords = draft?.fields.title || draft?.fields.body;
    if (!draft || (hasWords && !confirm(t("ui.form.discard_confirm")))) {
      return;
    }
    this.drafts.remove(draft.key);
    if (draft.key === this.key) {
      location.assign(this.form.action);
    } else {
      this.querySelector(".draft-found")?.remove();
    }
  }

  private handleSubmit(event: SubmitEvent): void {
    const submitter = event.submitter ?? this.nextButton;
    if (event.defaultPrevented || !submitter) {
      return;
    }
    if (this.busy?.isBusy) {
      event.preventDefault();
      return;
    }
    const isBack = submitter.getAttribute("value") === "back";
    const step = Number(hiddenField(this.form, "step").value);
    this.save(isBack ? step - 1 : step + 1);
    this.busy = new BusyButton(submitter);
    if (this.step === lastStep && !isBack) {
      event.preventDefault();
      void this.send(submitter);
    } else if (navigator.onLine) {
      this.busy.start(t("ui.form.wait"));
    } else {
      event.preventDefault();
      this.showUnsent("offline_step", submitter);
    }
  }

  private async send(submitter: HTMLElement): Promise<void> {
    this.unsent.replaceChildren();
    const outcome = sendForm(this.form, submitter); // reads the form before the button changes
    this.busy?.start(t("ui.form.sending"), 2 * sendTimeoutMs);
    this.handleOutcome(await outcome, submitter);
  }

  private handleOutcome(outcome: Outcome, submitter: HTMLElement): void {
    if (outcome.result === "sent") {
      this.drafts.remove(this.key);
      location.assign(outcome.url);
      return;
    }
    this.busy?.stop();
    if (outcome.result === "faults") {
      this.showFaults(outcome.page);
    } else {
      this.showUnsent(outcome.reason, submitter);
    }
  }

  /** Shows the form of another page, with its faults. */
  private showFaults(page: Document): void {
    const form = page.querySelector<HTMLFormElement>("form[data-main]");
    const key = form && hiddenField(form, "key").value;
    if (this.draft && key && key !== this.key) {
      this.drafts.remove(this.key); // A pin was added with it.
      this.drafts.save({ ...this.draft, key });
    }
    document.title = page.title;
    replaceChildren(page, "main");
  }

  /** Says why the form was not sent, what is kept, and offers to send it on request. */
  private showUnsent(reason: string, submitter: HTMLElement): void {
    const isStored = this.note.dataset.key === "ui.form.kept";
    const isLast = this.step === lastStep;
    const again = button(t(isLast ? "ui.form.send_now" : "ui.form.try_again"), () =>
      this.form.requestSubmit(submitter),
    );
    this.unsent.replaceChildren(
      el("p", {}, el("strong", { "data-reason": reason }, t(`ui.form.${reason}`))),
      el("p", {}, t(isStored ? "ui.form.stored" : "ui.form.not_stored"), isLast ? ` ${t("ui.form.once")}` : ""),
      el("p", {}, again),
    );
    this.unsent.scrollIntoView({ block: "nearest" });
  }

  private handleOnline(): void {
    const reason = this.unsent.querySelector("[data-reason^=offline]");
    if (reason) {
      reason.textContent = t("ui.form.online");
    }
  }

  /** Opens a step by sending the one before it. */
  private openStep(step: number): void {
    hiddenField(this.form, "step").value = String(Math.max(step, 2) - 1);
    this.form.requestSubmit(this.nextButton);
  }

  private resetAfterBack(): void {
    this.busy?.stop();
    hiddenField(this.form, "step").value = String(this.step);
  }

  /** Opens the same step in another language. The address has none of it, so the first needs only the draft. */
  private handleLanguageLink(event: MouseEvent): void {
    const link = event.target instanceof Element && event.target.closest<HTMLAnchorElement>(".languages a");
    if (!link || this.step === 1 || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    this.save(this.step);
    const form = this.form.cloneNode(true) as HTMLFormElement; // Back shows the one of this page.
    form.action = new URL(link.search, this.form.action).href;
    hiddenField(form, "step").value = String(this.step - 1);
    form.hidden = true;
    document.body.append(form);
    form.submit();
  }
}

const hiddenField = (form: HTMLFormElement, name: string): HTMLInputElement =>
  form.elements.namedItem(name) as HTMLInputElement;
