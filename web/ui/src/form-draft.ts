// Drafts of the form that adds a pin, in the local storage of the browser: one for each pin.

const fieldNames = ["lon", "lat", "place", "kind", "category", "title", "body", "email", "anonymous"] as const;
type FieldName = (typeof fieldNames)[number];

/** What somebody has entered so far. */
export interface Draft {
  key: string; // of the request that will add the pin
  step: number; // that was open
  savedAt: number; // ms since 1970
  emailAt: number; // when the e-mail address was entered
  fields: Partial<Record<FieldName, string>>;
}

const prefix = "pinezka.draft.";
const dayMs = 24 * 60 * 60 * 1000;
const maxAgeMs = 30 * dayMs;
const maxEmailAgeMs = dayMs;

/**
 * The drafts of one district. Browsers may refuse to store anything, because the disk is full or
 * they are private, so that nothing may depend on it: every step has all fields, too.
 */
export class Drafts {
  private readonly prefix: string;

  constructor(
    district: string,
    private readonly storage: Storage | undefined = localStorageOrNone(),
  ) {
    this.prefix = `${prefix}${district}.`;
  }

  /** Stores a draft, and reports whether the browser has done so. */
  save(draft: Draft): boolean {
    try {
      this.storage?.setItem(this.prefix + draft.key, JSON.stringify(draft));
      return this.storage !== undefined;
    } catch {
      this.remove(draft.key); // An older version must not replace what the form has.
      return false;
    }
  }

  get(key: string): Draft | undefined {
    try {
      return parseDraft(this.storage?.getItem(this.prefix + key) ?? null);
    } catch {
      return undefined;
    }
  }

  /** Returns the draft that was saved last. */
  newest(): Draft | undefined {
    return keysOf(this.storage)
      .filter((key) => key.startsWith(this.prefix))
      .map((key) => this.get(key.slice(this.prefix.length)))
      .filter((draft) => draft !== undefined)
      .sort((a, b) => b.savedAt - a.savedAt)[0];
  }

  remove(key: string): void {
    try {
      this.storage?.removeItem(this.prefix + key);
    } catch {
      // What cannot be stored need not be removed.
    }
  }
}

/** Removes drafts that are a month old, and e-mail addresses that are a day old, of all districts. */
export function removeExpired(now: number, storage: Storage | undefined = localStorageOrNone()): void {
  for (const key of keysOf(storage).filter((key) => key.startsWith(prefix))) {
    try {
      const draft = parseDraft(storage?.getItem(key) ?? null);
      if (!draft || now - draft.savedAt > maxAgeMs) {
        storage?.removeItem(key);
      } else if (draft.fields.email && now - draft.emailAt > maxEmailAgeMs) {
        const { email: _, ...fields } = draft.fields;
        storage?.removeItem(key); // The address is gone even if there is no room for what is left.
        storage?.setItem(key, JSON.stringify({ ...draft, fields }));
      }
    } catch {
      // The next page tries again.
    }
  }
}

/** Returns what the named fields of a form contain, and what the draft has of all others. */
export function readFields(form: HTMLFormElement, draft?: Draft): Draft["fields"] {
  const fields = { ...draft?.fields };
  for (const name of fieldNames) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement && field.type === "checkbox") {
      fields[name] = field.checked ? field.value : "";
    } else if (field && "value" in field) {
      fields[name] = String(field.value);
    }
  }
  return fields;
}

/** Sets the fields of forms to what a draft has. */
export function writeFields(forms: Iterable<HTMLFormElement>, { key, fields }: Draft): void {
  for (const form of forms) {
    for (const [name, value] of Object.entries({ ...fields, key })) {
      const field = form.elements.namedItem(name);
      if (field instanceof HTMLInputElement && field.type === "checkbox") {
        field.checked = value !== "";
      } else if (field && "value" in field && field.value !== value) {
        field.value = value;
      }
    }
  }
}

/** Reports whether somebody has entered anything. */
export const hasContent = (fields: Draft["fields"]): boolean =>
  fieldNames.some((name) => (fields[name] ?? "").trim() !== "");

function parseDraft(text: string | null): Draft | undefined {
  try {
    const { key, step, savedAt, emailAt, fields } = JSON.parse(text ?? "") as Draft;
    if (typeof key !== "string" || ![step, savedAt, emailAt].every(Number.isFinite)) {
      return undefined;
    }
    const texts = Object.entries(fields).filter(([, value]) => typeof value === "string");
    return { key, step: Math.min(Math.max(step, 1), 3), savedAt, emailAt, fields: Object.fromEntries(texts) };
  } catch {
    return undefined;
  }
}

function keysOf(storage: Storage | undefined): string[] {
  try {
    return Array.from({ length: storage?.length ?? 0 }, (_, i) => storage?.key(i) ?? "");
  } catch {
    return [];
  }
}

function localStorageOrNone(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}
