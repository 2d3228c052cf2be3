// An organisation offers a room, and an initiative takes it.

import type { Browser, Page } from "@playwright/test";
import { SignInPage } from "./drivers/sign-in-page";
import { district, expect, expectAccessible, test } from "./fixtures";
import { allNews, execute, inviteMember, inviteModerator, mailed, outbox } from "./operator";
import type { Server } from "./server";

const home = `/d/${district}`;

/** Signs somebody in, in a browser of their own. */
async function signIn(browser: Browser, server: Server, address: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.url, locale: "pl-PL" });
  const page = await context.newPage();
  const driver = new SignInPage(page, server);
  await driver.ask(address);
  await driver.typeCode(address);
  return page;
}

/** Lets a year pass for what has happened to a thing. */
function passYear(server: Server, thing: string): void {
  execute(
    server,
    `set session_replication_role = replica;
     update audit set happened_at = happened_at - interval '1 year 1 day' where thing_id = ${thing};
     delete from periodic_runs where task = 'ask_still_true'`,
  );
}

/** How many mails of a kind somebody has received. */
async function received(server: Server, to: string, kind: string): Promise<number> {
  return (await outbox(server)).filter((mail) => mail.to === to && mail.kind === kind).length;
}

/** Publishes what is on the page of a thing, and returns the number of the thing. */
async function publish(page: Page, path: string): Promise<string> {
  await page.goto(path);
  await page.getByRole("button", { name: "Opublikuj" }).click();
  await expect(page.getByRole("button", { name: "Opublikuj" })).toHaveCount(0);
  return path.replace(/.*\//, "");
}

/** Fills in the form of an ask or an offer, and returns the path of its page. */
async function submit(page: Page, title: string, day: string): Promise<string> {
  await page.locator('[name="name.pl"]').fill(title);
  await page.locator('[name="what"]').selectOption("room");
  await page.locator('[name="from"]').fill(day);
  await page.locator('[name="until"]').fill(day);
  await page.locator('[name="owner"]').selectOption({ index: 1 });
  await expectAccessible(page);
  await page.getByRole("button", { name: "Zapisz", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  return new URL(page.url()).pathname;
}

test("an organisation offers a room, an initiative takes it, and a year later it is asked whether it is true", async ({
  browser,
  server,
  page,
}) => {
  test.setTimeout(180_000);
  const [hall = "", choir = "", area = ""] = execute(
    server,
    `select string_agg(pin_id::text, ',') || ',' || min(slug) from (
       select pin_id, areas.slug from pins join areas on areas.area_id = shown_area_id
       where pins.kind = 'organisation' and publication = 'published' and visibility = 'point'
         and shown_area_id = (select min(shown_area_id) from pins where kind = 'organisation' and publication = 'published' and visibility = 'point')
       order by pin_id limit 2) as two`,
  )
    .trim()
    .split(",");
  inviteMember(server, "Ewa", "caretaker@example.org", hall);
  inviteMember(server, "Jan", "singer@example.org", choir);
  inviteModerator(server, "Ola", "exchange@example.org");
  const moderator = await signIn(browser, server, "exchange@example.org");

  await page.goto(`${home}/follow?area=${area}`);
  await page.getByLabel("Twój adres e-mail").fill("neighbour@example.org");
  await page.getByRole("radio", { name: "Od razu" }).check();
  await page.getByRole("button", { name: "Obserwuj", exact: true }).click();
  await page.goto(await mailed(server, "neighbour@example.org", /(\/d\/podgorze\/confirm\/[\w-]+)/));
  await page.getByRole("button", { name: "Tak, to mój adres" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dziękujemy, adres jest potwierdzony");

  const caretaker = await signIn(browser, server, "caretaker@example.org");
  await caretaker.goto(`${home}/offers/new`);
  const offerPath = await submit(caretaker, "Sala na parterze", "2027-06-05");
  const offer = await publish(moderator, offerPath);

  const singer = await signIn(browser, server, "singer@example.org");
  await singer.goto(`${home}/initiatives/new`);
  await singer.locator('[name="name.pl"]').fill("Sąsiedzi śpiewają");
  await singer.locator('[name="summary.pl"]').fill("Śpiewamy razem w soboty.");
  await singer.locator('[name="tasks.1.task.pl"]').fill("Znaleźć nuty");
  await singer.locator('[name="owner"]').selectOption({ index: 1 });
  await singer.getByRole("button", { name: "Zapisz", exact: true }).click();
  await expect(singer.getByRole("heading", { level: 1 })).toHaveText("Sąsiedzi śpiewają");
  const initiativePath = new URL(singer.url()).pathname;
  await publish(moderator, initiativePath);
  await singer.goto(initiativePath);
  await singer.getByRole("button", { name: /^Zrobione ?: Znaleźć nuty/ }).click();
  await expect(singer.getByRole("button", { name: /^Jeszcze niezrobione ?: Znaleźć nuty/ })).toBeVisible();
  await singer.locator("summary", { hasText: "Dodaj aktualność" }).click();
  await singer.getByLabel("Co nowego").fill("Mamy już nuty.");
  await singer.getByRole("button", { name: "Dodaj aktualność" }).click();
  await expect(singer.getByRole("region", { name: "Dziennik" })).toContainText("Mamy już nuty.");
  await expectAccessible(singer);

  await singer.getByRole("link", { name: "Poproś o coś na ten cel" }).click();
  const askPath = await submit(singer, "Sala na sobotę", "2027-06-05");
  await publish(moderator, askPath);
  await allNews(server);
  expect(await received(server, "caretaker@example.org", "matched")).toBe(1);
  expect(await received(server, "singer@example.org", "matched")).toBe(1);

  await singer.goto(askPath);
  const fitting = singer.getByRole("region", { name: "Oferty, które pasują" });
  await expect(fitting.getByRole("listitem")).toContainText(["Sala na parterze"]);
  await expect(fitting).toContainText("w linii prostej");
  await expectAccessible(singer);
  await fitting.getByRole("button", { name: /^Skorzystaj ?: Sala na parterze/ }).click();
  await expect(fitting).toHaveCount(0);
  await expect(singer.getByRole("main")).toContainText("Sala na parterze");
  await allNews(server);
  expect(await received(server, "caretaker@example.org", "taken_up")).toBe(1);
  expect(await received(server, "neighbour@example.org", "taken_up")).toBe(1);

  await singer.goto(initiativePath);
  await expect(singer.getByRole("main")).toContainText("Sala na parterze");
  await page.goto(`${home}/organisations/network`);
  await expect(page.getByRole("table", { name: "To samo jako tabela" })).toContainText("Sąsiedzi śpiewają");
  await expectAccessible(page);

  passYear(server, offer);
  const asked = await mailed(server, "caretaker@example.org", /nadal aktualne[\s\S]*?(\/d\/podgorze\/offers\/\d+)/);
  await caretaker.goto(asked);
  await expect(caretaker.getByText("Ostatnio potwierdzono:")).not.toContainText(String(new Date().getFullYear()));
  await caretaker.getByRole("button", { name: "To nadal aktualne" }).click();
  await expect(caretaker.getByText("Ostatnio potwierdzono:")).toContainText(String(new Date().getFullYear()));
  await expectAccessible(caretaker);
});
