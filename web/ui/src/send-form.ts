export const sendTimeoutMs = 30_000;

/**
 * What has become of a form: the pin was added and has a page, or there are faults, in a page with
 * the form, or it is not known whether it has arrived.
 */
export type Outcome =
  | { result: "sent"; url: string }
  | { result: "faults"; page: Document }
  | { result: "unsent"; reason: "offline" | "unavailable" | "too_many" | "refused" };

/**
 * Sends the last step of a form. Only a redirect to a page of the same district confirms that the
 * pin was added: a proxy or the page of a hotel's network may answer anything else.
 */
export async function sendForm(form: HTMLFormElement, submitter: HTMLElement | null): Promise<Outcome> {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form, submitter)) {
    body.append(name, String(value));
  }
  try {
    const response = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "text/html" },
      body,
      signal: AbortSignal.timeout(sendTimeoutMs),
    });
    if (response.redirected && isOfDistrict(response.url, form.action)) {
      return { result: "sent", url: response.url };
    }
    if (response.status === 422) {
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      if (page.querySelector("[data-faults]")) {
        return { result: "faults", page };
      }
    }
    return { result: "unsent", reason: reasonOf(response.status) };
  } catch {
    return { result: "unsent", reason: "offline" };
  }
}

/** Reports whether a URL is below the same /d/{district}/ as the address of the form. */
const isOfDistrict = (url: string, action: string): boolean => url.startsWith(new URL(".", action).href);

function reasonOf(status: number): "unavailable" | "too_many" | "refused" {
  if (status === 429) {
    return "too_many";
  }
  return status >= 400 && status < 500 ? "refused" : "unavailable";
}
