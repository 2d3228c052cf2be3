// A debate: opened from a hotspot, its ideas are collected, grouped and weighed, a working group recommends
// what came of them, and whoever proposed something hears of the reply.

import type { Browser, Page } from "@playwright/test";
import { SignInPage } from "./drivers/sign-in-page";
import { district, expect, expectAccessible, test } from "./fixtures";
import { allNews, execute, hurryNews, inviteMember, inviteModerator, mailed, moderate, outbox } from "./operator";
import type { Server } from "./server";

const api = `/api/v1/districts/${district}`;
const home = `/d/${district}`;

/** Signs somebody in, in a context of its own. */
async function signIn(browser: Browser, server: Server, address: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.url, locale: "pl-PL" });
  const page = await context.newPage();
  const form = new SignInPage(page, server);
  await form.ask(address);
  await form.typeCode(address);
  return page;
}

/** Adds a thing through the API, and returns its number. */
async function add(page: Page, server: Server, plural: string, data: object): Promise<number> {
  const response = await page.request.post(`${api}/${plural}`, { data, headers: { Origin: server.url } });
  expect(response.status(), await response.text()).toBe(201);
  return ((await response.json()) as { id: number }).id;
}

/** Presses a button of the page of a thing. */
async function press(page: Page, path: string, name: string): Promise<void> {
  await page.goto(path);
  await page.getByRole("button", { name, exact: true }).click();
  await expect(page.getByRole("button", { name, exact: true })).toHaveCount(0);
}

/** Returns a time by the clocks of the district, some minutes from now. */
const clock = (minutes: number): string =>
  new Date(Date.now() + minutes * 60_000)
    .toLocaleString("sv-SE", { timeZone: "Europe/Warsaw" })
    .slice(0, 16)
    .replace(" ", "T");

test.afterAll(({ server }) => moderate(server, "after"));

test("from a hotspot through forty ideas to a recommendation and its reply", async ({ browser, page, server }) => {
  test.setTimeout(300_000);
  await moderate(server, "after");
  inviteModerator(server, "Ola", "debata@example.org");
  const staff = await signIn(browser, server, "debata@example.org");

  await staff.goto(`${home}/hotspots?kind=need&res=8`);
  await staff.locator("a[href*='cell=']").first().click();
  await staff.getByRole("link", { name: "Otwórz debatę w tej sprawie" }).click();
  await expect(staff.locator("[name=type]")).toHaveValue("debate");
  await staff.locator("[name='name.pl']").fill("Debata o cieniu");
  await staff.locator("[name='topic.pl']").fill("Gdzie w dzielnicy brakuje cienia?");
  await staff.locator("[name=starts]").fill(clock(-120));
  await staff.locator("[name=ends]").fill(clock(-60));
  await staff.locator("[name='address.pl']").fill("Rynek Podgórski 1");
  await staff.locator("[name=weighing]").selectOption("dots");
  await staff.locator("[name=dots]").fill("3");
  await staff.locator("[name=weighing_from]").fill(clock(300));
  await staff.locator("[name=weighing_until]").fill(clock(600));
  await staff.getByRole("button", { name: "Zapisz", exact: true }).click();
  await expect(staff.getByRole("heading", { level: 1 })).toHaveText("Debata o cieniu");
  await expect(staff.getByRole("region", { name: /^Liczby z dnia/ })).toBeVisible();
  const event = Number(/\/events\/(\d+)/.exec(staff.url())?.[1]);
  const path = `${home}/events/${event}`;

  await staff.getByRole("link", { name: "Wpisz pomysły" }).click();
  await expectAccessible(staff);
  await staff.getByLabel("Skąd pochodzi").selectOption("paper");
  await staff.getByLabel("Numer kartki").fill("A-01");
  for (let n = 1; n <= 10; n++) {
    await expect(staff.getByLabel("Numer kartki")).toHaveValue(`A-${String(n).padStart(2, "0")}`);
    await staff.getByLabel("Pomysł", { exact: false }).first().fill(`Kartka ${n}: lipy przy przystanku`);
    if (n === 1) {
      await staff.getByLabel("Nazwa miejsca").fill("Rynek Podgórski");
    }
    await staff.keyboard.press("Enter");
    await expect(staff.locator(".idea-entered li")).toHaveCount(n);
  }
  await expect(staff.locator(".idea-entered")).toContainText("ma miejsce");
  for (let n = 1; n <= 28; n++) {
    await add(staff, server, "ideas", { text: `Z sali ${n}: ławka w cieniu`, source: "room", at: [event] });
  }

  await page.setViewportSize({ width: 390, height: 844 });
  for (const [text, email] of [
    ["Fontanna na rynku", "marta@example.org"],
    ["Pnącza na przystankach", "jan@example.org"],
  ] as const) {
    await page.goto(path);
    await page.getByRole("link", { name: "Dodaj pomysł" }).click();
    await expectAccessible(page);
    await page.locator("[name=text]").fill(text);
    await page.locator("[name=email]").fill(email);
    await page.getByRole("button", { name: "Zapisz", exact: true }).click();
    await expect(page.locator(".thanks")).toBeVisible();
    hurryNews(server);
    await page.goto(await mailed(server, email, /(\/d\/podgorze\/confirm\/[\w-]+)/));
    await page.getByRole("button", { name: "Tak, to mój adres" }).click();
  }

  await staff.goto(`${path}/grouping`);
  await expect(staff.locator("[data-theme='0'] [data-idea]")).toHaveCount(40);
  for (const name of ["Zieleń", "Miejsca do siedzenia"]) {
    await staff.getByLabel("Nazwa nowego tematu").fill(name);
    await staff.getByRole("button", { name: "Dodaj temat" }).click();
    await expect(staff.getByRole("heading", { name: new RegExp(name) })).toBeVisible();
  }
  await expectAccessible(staff);
  const ungrouped = staff.locator("[data-theme='0'] [data-idea]");
  for (let left = 40; left > 30; left--) {
    await ungrouped.first().focus();
    await staff.keyboard.press("1");
    await expect(ungrouped).toHaveCount(left - 1);
  }
  for (const text of ["Fontanna na rynku", "Pnącza na przystankach"]) {
    await ungrouped.filter({ hasText: text }).locator("select").selectOption({ label: "Zieleń" });
    await ungrouped.filter({ hasText: text }).getByRole("button", { name: "Przenieś" }).click();
    await expect(ungrouped.filter({ hasText: text })).toHaveCount(0);
  }
  const target = staff.locator("[data-key='2']");
  for (let left = 28; left > 25; left--) {
    await target.scrollIntoViewIfNeeded();
    const card = await ungrouped.first().boundingBox();
    const column = await target.boundingBox();
    if (!card || !column) {
      throw new Error("there is nothing to drag");
    }
    await staff.mouse.move(card.x + card.width - 8, card.y + 8);
    await staff.mouse.down();
    await staff.mouse.move(column.x + 40, column.y + 40, { steps: 5 });
    await staff.mouse.up();
    await expect(ungrouped).toHaveCount(left - 1);
  }
  const themes = execute(server, `select thing_id from things where kind = 'theme' order by thing_id desc limit 2`)
    .split("\n")
    .filter(Boolean)
    .map(Number);

  const setTime = (field: string, minutes: number) =>
    execute(
      server,
      `update contents set content = jsonb_set(content, '{words,${field}}', '"${clock(minutes)}"') where thing_id = ${event}`,
    );
  setTime("weighing_from", -30);
  await page.goto(`${path}/weighing`);
  await expect(page.getByRole("main")).toContainText("Każdy ma 3 punkty");
  await expectAccessible(page);
  await page.getByLabel("Punkty: Zieleń").fill("2");
  await page.getByLabel("Punkty: Miejsca do siedzenia").fill("1");
  await page.getByRole("button", { name: "Wyślij", exact: true }).click();
  await expect(page.locator(".thanks")).toContainText("Twój głos jest policzony");
  await expect(page.getByRole("heading", { name: "Wynik" })).toHaveCount(0);
  await staff.goto(`${path}/grouping`);
  await expect(staff.getByRole("main")).toContainText("nie można dodać, zmienić ani wycofać żadnego tematu");
  await expect(staff.getByLabel("Nazwa nowego tematu")).toHaveCount(0);
  setTime("weighing_until", -1);
  await page.reload();
  await expect(page.getByRole("main")).toContainText("wzięła udział 1 osoba");
  await expectAccessible(page);

  const group = await add(staff, server, "groups", {
    name: { pl: "Zespół cienia" },
    purpose: { pl: "Pisze rekomendacje po debacie." },
    members: [{ name: "Ewa Kot", sector: "resident" }],
  });
  for (const name of ["Ewa", "Piotr"]) {
    inviteMember(server, name, `${name.toLowerCase()}.cien@example.org`, String(group));
  }
  const ewa = await signIn(browser, server, "ewa.cien@example.org");
  const piotr = await signIn(browser, server, "piotr.cien@example.org");
  await ewa.goto(`${home}/recommendations/new?answers=${themes.join(",")}&group=${group}`);
  await expect(ewa.locator("[name='paragraphs.1.text.pl']")).toHaveValue(/lipy|ławka|Fontanna/);
  await ewa.locator("[name='name.pl']").fill("Cień w dzielnicy");
  await ewa.locator("[name='addressee.pl']").fill("Zarząd Zieleni Miejskiej");
  await ewa.getByRole("button", { name: "Zapisz", exact: true }).click();
  await expect(ewa.getByRole("heading", { level: 1 })).toHaveText("Cień w dzielnicy");
  const advice = `${home}/recommendations/${/\/recommendations\/(\d+)/.exec(ewa.url())?.[1]}`;
  await piotr.goto(advice);
  await piotr.getByText("Podpisz zdanie odrębne").first().click();
  await piotr.getByLabel("Dlaczego się nie zgadzasz").fill("Najpierw woda, potem drzewa.");
  await piotr.getByRole("button", { name: "Podpisz zdanie odrębne" }).click();
  await expect(piotr.getByRole("blockquote")).toContainText("Piotr");
  await expectAccessible(piotr);
  await staff.goto(`${home}/groups/${group}`);
  await expect(staff.getByRole("main")).toContainText("Każdy powiedział już coś");
  await expectAccessible(staff);

  await press(staff, advice, "Opublikuj");
  await press(staff, advice, "Przyjęta przez zespół");
  await press(staff, advice, "Wysłana");
  await page.goto(`${advice}/versions`);
  await expectAccessible(page);
  const id = advice.split("/").pop();
  execute(
    server,
    `update contents set due_on = today - 3, content = jsonb_set(content, '{words,deadline}', to_jsonb((today - 3)::text))
     from (select district_id, (now() at time zone time_zone)::date from districts) as days (district_id, today)
     where contents.district_id = days.district_id and thing_id = ${id}`,
  );
  await page.goto(advice);
  await expect(page.getByRole("main")).toContainText("Termin minął 3 dni temu");
  await page.goto(`${home}/groups/${group}`);
  await expect(page.getByRole("main")).toContainText("Cień w dzielnicy");

  await staff.goto(`${advice}/reply`);
  await staff.getByLabel("Odpowiedź na akapit 1").selectOption("przyjęto");
  await staff.getByLabel("Odpowiedź na akapit 2").selectOption("przyjęto");
  await staff.getByRole("radio", { name: "przyjęto", exact: true }).check();
  await staff.getByRole("button", { name: "Zapisz odpowiedź" }).click();
  await expect(staff).toHaveURL(/\?done=accept_reply$/);
  await allNews(server);
  const told = (await outbox(server)).filter(({ kind, text }) => kind === "moved" && text.includes("Cień w dzielnicy"));
  for (const author of ["marta@example.org", "jan@example.org"]) {
    expect(told.filter(({ to }) => to === author).length, `mails to ${author}`).toBeGreaterThan(0);
  }
  await Promise.all([staff, ewa, piotr].map((other) => other.context().close()));
});
