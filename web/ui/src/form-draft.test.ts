import assert from "node:assert/strict";
import { test } from "node:test";
import { type Draft, Drafts, removeExpired } from "./form-draft";

const hourMs = 3_600_000;
const now = 1_800_000_000_000;

/** Storage in memory, which is full when it has as many characters. */
class MemoryStorage implements Storage {
  readonly items = new Map<string, string>();

  constructor(private readonly maxLength = 10_000) {}

  get length(): number {
    return this.items.size;
  }
  key = (i: number): string | null => [...this.items.keys()][i] ?? null;
  getItem = (key: string): string | null => this.items.get(key) ?? null;
  removeItem = (key: string): void => void this.items.delete(key);
  clear = (): void => this.items.clear();
  setItem(key: string, value: string): void {
    if (value.length > this.maxLength) {
      throw new DOMException("full", "QuotaExceededError");
    }
    this.items.set(key, value);
  }
}

const draft = (key: string, savedAt: number, fields: Draft["fields"] = {}): Draft => ({
  key,
  step: 3,
  savedAt,
  emailAt: savedAt,
  fields,
});

test("each pin has its draft, and the newest of the district is offered", () => {
  const storage = new MemoryStorage();
  const drafts = new Drafts("podgorze", storage);
  drafts.save(draft("a", now, { title: "Lipa" }));
  drafts.save(draft("b", now + 1, { title: "Ławka" }));
  new Drafts("wilno", storage).save(draft("c", now + 2));
  assert.equal(drafts.newest()?.key, "b");
  assert.equal(drafts.get("a")?.fields.title, "Lipa");
  drafts.remove("b");
  assert.equal(drafts.newest()?.key, "a");
});

test("a draft for which there is no room leaves no older version of itself", () => {
  const drafts = new Drafts("podgorze", new MemoryStorage(200));
  assert.equal(drafts.save(draft("a", now, { title: "Lipa" })), true);
  assert.equal(drafts.save(draft("a", now, { body: "x".repeat(300) })), false);
  assert.equal(drafts.get("a"), undefined);
});

test("a browser without storage has no drafts", () => {
  const refuse = (): never => {
    throw new DOMException("denied", "SecurityError");
  };
  const storage = { length: 1, key: refuse, getItem: refuse, setItem: refuse, removeItem: refuse, clear: refuse };
  const drafts = new Drafts("podgorze", storage);
  assert.equal(drafts.save(draft("a", now)), false);
  assert.equal(drafts.get("a"), undefined);
  assert.equal(drafts.newest(), undefined);
  removeExpired(now, storage);
});

test("what another program has stored is ignored", () => {
  const storage = new MemoryStorage();
  const broken = [
    "",
    "null",
    "[]",
    "{}",
    '{"key":1,"step":1,"savedAt":1,"emailAt":1,"fields":{}}',
    '{"key":"a","step":1,"savedAt":1}',
  ];
  for (const text of broken) {
    storage.setItem("pinezka.draft.podgorze.a", text);
    assert.equal(new Drafts("podgorze", storage).newest(), undefined, text);
    removeExpired(now, storage);
    assert.equal(storage.length, 0, text);
  }
});

test("an address is removed after a day, and a draft after a month", () => {
  const storage = new MemoryStorage();
  const drafts = new Drafts("podgorze", storage);
  drafts.save(draft("new", now - 23 * hourMs, { title: "a", email: "a@example.org" }));
  drafts.save(draft("day", now - 25 * hourMs, { title: "b", email: "b@example.org" }));
  drafts.save(draft("month", now - 31 * 24 * hourMs, { title: "c" }));
  removeExpired(now, storage);
  assert.deepEqual(drafts.get("new")?.fields, { title: "a", email: "a@example.org" });
  assert.deepEqual(drafts.get("day")?.fields, { title: "b" });
  assert.equal(drafts.get("month"), undefined);
});
