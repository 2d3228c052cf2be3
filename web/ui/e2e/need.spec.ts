// One need from its first voices to what came of it: fourteen reports become one need, a diagnosis names what
// can serve it, an initiative answers that, a year later it is met, and somebody says that it is not better.

import type { Browser, Page } from "@playwright/test";
import { SignInPage } from "./drivers/sign-in-page";
import { district, expect, expectAccessible, test } from "./fixtures";
import { allNews, execute, inviteModerator, mailed, outbox } from "./operator";
import type { Server } from "./server";

const home = `/d/${district}`;
const api = `/api/v1/districts/${district}`;
const place = { lon: 19.9493, lat: 50.0446 }; // Rynek Podgórski
const addresses = Array.from({ length: 14 }, (_, i) => `lampa-${i}@example.org`);

/** Signs a moderator in, in a browser of their own. */
async function signIn(browser: Browser, server: Server, address: string): Promise<Page> {
  inviteModerator(server, "Ola", address);
  const context = await browser.newContext({ baseURL: server.url, locale: "pl-PL" });
  const page = await context.newPage();
  const form = new SignInPage(page, server);
  await form.ask(address);
  await form.typeCode(address);
  return page;
}

/** The mails that the reporters have received, as "kind address", of which it forgets those that it returned before. */
class Mailboxes {
  private readonly seen: Record<string, number> = {};

  constructor(private readonly server: Server) {}

  /** Waits until all mails are sent, and returns the kinds of the new ones to each of the reporters. */
  async news(): Promise<Record<string, string[]>> {
    await allNews(this.server);
    const all = (await outbox(this.server)).reverse();
    return Object.fromEntries(
      addresses.map((address) => {
        const kinds = all.filter(({ to }) => to === address).map(({ kind }) => kind);
        const news = kinds.slice(this.seen[address]);
        this.seen[address] = kinds.length;
        return [address, news];
      }),
    );
  }
}

/** One mail of a kind to each reporter. */
const oneEach = (kind: string, to = addresses): Record<string, string[]> =>
  Object.fromEntries(addresses.map((address) => [address, to.includes(address) ? [kind] : []]));

/** Lets a year pass for everything that has been reported and done in the threads of things. */
function passYear(server: Server, things: number[]): void {
  const ids = things.join(", ");
  execute(server, `update pins set reported_on = reported_on - 366 where pin_id in (${ids})`);
  execute(
    server,
    `set session_replication_role = replica;
     update audit set happened_at = happened_at - interval '366 days' where thing_id in (${ids});
     update links set created_at = created_at - interval '366 days' where from_id in (${ids})`,
  );
}

test("fourteen reports become one need, which an initiative meets a year later, and it is not better", async ({
  browser,
  mapPage,
  page,
  server,
}) => {
  test.setTimeout(240_000);
  const moderator = await signIn(browser, server, "need@example.org");
  const reporters = new Mailboxes(server);

  const reports: number[] = [];
  for (const [i, email] of addresses.entries()) {
    const data = { category: "lighting", title: `Ciemno przy rynku ${i + 1}`, ...place, email };
    const response = await page.request.post(`${api}/pins`, { data });
    expect(response.status(), await response.text()).toBe(201);
    reports.push(((await response.json()) as { id: number }).id);
  }
  const [need = 0, ...duplicates] = reports;
  execute(server, "update contacts set confirmed_at = now() where confirmed_at is null"); // by the link in the mail
  for (const id of duplicates) {
    const merged = await moderator.request.post(`${api}/things/${id}/actions`, {
      data: { action: "merge", into: need },
      headers: { Origin: server.url, "If-Match": "1" },
    });
    expect(merged.status(), await merged.text()).toBe(200);
  }
  await reporters.news();
  await page.goto(`${home}/pins/${duplicates[0]}`);
  await expect(page).toHaveURL(`${home}/pins/${need}`);
  await expect(page.getByRole("main")).toContainText("Tak samo uważa jeszcze 13 osób.");

  await moderator.goto(`${home}?q=${encodeURIComponent("Ciemno przy rynku 1")}`);
  await expectAccessible(moderator);
  await moderator.getByRole("link", { name: /Rozpocznij diagnozę z t/ }).click();
  await expect(moderator.getByText(/^Wybrano 1 potrzebę/)).toBeVisible();
  await expect(moderator.getByRole("checkbox", { name: /Ciemno przy rynku 1/ })).toBeChecked();
  await expectAccessible(moderator);
  await moderator.locator('[name="name.pl"]').fill("Rynek bez światła");
  await moderator.locator('[name="finding.pl"]').fill("Latarnie nie świecą od **września**.");
  await moderator.getByRole("button", { name: "Zapisz", exact: true }).click();
  await expect(moderator.getByRole("heading", { level: 1 })).toHaveText("Rynek bez światła");
  const diagnosis = new URL(moderator.url()).pathname;
  await expect(moderator.getByRole("region", { name: /^Liczby z dnia/ }).getByRole("table")).toBeVisible();
  const proposals = moderator.getByRole("region", { name: "Co jest w pobliżu i może pomóc" });
  const proposed = await proposals.getByRole("listitem").allInnerTexts();
  expect(proposed.length).toBeGreaterThanOrEqual(3);
  for (const reason of proposed) {
    const [, metres] = /(\d+) m (?:pieszo|w linii prostej)/.exec(reason) ?? [];
    expect(Number(metres), `${reason}, at 80 metres a minute`).toBeLessThanOrEqual(10 * 80);
  }
  await expectAccessible(moderator);
  const used = await proposals.getByRole("link").first().innerText();
  await proposals.getByRole("button").first().click();
  await expect(moderator.getByRole("heading", { name: "Co może pomóc" })).toBeVisible();
  await expect(proposals.getByRole("link", { name: used, exact: true })).toHaveCount(0);
  expect(await reporters.news(), "of the diagnosis").toEqual(oneEach("moved"));

  await moderator.goto(diagnosis);
  await moderator.getByRole("link", { name: "Zacznij inicjatywę w tej sprawie" }).click();
  await moderator.locator('[name="name.pl"]').fill("Światło dla rynku");
  await moderator.locator('[name="summary.pl"]').fill("Naprawiamy **dwanaście** latarni.");
  await moderator.getByRole("button", { name: "Zapisz", exact: true }).click();
  await expect(moderator.getByRole("heading", { level: 1 })).toHaveText("Światło dla rynku");
  const initiative = new URL(moderator.url()).pathname;
  await moderator.getByRole("button", { name: "Zaczyna się" }).click();
  await expect(moderator.getByRole("button", { name: "Zaczyna się" })).toHaveCount(0);
  expect(await reporters.news(), "of the initiative").toEqual(oneEach("moved"));

  await page.goto(await mailed(server, "lampa-7@example.org", /(\/d\/podgorze\/pins\/\d+)/));
  const thread = page.locator(".thread");
  await expect(thread).toContainText("Połączono z 13 innymi pinezkami w tej samej sprawie");
  await expect(thread.getByRole("link", { name: "Rynek bez światła" })).toBeVisible();
  await expect(thread.getByRole("link", { name: "Światło dla rynku" }).first()).toBeVisible();
  await expectAccessible(page);

  passYear(server, [...reports, Number(diagnosis.replace(/.*\//, "")), Number(initiative.replace(/.*\//, ""))]);
  await moderator.goto(initiative);
  await moderator.getByRole("button", { name: "Zrobione", exact: true }).click();
  await expect(moderator.getByRole("region", { name: "Przed i po" })).toBeVisible();
  await expectAccessible(moderator);
  expect(await reporters.news(), "once it is met").toEqual(oneEach("better"));

  await page.goto(`${home}/pins/${need}`);
  const years = await thread.locator("time").evaluateAll((all) => all.map((t) => t.getAttribute("datetime") ?? ""));
  expect(Date.parse(years.at(-1) ?? "") - Date.parse(years[0] ?? "")).toBeGreaterThanOrEqual(366 * 86_400_000);

  const [first = "", second = ""] = addresses;
  for (const [address, answer] of [
    [first, "Tak, jest lepiej"],
    [second, "Nie, nie jest"],
  ] as const) {
    await page.goto(await mailed(server, address, /(\/d\/podgorze\/better\/[\w-]+)/));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Czy jest lepiej?");
    await expectAccessible(page);
    await page.getByRole("radio", { name: answer }).check();
    await page.getByLabel("Co chcesz o tym powiedzieć?").fill("Dwie latarnie nie świecą.");
    await page.getByRole("button", { name: "Wyślij odpowiedź" }).click();
    await expect(page.getByRole("status")).toContainText("Odpowiedź dotarła.");
    await expectAccessible(page);
  }
  await page.getByRole("link", { name: "Zobacz potrzebę" }).click();
  await expect(page.getByRole("main")).toContainText("mówi, że nie jest lepiej");
  await expect(page.locator(".way .is-now")).toContainText(/otwart/i);
  await expect(page.getByRole("main")).not.toContainText("Dwie latarnie nie świecą.");
  await expectAccessible(page);
  for (const path of [`${home}/pins/${need}`, diagnosis, initiative]) {
    await page.goto(path);
    await mapPage.waitUntilIdle();
    await page.emulateMedia({ media: "print" });
    for (const said of [
      "Ciemno przy rynku 1",
      "13 innymi pinezkami",
      "Rynek bez światła",
      "Światło dla rynku",
      "Otwarta ponownie",
    ]) {
      await expect(page.getByRole("main").getByText(said).filter({ visible: true }).first()).toBeVisible();
    }
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    expect(pdf.match(/\/Type \/Page\b/g), `sheets of paper of ${path}`).toHaveLength(1);
    await page.emulateMedia({ media: null });
  }
  expect(await reporters.news(), "once it is open again").toEqual(
    oneEach(
      "reopened",
      addresses.filter((a) => a !== second),
    ),
  );
  await moderator.context().close();
});
