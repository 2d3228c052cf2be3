// The room of an organisation is booked for a picnic in a series: who follows the area has it in their calendar, it is
// full, somebody gives their place up, and the next hears once. And the calendar and a registration without script.

import ICAL from "ical.js";
import { SignInPage } from "./drivers/sign-in-page";
import { district, expect, expectAccessible, test } from "./fixtures";
import { allNews, execute, inviteModerator, mailed, outbox } from "./operator";
import type { Server } from "./server";

const home = `/d/${district}`;

/** How many mails of a kind somebody has received. */
async function received(server: Server, to: string, kind: string): Promise<number> {
  return (await outbox(server)).filter((mail) => mail.to === to && mail.kind === kind).length;
}

/** The instants at which the events of a calendar begin, by the rules of clocks that the calendar itself has. */
function beginnings(text: string): string[] {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const [zone] = calendar.getAllSubcomponents("vtimezone");
  if (!zone) {
    throw new Error(`there is no VTIMEZONE in ${text}`);
  }
  ICAL.TimezoneService.reset();
  ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  const [first] = calendar.getAllSubcomponents("vevent");
  if (!first) {
    throw new Error(`there is no VEVENT in ${text}`);
  }
  const all: string[] = [];
  const iterator = new ICAL.Event(first).iterator();
  for (let at = iterator.next(); at; at = iterator.next()) {
    all.push(at.toJSDate().toISOString());
  }
  return all;
}

/** The calendar that is attached to the newest mail of a kind to somebody. */
async function attached(server: Server, to: string, kind: string): Promise<string> {
  const mail = (await outbox(server)).find((m) => m.to === to && m.kind === kind);
  const text = /BEGIN:VCALENDAR[\s\S]*END:VCALENDAR/.exec(mail?.text ?? "")?.[0];
  if (!text) {
    throw new Error(`no calendar is attached to the mail ${kind} to ${to}`);
  }
  return text
    .replaceAll(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replaceAll("&amp;", "&")
    .replaceAll("\n", "\r\n");
}

test("a picnic in the room of an organisation: followers, a full house, and the next on the list", async ({
  browser,
  server,
  page,
}) => {
  test.setTimeout(180_000);
  const [hall = "", area = ""] = execute(
    server,
    `select pin_id || ',' || slug from pins join areas on areas.area_id = shown_area_id
     where pins.kind = 'organisation' and publication = 'published' order by pin_id limit 1`,
  )
    .trim()
    .split(",");
  inviteModerator(server, "Ola", "events@example.org");

  await page.goto(`${home}/follow?area=${area}`);
  await page.getByLabel("Twój adres e-mail").fill("fan@example.org");
  await page.getByRole("radio", { name: "Od razu" }).check();
  await page.getByRole("button", { name: "Obserwuj", exact: true }).click();
  await page.goto(await mailed(server, "fan@example.org", /(\/d\/podgorze\/confirm\/[\w-]+)/));
  await page.getByRole("button", { name: "Tak, to mój adres" }).click();

  // A series that goes over the autumn change of clocks of the next year.
  const year = new Date().getFullYear() + 1;
  const last = new Date(Date.UTC(year, 9, 31));
  const change = new Date(Date.UTC(year, 9, 31 - last.getUTCDay())); // the last Sunday of October
  const day = (days: number) => new Date(change.getTime() + days * 86_400_000).toISOString().slice(0, 10);
  const context = await browser.newContext({ baseURL: server.url, locale: "pl-PL" });
  const host = await context.newPage();
  const driver = new SignInPage(host, server);
  await driver.ask("events@example.org");
  await driver.typeCode("events@example.org");
  await host.goto(`${home}/events/new?uses=${hall}`);
  await expectAccessible(host);
  await host.locator('[name="name.pl"]').fill("Piknik w sali");
  await host.locator('[name="type"]').selectOption("integration");
  await host.locator('[name="starts"]').fill(`${day(-1)}T15:00`);
  await host.locator('[name="ends"]').fill(`${day(-1)}T18:00`);
  await host.locator('[name="every"]').selectOption("week");
  await host.getByRole("button", { name: "Zapisz", exact: true }).click();
  await expect(host.getByRole("alert")).toContainText("Ostatni dzień serii");
  await host.locator('[name="until"]').fill(day(6));
  await host.locator('[name="address.pl"]').fill("Dom kultury");
  await host.locator('[name="area"]').selectOption(area);
  await host.locator('[name="registration"]').selectOption("needed");
  await host.locator('[name="capacity"]').fill("1");
  await host.getByLabel("bez schodów").check();
  await host.getByRole("button", { name: "Zapisz", exact: true }).click();
  await expect(host.getByRole("heading", { level: 1 })).toHaveText("Piknik w sali");
  await expectAccessible(host);
  const event = new URL(host.url()).pathname;

  await host.getByRole("link", { name: "Plakat do druku" }).click();
  await expectAccessible(host);
  await expect(host.getByRole("img", { name: /^Kod QR adresu http/ })).toBeVisible();
  await expect(host.getByRole("link", { name: new RegExp(`^http.*${event}$`) })).toBeVisible();
  const poster = (await host.pdf({ preferCSSPageSize: true })).toString("latin1");
  expect(poster.match(/\/Type \/Page\b/g), "it is one sheet").toHaveLength(1);

  await allNews(server);
  expect(beginnings(await attached(server, "fan@example.org", "published"))).toEqual([
    `${day(-1)}T13:00:00.000Z`,
    `${day(6)}T14:00:00.000Z`,
  ]);

  const register = async (name: string): Promise<void> => {
    await page.goto(event);
    await page
      .getByRole("link", { name: /^(Zapisz się|Wpisz się na listę oczekujących)$/ })
      .first()
      .click();
    await expectAccessible(page);
    await page.getByLabel("Adres e-mail").fill(`${name}@example.org`);
    await page.getByRole("button", { name: /^(Zapisz się|Wpisz się)/ }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Zajrzyj do skrzynki");
    await page.goto(await mailed(server, `${name}@example.org`, /(\/d\/podgorze\/registrations\/[\w-]+)/));
    await expectAccessible(page);
    await page.getByRole("button", { name: "Przyjdę" }).click();
  };
  await register("anna");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Masz miejsce");
  const annas = page.url();
  await register("bogdan");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Czekasz na miejsce");
  await register("celina");
  await expect(page.getByText("Przed Tobą czeka 1 osoba.")).toBeVisible();

  await page.goto(annas);
  await page.getByRole("button", { name: "Rezygnuję z miejsca" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Zrezygnowano z miejsca");
  await allNews(server);
  expect(await received(server, "bogdan@example.org", "seated")).toBe(1);
  expect(await received(server, "celina@example.org", "seated")).toBe(0);
  expect(beginnings(await attached(server, "bogdan@example.org", "seated"))).toEqual([`${day(-1)}T13:00:00.000Z`]);

  await host.goto(`${event}/registrations`);
  await expectAccessible(host);
  await expect(host.getByText("Miejsce ma 1 osoba.")).toBeVisible();
  await host.goto(event);
  await host.locator("summary", { hasText: "Odwołaj" }).click();
  await host.locator("#reason-cancel").fill("Zalało salę.");
  await host.getByRole("button", { name: "Odwołaj" }).click();
  await allNews(server);
  expect(await received(server, "bogdan@example.org", "called_off")).toBe(1);
  expect(await received(server, "celina@example.org", "called_off")).toBe(1);
  expect(await received(server, "anna@example.org", "called_off")).toBe(0);
  await context.close();
});

test.describe("without script", () => {
  test.use({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });

  test("the calendar and a registration, by keyboard, on a phone", async ({ browser, server, page }) => {
    inviteModerator(server, "Iza", "walks@example.org");
    const context = await browser.newContext({ baseURL: server.url, locale: "pl-PL" });
    const host = await context.newPage();
    const driver = new SignInPage(host, server);
    await driver.ask("walks@example.org");
    await driver.typeCode("walks@example.org");
    const day = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
    await host.goto(`${home}/events/new?type=walk&registration=needed`);
    await host.locator('[name="name.pl"]').fill("Spacer po Zabłociu");
    await host.locator('[name="starts"]').fill(`${day}T10:00`);
    await host.locator('[name="ends"]').fill(`${day}T12:00`);
    await host.locator('[name="address.pl"]').fill("Przystanek Zabłocie");
    await host.getByRole("button", { name: "Zapisz", exact: true }).click();
    await expect(host.getByRole("heading", { level: 1 })).toHaveText("Spacer po Zabłociu");
    await context.close();
    await page.goto(home);
    await page.getByRole("link", { name: "Co się dzieje" }).first().focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Co się dzieje");
    await page.goto(`${home}/calendar?view=list&type=walk&month=${day}`);
    await page.getByRole("link", { name: /Spacer po Zabłociu/ }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "Zapisz się" }).first().focus();
    await page.keyboard.press("Enter");
    await page.getByLabel("Adres e-mail").focus();
    await page.keyboard.type("dorota@example.org");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Zajrzyj do skrzynki");
    await page.goto(await mailed(server, "dorota@example.org", /(\/d\/podgorze\/registrations\/[\w-]+)/));
    await page.getByRole("button", { name: "Przyjdę" }).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Masz miejsce");
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    expect(wide).toBe(false);
  });
});

test("the calendar by month and as a list", async ({ page }) => {
  await page.goto(`${home}/calendar`);
  await expectAccessible(page);
  await page.getByRole("link", { name: "Następny miesiąc" }).click();
  await page.getByRole("link", { name: "Jako lista" }).click();
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("link", { name: "Jako miesiąc" }).click();
  await expectAccessible(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  expect(wide).toBe(false);
});
