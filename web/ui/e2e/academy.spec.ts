// The academy: somebody enrols, is selected with a reason, attends, graduates, and begins an initiative for a need
// with a practice that is suggested for it.

import type { Browser, Page } from "@playwright/test";
import { SignInPage } from "./drivers/sign-in-page";
import { district, expect, expectAccessible, test } from "./fixtures";
import { allNews, inviteModerator, mailed, outbox } from "./operator";
import type { Server } from "./server";

const home = `/d/${district}`;
const api = `/api/v1/districts/${district}`;
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: "pl-PL" };
const place: [lon: number, lat: number] = [19.9493, 50.0446];

/** Signs somebody in, in a browser of their own. */
async function signIn(browser: Browser, server: Server, address: string, options: object, path: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.url, locale: "pl-PL", ...options });
  const page = await context.newPage();
  const driver = new SignInPage(page, server);
  await driver.ask(address, path);
  await driver.typeCode(address);
  return page;
}

/** Adds a thing, and returns its number. */
async function add(page: Page, server: Server, plural: string, data: object): Promise<number> {
  const response = await page.request.post(`${api}/${plural}`, { data, headers: { Origin: server.url } });
  expect(response.status(), await response.text()).toBe(201);
  return ((await response.json()) as { id: number }).id;
}

/** Presses a button of the page of a thing. */
async function press(page: Page, path: string, name: string): Promise<void> {
  await page.goto(path);
  await page.getByRole("button", { name, exact: true }).click();
  await expect(page).toHaveURL(/\?done=/);
}

/** Expects that a page is accessible, and not wider than the phone. */
async function expectFits(page: Page): Promise<void> {
  await page.evaluate(() => scrollTo(0, 0)); // so that the bar at the top covers no field in part
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
}

test("a graduate of the academy begins an initiative with a practice that is suggested for its need", async ({
  browser,
  mapPage,
  page,
  server,
}) => {
  test.setTimeout(240_000);
  inviteModerator(server, "Ola", "akademia@example.org");
  const staff = await signIn(browser, server, "akademia@example.org", {}, "/sign-in");
  await mapPage.open();
  await mapPage.waitUntilIdle();
  const before = await mapPage.layerNumber("Inicjatywy absolwentów"); // of the demonstration
  const [lon, lat] = place;
  const need = await add(staff, server, "pins", {
    category: "greenery",
    lon,
    lat,
    title: "Przystanek w pełnym słońcu",
  });
  const practice = await add(staff, server, "practices", {
    name: { pl: "Zielone przystanki" },
    article: { pl: "Na dachach wiat rosną rozchodniki, a obok stoją drzewa." },
    origin: { pl: "Utrecht, Holandia" },
    cost: "medium",
    categories: ["greenery"],
  });
  const programme = await add(staff, server, "programmes", {
    name: { pl: "Akademia Dobrego Dialogu" },
    about: { pl: "Sześć spotkań o tym, jak działać w dzielnicy." },
    criteria: { pl: "- pomysł dla dzielnicy\n- czas na wszystkie spotkania" },
    places: "1",
    enrol_until: "2099-12-31",
    attendance_needed: "80",
  });
  const path = `${home}/programmes/${programme}`;
  await add(staff, server, "events", {
    name: { pl: "Jak rozmawiać z urzędem" },
    type: "session",
    starts: "2026-12-05T17:00",
    ends: "2026-12-05T20:00",
    address: { pl: "Dom kultury" },
    programme: [programme],
  });
  await press(staff, path, "Otwórz zapisy");

  const visitor = await (await browser.newContext({ baseURL: server.url, ...phone })).newPage();
  await visitor.goto(path);
  await expect(visitor.getByRole("main")).toContainText("sobota, 5 grudnia 2026, 17:00");
  await expectFits(visitor);
  await visitor.getByRole("link", { name: "Zapisz się" }).click();
  await visitor.getByLabel("Imię i nazwisko").fill("Anna Kot");
  await visitor.getByLabel("Dlaczego chcesz wziąć udział").fill("Chcę, żeby na przystanku był cień.");
  await visitor.getByLabel("Jak spełniasz kryteria").fill("Mam pomysł na przystanek i wolne soboty.");
  await visitor.getByRole("button", { name: "Zapisz", exact: true }).click();
  await expect(visitor.getByRole("alert")).toContainText("Twój adres e-mail");
  await expectFits(visitor);
  await visitor.locator("[name=email]").fill("anna.kot@example.org");
  await visitor.getByRole("button", { name: "Zapisz", exact: true }).click();
  await expect(visitor.getByRole("status")).toContainText("Zgłoszenie dotarło");
  await expectFits(visitor);
  await allNews(server);
  await visitor.goto(await mailed(server, "anna.kot@example.org", /(\/d\/podgorze\/confirm\/[\w-]+)/));
  await visitor.getByRole("button", { name: "Tak, to mój adres" }).click();
  await visitor.context().close();

  await staff.goto(path);
  await staff.getByRole("link", { name: "Wybór uczestników" }).click();
  await expectAccessible(staff);
  await staff.getByRole("button", { name: "Przyjmij: Anna Kot" }).click();
  await expect(staff.getByRole("alert")).toContainText("Podaj uzasadnienie");
  await expectAccessible(staff);
  await staff.getByLabel("Uzasadnienie według kryteriów").fill("Jasny pomysł i czas na wszystkie spotkania.");
  await staff.getByRole("button", { name: "Przyjmij: Anna Kot" }).click();
  await expect(staff.getByRole("status")).toContainText("Decyzja jest zapisana");
  await allNews(server);
  const told = (await outbox(server)).filter(({ to, kind }) => to === "anna.kot@example.org" && kind === "moved");
  expect(told).toHaveLength(1);
  expect(told[0]?.text).toContain("Jasny pomysł i czas na wszystkie spotkania.");

  const anna = await signIn(browser, server, "anna.kot@example.org", phone, `${home}/me`);
  await anna.goto(path);
  await anna.getByRole("link", { name: "Twoje zgłoszenie" }).click();
  await expect(anna.getByRole("main")).toContainText("Przyjęte");
  await expectFits(anna);
  const enrolment = new URL(anna.url()).pathname;
  await staff.goto(`${path}/attendance`);
  await expectAccessible(staff);
  await staff.getByRole("checkbox", { name: "Anna Kot: Jak rozmawiać z urzędem" }).check();
  await staff.getByRole("button", { name: "Zapisz" }).click();
  await expect(staff.getByRole("status")).toContainText("Obecność jest zapisana");
  await press(staff, enrolment, "Program ukończony");

  await anna.goto(enrolment);
  await anna.getByRole("link", { name: "Zaświadczenie", exact: true }).click();
  await expect(anna.getByRole("article")).toContainText("1 spotkanie (3 godz.)");
  await expectFits(anna);
  const number = (await anna.getByRole("article").textContent())?.match(/certificates\/([A-Z2-7]{10})/)?.[1];
  await anna.emulateMedia({ media: "print" });
  const pdf = (await anna.pdf({ preferCSSPageSize: true })).toString("latin1");
  expect(pdf.match(/\/Type \/Page\b/g), "sheets of paper").toHaveLength(1);
  await anna.emulateMedia({ media: "screen" });
  if (await anna.getByRole("link", { name: "Pobierz PDF" }).isVisible()) {
    const download = await anna.request.get(`${enrolment}/certificate.pdf`);
    expect(download.headers()["content-type"]).toBe("application/pdf");
    expect((await download.body()).toString("latin1")).toContain("/StructTreeRoot"); // the tags
  }
  await page.goto(`${home}/certificates/${number}`);
  await expect(page.getByRole("main")).not.toContainText("Anna");
  await page.getByLabel("Imię i nazwisko na zaświadczeniu").fill("anna kot");
  await page.getByRole("button", { name: "Sprawdź" }).click();
  await expect(page.getByRole("status")).toContainText("Tak, to zaświadczenie");
  await expectAccessible(page);

  await anna.goto(enrolment);
  await anna.getByRole("link", { name: "Zacznij swoją inicjatywę" }).click();
  await anna.locator("[name='name.pl']").fill("Drzewo przy przystanku");
  await anna.locator("[name='summary.pl']").fill("Sadzimy lipę razem z sąsiadami.");
  await anna.locator("[name='find.answers']").fill("Przystanek w pełnym słońcu");
  await anna.locator("button[value='find:answers']").click();
  await anna.getByRole("checkbox", { name: /Przystanek w pełnym słońcu/ }).check();
  await anna.locator("[name='find.uses']").fill("nic takiego nie ma");
  await anna.locator("button[value='find:uses']").click();
  const suggested = anna.getByRole("checkbox", { name: /Zielone przystanki/ });
  await expect(anna.getByText(/Zielone przystanki.*dla kategorii: Zieleń/)).toBeVisible();
  await suggested.check();
  await anna.locator("[name=lon]").fill(String(lon));
  await anna.locator("[name=lat]").fill(String(lat));
  await expectFits(anna);
  await anna.getByRole("button", { name: "Zapisz", exact: true }).click();
  await expect(anna.getByRole("heading", { level: 1 })).toHaveText("Drzewo przy przystanku");
  await expectFits(anna);
  const practicum = new URL(anna.url()).pathname;
  await staff.goto(practicum);
  const publish = staff.getByRole("button", { name: "Opublikuj" });
  if (await publish.isVisible()) {
    await publish.click();
    await expect(publish).toHaveCount(0);
  }
  await press(anna, practicum, "Zaczyna się");

  await mapPage.open();
  await mapPage.waitUntilIdle();
  await expect.poll(() => mapPage.layerNumber("Inicjatywy absolwentów")).toBe(before + 1);
  await mapPage.jumpTo(lon, lat, 18);
  await page.getByRole("button", { name: "Inicjatywa absolwencka: Drzewo przy przystanku" }).click();
  await expect(mapPage.card.getByRole("link", { name: "Drzewo przy przystanku" })).toBeVisible();
  await expectAccessible(page);
  await page.goto(`${home}/practices/${practice}`);
  await expect(page.getByRole("region", { name: "Gdzie się przydała" })).toContainText(
    "Drzewo przy przystanku Inicjatywa absolwencka · W toku",
  );
  await expectAccessible(page);
  await page.goto(`${home}/pins/${need}`);
  await expect(page.locator(".thread")).toContainText("Drzewo przy przystanku");
  await page.goto(path);
  await expect(page.getByRole("region", { name: "Kto ukończył" })).toContainText("Drzewo przy przystanku");
  await expect(page.getByRole("main")).not.toContainText("Anna Kot");
  await expectAccessible(page);
  await anna.context().close();
  await staff.context().close();
});
