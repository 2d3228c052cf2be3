// The desk: moderators decide about reports, by keyboard alone, two at once, and on a phone.

import type { APIRequestContext } from "@playwright/test";
import { DeskPage } from "./drivers/desk-page";
import { SignInPage } from "./drivers/sign-in-page";
import { expect, expectAccessible, test } from "./fixtures";
import { execute, hurryNews, inviteModerator, mailed, moderate, outbox } from "./operator";
import type { Server } from "./server";

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: "pl-PL" };

interface Report {
  title: string;
  body?: string;
  email: string;
  lon?: number;
  lat?: number;
}

/** Adds reports in turn, each by somebody at an address of their own who confirms it. */
async function report(request: APIRequestContext, server: Server, reports: Report[]): Promise<void> {
  for (const [i, { title, body = "", email, lon = 19.9493 + i / 5000, lat = 50.0446 }] of reports.entries()) {
    const response = await request.post("/api/v1/districts/podgorze/pins", {
      data: { category: "greenery", title, body, email, lon, lat },
      headers: { "X-Forwarded-For": `10.1.0.${i + 1}`, "Accept-Language": "pl" },
    });
    expect(response.status()).toBe(201);
    expect(await response.json()).toMatchObject({ publication: "pending" });
  }
  for (const [i, { email }] of reports.entries()) {
    const confirm = await mailed(server, email, /(\/d\/podgorze\/confirm\/[\w-]+)/);
    const headers = { "X-Forwarded-For": `10.2.0.${i + 1}`, "Sec-Fetch-Site": "same-origin" };
    expect((await request.post(confirm, { headers })).ok()).toBe(true);
  }
}

test.beforeAll(({ server }) => moderate(server, "before"));
test.afterAll(({ server }) => moderate(server, "after"));

test("a moderator clears the queue by keyboard, and everybody concerned is told once", async ({
  page,
  request,
  server,
}) => {
  const bench = "Brakuje ławki przy przystanku Limanowskiego";
  const at = { lon: 19.9512, lat: 50.0448 };
  const many = [...Array(12).keys()].map((i) => ({ title: `Drzewo numer ${i + 1}`, email: `las${i}@example.org` }));
  await report(request, server, [
    ...many.slice(0, 4),
    { title: bench, body: "Starsze osoby nie mają gdzie usiąść.", email: "pierwsza@example.org", ...at },
    { title: bench, body: "Nie ma gdzie usiąść.", email: "druga@example.org", ...at },
    { title: "Coś trzeba zrobić z zielenią", email: "zapytana@example.org" },
    { title: "Suche lipy", body: "Proszę dzwonić: 601 234 567, Ewa.", email: "telefon@example.org" },
    { title: "Tanie opony", body: "Najtaniej w mieście!", email: "reklama@example.org" },
    { title: "Krzywy krawężnik przy trawniku", email: "cofnieta@example.org" },
    ...many.slice(4),
    { title: "Ostatnia w kolejce", email: "ostatnia@example.org" },
  ]);
  inviteModerator(server, "Zofia Kania", "zofia@example.org");
  const signIn = new SignInPage(page, server);
  await signIn.ask("zofia@example.org", "/d/podgorze/desk");
  await signIn.typeCode("zofia@example.org");
  const desk = new DeskPage(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Biurko");
  await expect(page.getByRole("link", { name: "19 czeka na publikację" })).toHaveAttribute("aria-current", "true");
  await expect(page.getByRole("listitem").filter({ hasText: "Suche lipy" })).toContainText("numer telefonu");
  await expectAccessible(page);
  await desk.press("?");
  await expect(page.getByRole("heading", { name: "Klawisze" })).toBeVisible();
  await expectAccessible(page);

  await desk.press("j");
  await desk.expectThing("Drzewo numer 1");
  await expectAccessible(page);
  for (const next of ["Drzewo numer 2", "Drzewo numer 3", "Drzewo numer 4", bench]) {
    await desk.press("p");
    await desk.expectThing(next);
    await expect(desk.done).toContainText("Opublikowano.");
  }
  await expectAccessible(page);

  await desk.press("p");
  await expect(desk.text).toHaveText("Nie ma gdzie usiąść.");
  const into = page.getByRole("radio", { name: new RegExp(`^${bench}`) });
  await desk.openForm("m", into.first());
  await desk.press("Space");
  await expect(into.first()).toBeChecked();
  await expectAccessible(page);
  await desk.send("Połącz");
  await desk.expectThing("Coś trzeba zrobić z zielenią");
  await expect(desk.done).toContainText("Połączono.");

  await desk.openForm("a", page.getByLabel("Pytanie do autora"));
  await page.keyboard.type("Które drzewo? Proszę opisać, gdzie rośnie.");
  await expectAccessible(page);
  await desk.send("Zapytaj autora");
  await desk.expectThing("Suche lipy");
  await expect(desk.done).toContainText("Pytanie wysłano do autora.");

  await expect(desk.text.locator("mark")).toContainText("601 234 567");
  await desk.openForm("r", page.getByRole("checkbox", { name: /^601 234 567/ }));
  await expectAccessible(page);
  await desk.send("Zaczernij");
  await expect(desk.done).toContainText("Zaczerniono.");
  await expect(desk.text).toHaveText("Proszę dzwonić: […], Ewa.");
  await expect(page.getByText("601 234 567")).toHaveCount(0);
  await expectAccessible(page);
  await desk.press("p");
  await desk.expectThing("Tanie opony");

  await desk.openForm("h", page.getByRole("article").getByLabel("Gotowy powód"));
  await page.keyboard.type("Reklama");
  await expect(page.getByRole("article").getByLabel("Powód", { exact: true })).toHaveValue(/^To reklama/);
  await expectAccessible(page);
  await desk.send("Ukryj");
  await desk.expectThing("Krzywy krawężnik przy trawniku");
  await expect(desk.done).toContainText("Ukryto.");

  await desk.press("p");
  await desk.expectThing("Drzewo numer 5");
  await desk.press("u");
  await desk.expectThing("Krzywy krawężnik przy trawniku");
  await expect(desk.done).toContainText("Cofnięto.");
  await expectAccessible(page);
  await desk.press("p");

  for (let i = 5; i <= 12; i++) {
    await desk.expectThing(`Drzewo numer ${i}`);
    await desk.press("p");
  }
  await desk.expectThing("Ostatnia w kolejce");
  await desk.press("p");
  await expect(desk.done).toContainText("Opublikowano.");
  await desk.open();
  await expect(page.getByRole("listitem").filter({ hasText: "Drzewo" })).toHaveCount(0);
  await expectAccessible(page);

  hurryNews(server);
  const told: Record<string, [string, RegExp]> = {
    "pierwsza@example.org": ["published", /jest już na mapie/],
    "druga@example.org": ["merged", /Teraz to jedna pinezka/],
    "zapytana@example.org": ["asked", /Które drzewo\?/],
    "telefon@example.org": ["published", /Suche lipy/],
    "reklama@example.org": ["hidden", /To reklama/],
    "cofnieta@example.org": ["published", /Krzywy krawężnik/],
  };
  for (const [address, [kind, text]] of Object.entries(told)) {
    await mailed(server, address, new RegExp(`(${text.source})`));
    const mails = (await outbox(server)).filter((m) => m.to === address && !["confirm", "received"].includes(m.kind));
    expect(
      mails.map((m) => m.kind),
      address,
    ).toEqual([kind]);
  }
});

test("two moderators collide, and nothing that was typed is lost", async ({ page, browser, request, server }) => {
  await report(request, server, [{ title: "Dwie osoby naraz", email: "naraz@example.org" }]);
  inviteModerator(server, "Maria Wrona", "maria@example.org");
  inviteModerator(server, "Jan Sowa", "jan@example.org");
  const maria = new DeskPage(page);
  const signIn = new SignInPage(page, server);
  await signIn.ask("maria@example.org", "/d/podgorze/desk");
  await signIn.typeCode("maria@example.org");
  await page.getByRole("link", { name: "Dwie osoby naraz" }).click();
  await maria.expectThing("Dwie osoby naraz");
  await maria.openForm("e", page.getByLabel("Tytuł", { exact: true }));
  await page.getByLabel("Tytuł", { exact: true }).fill("Dwie osoby w tej samej chwili");

  const other = await browser.newContext({ baseURL: server.url, locale: "pl-PL" });
  const jan = new DeskPage(await other.newPage());
  const janSignIn = new SignInPage(jan.page, server);
  await janSignIn.ask("jan@example.org", new URL(page.url()).pathname);
  await janSignIn.typeCode("jan@example.org");
  await jan.expectThing("Dwie osoby naraz");
  await expect(jan.page.getByRole("status").filter({ hasText: "Maria Wrona" })).toContainText("też to teraz ogląda");
  await expectAccessible(jan.page);
  await jan.press("p");
  await expect(jan.done).toContainText("Opublikowano.");
  await other.close();

  await maria.send("Zapisz zmiany");
  await expect(maria.alert).toContainText("W międzyczasie zmieniła to inna osoba: Jan Sowa");
  await expect(page.getByLabel("Tytuł", { exact: true })).toHaveValue("Dwie osoby w tej samej chwili");
  await expectAccessible(page);
  await page.getByLabel("Tytuł", { exact: true }).press("Enter");
  await maria.expectThing("Dwie osoby w tej samej chwili");
  await expect(page.getByRole("article")).toContainText("Opublikowana");
});

test("two moderators see each other come and go, by name and without reloading", async ({
  page,
  browser,
  request,
  server,
}) => {
  await report(request, server, [{ title: "Kto tu patrzy", email: "patrzy@example.org" }]);
  inviteModerator(server, "Anna Nowak", "anna.nowak@example.org");
  inviteModerator(server, "Piotr Zięba", "piotr@example.org");
  const signIn = new SignInPage(page, server);
  await signIn.ask("anna.nowak@example.org", "/d/podgorze/desk");
  await signIn.typeCode("anna.nowak@example.org");
  await page.getByRole("link", { name: "Kto tu patrzy" }).click();
  const others = page.getByText("też to teraz ogląda");
  await expect(page.getByRole("article")).toBeVisible();
  await expect(others).toHaveCount(0);

  const context = await browser.newContext({ baseURL: server.url, locale: "pl-PL" });
  const piotr = new DeskPage(await context.newPage());
  const piotrSignIn = new SignInPage(piotr.page, server);
  await piotrSignIn.ask("piotr@example.org", new URL(page.url()).pathname);
  await piotrSignIn.typeCode("piotr@example.org");
  await expect(piotr.page.getByText("Anna Nowak też to teraz ogląda.")).toBeVisible();
  await expect(others).toHaveText("Piotr Zięba też to teraz ogląda.");
  await expectAccessible(page);
  await piotr.page.getByRole("link", { name: "Biurko" }).click();
  await expect(others, "he has left").toHaveCount(0);

  await piotr.page.getByRole("link", { name: "Kto tu patrzy" }).click();
  await expect(others).toHaveText("Piotr Zięba też to teraz ogląda.");
  await piotr.press("p");
  await expect(piotr.done).toContainText("Opublikowano.");
  await expect(page.getByText("Zrobiła to osoba: Piotr Zięba.")).toBeVisible();
  await expectAccessible(page);
  await context.close();
});

test("what is near a pin is on the map and in a list, which does all that the map does", async ({
  page,
  request,
  server,
}) => {
  const at = { lon: 19.9601, lat: 50.0401 };
  await report(request, server, [
    { title: "Brak stojaka na rowery", email: "stojak1@example.org", ...at },
    { title: "Brak stojaka na rowery przy szkole", email: "stojak2@example.org", lon: 19.9604, lat: 50.0402 },
  ]);
  inviteModerator(server, "Ewa Gil", "ewa.gil@example.org");
  const signIn = new SignInPage(page, server);
  await signIn.ask("ewa.gil@example.org", "/d/podgorze/desk");
  await signIn.typeCode("ewa.gil@example.org");
  await page.getByRole("link", { name: "Brak stojaka na rowery", exact: true }).click();
  const near = page.getByRole("list", { name: "W pobliżu" });
  const first = near.getByRole("listitem").first();
  await expect(first).toContainText("Brak stojaka na rowery przy szkole");
  await expect(first).toContainText(/prawdopodobnie to samo.*Czeka.*\d+\sm stąd.*zgłoszono/);
  const marker = page.locator(".near-marker").filter({ hasText: /^1$/ });
  await expect(marker).toBeVisible();
  await first.getByRole("link").focus();
  await expect(marker).toHaveClass(/is-lit/);
  await expectAccessible(page);
  await page.getByRole("heading", { level: 1 }).click();
  await marker.click();
  await expect(first.getByRole("link"), "a marker leads to its entry").toBeFocused();
  await page.keyboard.press("Enter");
  await new DeskPage(page).expectThing("Brak stojaka na rowery przy szkole");
  await expectAccessible(page);
});

test("the first page has what is late, due today, and for admins what failed and what ends soon", async ({
  browser,
  request,
  server,
}) => {
  await report(request, server, [
    { title: "Od miesiąca nic", email: "pozno@example.org" },
    { title: "Świeże zgłoszenie", email: "swieze@example.org" },
  ]);
  execute(server, "update pins set created_at = now() - interval '30 days' where title = 'Od miesiąca nic'");
  inviteModerator(server, "Halina Dąb", "halina@example.org");
  execute(
    server,
    "update grants set until = now() + interval '3 days' where grant_id = (select max(grant_id) from grants)",
  );
  const mobile = await browser.newContext({ ...phone, baseURL: server.url });
  const page = await mobile.newPage();
  const signIn = new SignInPage(page, server);
  await signIn.ask("halina@example.org", "/d/podgorze/desk");
  await signIn.typeCode("halina@example.org");
  const forAdmin = page.getByRole("region", { name: "Dla administratora" });
  await expect(forAdmin).toContainText(/1 rola kończy się w ciągu 14 dni.*Halina Dąb – Moderator: ostatni dzień/s);
  await forAdmin.getByText("Ustawienia biurka").tap();
  await expect(forAdmin.getByRole("definition").nth(1)).toHaveText("PL");
  await expectAccessible(page);
  const late = page.getByRole("link", { name: /^\d+ po terminie$/ });
  const counted = Number(/\d+/.exec((await late.textContent()) ?? "")?.[0]);
  await late.tap();
  await expect(page.getByRole("heading", { level: 2, name: "Po terminie" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Od miesiąca nic" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Świeże zgłoszenie" })).toHaveCount(0);
  expect(await page.getByRole("checkbox", { name: /^Wybierz/ }).count()).toBe(counted);
  await expectAccessible(page);
  await page.getByRole("link", { name: "Rejestr wszystkich działań" }).tap();
  await expect(page.getByRole("listitem").filter({ hasText: "Nadano rolę" }).first()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectAccessible(page);
  await mobile.close();
});

test("a moderator decides on a phone", async ({ browser, request, server }) => {
  await report(request, server, [{ title: "Z telefonu", email: "z.telefonu@example.org" }]);
  inviteModerator(server, "Olga Lis", "olga@example.org");
  const mobile = await browser.newContext({ ...phone, baseURL: server.url });
  const page = await mobile.newPage();
  const desk = new DeskPage(page);
  const signIn = new SignInPage(page, server);
  await signIn.ask("olga@example.org", "/d/podgorze/desk");
  await signIn.typeCode("olga@example.org");
  await expectAccessible(page);
  const link = page.getByRole("link", { name: "Z telefonu" });
  await link.tap();
  await desk.expectThing("Z telefonu");
  await expect(link, "one thing a screen").toBeHidden();
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.getByRole("button", { name: "Opublikuj" }).tap();
  await expect(desk.done).toContainText("Opublikowano.");
  await expectAccessible(page);
  await mobile.close();
});
