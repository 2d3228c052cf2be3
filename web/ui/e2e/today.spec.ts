// What needs somebody today: a member of an organisation and an animator see what waits for them, why, and go there.

import type { Browser, Page } from "@playwright/test";
import { MapPage } from "./drivers/map-page";
import { SignInPage } from "./drivers/sign-in-page";
import { district, expect, expectAccessible, test } from "./fixtures";
import { execute, inviteAnimator, inviteMember, inviteModerator } from "./operator";
import type { Server } from "./server";

const home = `/d/${district}`;
const area = "stare-podgorze";

/** Signs somebody in, in a browser of their own. */
async function signIn(browser: Browser, server: Server, address: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.url, locale: "pl-PL" });
  const page = await context.newPage();
  const driver = new SignInPage(page, server);
  await driver.ask(address);
  await driver.typeCode(address);
  return page;
}

/** Adds a thing through the API, and returns its number. */
async function add(page: Page, server: Server, plural: string, data: object): Promise<number> {
  const response = await page.request.post(`/api/v1/districts/${district}/${plural}`, {
    data,
    headers: { Origin: server.url },
  });
  expect(response.status(), await response.text()).toBe(201);
  return ((await response.json()) as { id: number }).id;
}

/** Goes to what needs somebody today from another page, by keys alone. */
async function openToday(page: Page): Promise<void> {
  await page.goto(`${home}/outcomes`);
  await page.locator(".visitor summary").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Dziś", exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Co dziś na Ciebie czeka");
}

/** Checks the page at two widths, and keeps pictures of it. */
async function look(page: Page, name: string): Promise<void> {
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await expectAccessible(page);
    await page.screenshot({ path: test.info().outputPath(`${name}-${width}.png`), fullPage: true });
  }
}

test("a member and an animator see what waits for them, and why", async ({ browser, server }) => {
  test.setTimeout(180_000);
  inviteModerator(server, "Ola", "today-moderator@example.org");
  const moderator = await signIn(browser, server, "today-moderator@example.org");
  const tomorrow = execute(
    server,
    `select ((now() at time zone time_zone)::date + 1)::text from districts where slug = '${district}'`,
  ).trim();
  const initiative = await add(moderator, server, "initiatives", {
    name: { pl: "Sąsiedzki chór" },
    summary: { pl: "Śpiewamy w soboty." },
    area,
    tasks: [{ task: { pl: "Znaleźć nuty" }, due: tomorrow, done: "no" }],
  });
  await add(moderator, server, "asks", { name: { pl: "Sala na próby" }, what: "room", for: [initiative] });
  const hall = execute(
    server,
    "select min(pin_id) from pins where kind = 'organisation' and publication = 'published' and visibility = 'point'",
  ).trim();
  await add(moderator, server, "offers", { name: { pl: "Sala na parterze" }, what: "room", owner: Number(hall) });

  inviteMember(server, "Ewa", "today-member@example.org", hall);
  const member = await signIn(browser, server, "today-member@example.org");
  await openToday(member);
  const asks = member.getByRole("region", { name: "Prośby, do których pasuje to, co oferujecie" });
  await expect(asks.getByRole("listitem").filter({ hasText: "Sala na próby" })).toHaveCount(1);
  await expect(asks).toContainText("Wasza oferta: Sala na parterze");
  await expect(member.getByRole("region", { name: "Potrzeby bez diagnozy" })).toHaveCount(0);
  await look(member, "member");
  await asks.getByRole("link", { name: "Sala na próby" }).click();
  await expect(member.getByRole("heading", { level: 1 })).toHaveText("Sala na próby");

  inviteAnimator(server, "Jan", "today-animator@example.org", area);
  const animator = await signIn(browser, server, "today-animator@example.org");
  await openToday(animator);
  const deadlines = animator.getByRole("region", { name: "Terminy" });
  await expect(deadlines).toContainText("Sąsiedzki chór");
  await expect(deadlines).toContainText("Znaleźć nuty");
  await expect(deadlines).toContainText("termin jutro");
  await look(animator, "animator");

  const needs = animator.getByRole("region", { name: "Potrzeby bez diagnozy" });
  const all = needs.getByRole("link", { name: "na mapie" });
  const total = Number((await all.innerText()).replace(/\D/g, ""));
  await all.focus();
  await animator.keyboard.press("Enter");
  const map = new MapPage(animator);
  await map.expectTotal(total);
  await animator.goBack();
  await needs.getByRole("link").first().focus();
  const title = await needs.getByRole("link").first().innerText();
  await animator.keyboard.press("Enter");
  await expect(animator.getByRole("heading", { level: 1 })).toHaveText(title);
});
