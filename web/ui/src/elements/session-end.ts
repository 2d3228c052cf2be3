import { t } from "../messages";

const warningMs = 2 * 60_000;
const retryMs = 30_000;

/**
 * `<pinezka-session data-ends>` tells somebody who has signed in two minutes before the session ends,
 * and extends it by a press. It reloads nothing, so that what was entered stays. The tabs of a
 * browser share one session: each tells the others when it ends.
 */
export class SessionEnd extends HTMLElement {
  private ends = 0;
  private timer = 0;
  private channel?: BroadcastChannel;

  connectedCallback(): void {
    this.ends = Date.parse(this.dataset.ends ?? "");
    this.channel = new BroadcastChannel("pinezka-session");
    this.channel.addEventListener("message", ({ data }: MessageEvent<number>) => {
      if (data > this.ends) {
        this.endsAt(data);
      }
    });
    this.channel.postMessage(this.ends);
    document.addEventListener("visibilitychange", this.show); // timers stop while a device sleeps
    this.show();
  }

  disconnectedCallback(): void {
    clearTimeout(this.timer);
    this.channel?.close();
    document.removeEventListener("visibilitychange", this.show);
  }

  private endsAt(time: number): void {
    this.ends = time;
    this.show();
  }

  /** Shows what is true now, and is called again when that changes. */
  private readonly show = (): void => {
    clearTimeout(this.timer);
    const left = this.ends - Date.now();
    if (left > warningMs) {
      this.replaceChildren();
      this.timer = window.setTimeout(this.show, Math.min(left - warningMs, 2 ** 31 - 1));
    } else if (left > 0) {
      this.tell(t("ui.session.soon", { time: this.clock() }), true);
      this.timer = window.setTimeout(this.show, left);
    } else {
      this.tell(t("ui.session.ended"), false);
    }
  };

  private clock(): string {
    return new Date(this.ends).toLocaleTimeString(document.documentElement.lang, {
      hour: "2-digit",
      minute: "2-digit",
    });
  }

  /** Shows a note, with the button that extends the session or the link to sign in. */
  private tell(text: string, extendable: boolean): void {
    if (this.querySelector("p")?.textContent === text) {
      return;
    }
    const note = document.createElement("div");
    note.className = "session-note";
    note.setAttribute("role", "alert");
    const words = document.createElement("p");
    words.textContent = text;
    note.append(words);
    if (extendable) {
      const button = document.createElement("button");
      button.className = "button is-main";
      button.type = "button";
      button.textContent = t("ui.session.extend");
      button.addEventListener("click", () => this.extend(button));
      note.append(button);
    } else {
      const link = document.createElement("a");
      link.className = "button";
      link.href = "/sign-in";
      link.target = "_blank";
      link.textContent = t("ui.session.sign_in");
      note.append(link);
    }
    this.replaceChildren(note);
  }

  private async extend(button: HTMLButtonElement): Promise<void> {
    button.disabled = true;
    try {
      const response = await fetch("/account/extend", { method: "POST", signal: AbortSignal.timeout(retryMs) });
      if (!response.ok) {
        throw new Error(response.statusText);
      }
      const { ends } = (await response.json()) as { ends: string };
      this.ends = Date.parse(ends);
      this.channel?.postMessage(this.ends);
      this.show();
    } catch {
      button.disabled = false;
      const words = this.querySelector("p");
      if (words) {
        words.textContent = t("ui.session.failed");
      }
    }
  }
}
