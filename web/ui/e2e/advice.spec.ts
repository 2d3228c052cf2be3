// The participation bank: a resident draws a draft plan and asks, the deputy of the planning adviser answers, and a
// neighbour finds the answer, which says nothing of who asked.

import type { Browser, Page } from "@playwright/test";
import { SignInPage } from "./drivers/sign-in-page";
import { district, expect, expectAccessible, test } from "./fixtures";
import { allNews, inviteAdmin, inviteAdviser, mailed, outbox } from "./operator";
import type { Server } from "./server";

const home = `/d/${district}`;
const phone = { width: 390, height: 844 };

/** Opens a page of somebody who has signed in. */
async function signIn(browser: Browser, server: Server, address: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.url, locale: "pl-PL" });
  const page = await context.newPage();
  const pages = new SignInPage(page, server);
  await pages.ask(address);
  await pages.typeCode(address);
  return page;
}

/** Confirms the address of somebody who has asked. */
async function confirm(page: Page, server: Server, address: string): Promise<void> {
  await page.goto(await mailed(server, address, /(\/d\/podgorze\/confirm\/[\w-]+)/));
  await page.getByRole("button", { name: "Tak, to mój adres" }).click();
}

/** Presses a button of a page that opens a field for a text, and sends it. */
async function say(page: Page, button: string, label: string, text: string): Promise<void> {
  await page.locator("summary", { hasText: button }).click();
  await page.getByLabel(label).fill(text);
  await page.getByRole("button", { name: button }).click();
  await expect(page.getByText(text)).toBeVisible();
}

/** Returns the name of the adviser who has the only request in the register. */
async function openRequest(page: Page, title: RegExp): Promise<string> {
  await page.goto(`${home}/advice`);
  await page.getByRole("link", { name: title }).click();
  return (await page.locator("dt", { hasText: "Doradca" }).locator("xpath=following-sibling::dd").textContent()) ?? "";
}

test("a drawn plan reaches the deputy of the adviser, and a neighbour finds the answer", async ({
  browser,
  page,
  server,
}) => {
  test.setTimeout(300_000);
  inviteAdviser(server, "Anna Planowa", "planowa@example.org");
  inviteAdviser(server, "Ewa Zastępcza", "zastepcza@example.org");
  inviteAdmin(server, "Ola", "ola-doradcy@example.org");
  const admin = await signIn(browser, server, "ola-doradcy@example.org");
  await admin.goto(`${home}/desk/advisers`);
  await expectAccessible(admin);
  const planner = admin.getByRole("region", { name: "Anna Planowa" });
  await planner.getByRole("checkbox", { name: "planowanie przestrzenne" }).check();
  await planner.getByLabel("Kto zastępuje").selectOption("Ewa Zastępcza");
  await planner.getByRole("button", { name: /Zapisz/ }).click();
  await expect(admin.getByRole("status")).toContainText("Zapisano");

  await page.setViewportSize(phone);
  await page.goto(`${home}/advice/new`);
  await page.getByLabel("Twoje pytanie").fill("Czy na łące przy naszym bloku staną szeregowce?");
  await page.getByLabel("Temat").selectOption("planowanie przestrzenne");
  await page.locator("summary", { hasText: "Obrys na mapie" }).click();
  const map = page.locator("pinezka-outline .maplibregl-canvas");
  await expect(map).toBeVisible();
  await map.scrollIntoViewIfNeeded();
  await expect(page.locator(".outline-status")).toContainText("0 narożników");
  for (const position of [
    { x: 185, y: 160 },
    { x: 215, y: 160 },
    { x: 200, y: 175 },
  ]) {
    await map.click({ position });
  }
  await expect(page.locator(".outline-status")).toContainText("3 narożniki · powierzchnia");
  await map.focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(".outline-corners li")).toHaveCount(4);
  await page.keyboard.press("Backspace");
  await expect(page.locator(".outline-corners li")).toHaveCount(3);
  await page.getByRole("button", { name: "Cofnij" }).click();
  await expect(page.locator(".outline-corners li")).toHaveCount(4);
  await page.getByRole("button", { name: "Usuń narożnik 4" }).click();
  await expect(page.locator(".outline-corners li")).toHaveCount(3);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Dalej: zobacz, co już wiemy" }).click();
  await expect(page.getByRole("heading", { name: "Co już wiemy" })).toBeVisible();
  await expect(page.getByLabel("Twoje pytanie")).toHaveValue(/szeregowce/);
  await expectAccessible(page);
  await page.getByLabel("Twój adres e-mail").fill("mieszkanka@example.org");
  await page.getByRole("button", { name: "Wyślij pytanie" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Prawie gotowe");
  await expectAccessible(page);
  await allNews(server);
  await confirm(page, server, "mieszkanka@example.org");

  const anna = await signIn(browser, server, "planowa@example.org");
  expect(await openRequest(anna, /szeregowce/)).toContain("Anna Planowa");
  await expectAccessible(anna);
  await anna.goto(`${home}/desk/advisers`);
  const own = anna.getByRole("region", { name: "Anna Planowa" });
  await own.getByLabel("Pierwszy dzień nieobecności").fill("2020-01-01");
  await own.getByRole("button", { name: /Zapisz/ }).click();
  await expect(own).toContainText("Nieobecność");

  const ewa = await signIn(browser, server, "zastepcza@example.org");
  expect(await openRequest(ewa, /szeregowce/)).toContain("Ewa Zastępcza");
  await say(ewa, "Wyślij poradę", "Porada", "Plan na tej łące dopuszcza tylko zieleń.");
  await expect(ewa.getByRole("main")).toContainText("odpowiedź czeka");
  await allNews(server);
  const mails = await outbox(server);
  for (const { kind, text } of mails.filter((mail) => mail.kind === "advice" || mail.kind === "assigned")) {
    expect(text, kind).not.toMatch(/szeregowce|zieleń/);
  }
  expect(mails.filter(({ to, kind }) => to === "mieszkanka@example.org" && kind === "advice").length).toBe(1);

  const path = new URL(ewa.url()).pathname;
  await page.goto(path);
  const pages = new SignInPage(page, server);
  await pages.ask("mieszkanka@example.org", path);
  await pages.typeCode("mieszkanka@example.org");
  await page.goto(`${home}/me`);
  await page.getByRole("link", { name: /szeregowce/ }).click();
  await expect(page.getByText("Plan na tej łące dopuszcza tylko zieleń.")).toBeVisible();
  await expect(page.getByRole("main")).not.toContainText("Ewa Zastępcza");
  await expectAccessible(page);
  await page.getByRole("radio", { name: "tak, zgadzam się" }).check();
  await page.getByRole("button", { name: "Zapisz" }).click();
  await page.getByRole("radio", { name: "pomogła", exact: true }).check();
  await page.getByRole("button", { name: "Zamknij sprawę" }).click();
  await expect(page.getByRole("main")).toContainText("zamknięta i oceniona");

  await ewa.goto(path);
  await ewa.getByRole("link", { name: "Napisz odpowiedź dla wszystkich" }).click();
  await expect(ewa.locator("[name='question.pl']")).toHaveValue("");
  await ewa.locator("[name='question.pl']").fill("Czy Anna może zabudować łąkę?");
  await ewa.locator("[name='answer.pl']").fill("Decyduje plan miejscowy: na terenach zieleni nie wolno.");
  await ewa.locator("[name=coarseness]").selectOption({ index: 1 });
  await ewa.locator("#lat").fill("50.0402");
  await ewa.locator("#lon").fill("19.9502");
  await ewa.getByRole("button", { name: "Zapisz", exact: true }).click();
  await expect(ewa.getByRole("alert")).toContainText("wymienia osoby");
  await expectAccessible(ewa);
  await ewa.locator("[name='question.pl']").fill("Czy wolno zabudować łąkę?");
  await ewa.getByRole("button", { name: "Zapisz", exact: true }).click();
  const answer = new URL(ewa.url()).pathname;
  await ewa.getByRole("button", { name: "Opublikuj" }).click();
  await expect(ewa.getByRole("heading", { level: 1 })).toHaveText("Opublikować musi ktoś inny");
  await anna.goto(answer);
  await anna.getByRole("button", { name: "Opublikuj" }).click();
  await expect(anna.locator(".thanks")).toContainText("widoczne publicznie");

  const neighbour = await browser.newContext({ baseURL: server.url, locale: "pl-PL", viewport: phone });
  const visitor = await neighbour.newPage();
  await visitor.goto(`${home}/advice/new`);
  await visitor.getByLabel("Twoje pytanie").fill("Co tu powstanie?");
  await visitor.locator("#lat").fill("50.0405");
  await visitor.locator("#lon").fill("19.9505");
  await visitor.getByRole("button", { name: "Dalej: zobacz, co już wiemy" }).click();
  await visitor.getByRole("link", { name: "Czy wolno zabudować łąkę?" }).click();
  await expect(visitor.getByRole("main")).toContainText("na terenach zieleni nie wolno");
  await expect(visitor.getByRole("main")).not.toContainText("szeregowce");
  await expectAccessible(visitor);
  for (const other of [admin, anna, ewa, visitor]) {
    await other.context().close();
  }
});

test("without a script, by keyboard: somebody finds an answer, and asks", async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server.url, locale: "pl-PL", javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${home}/answers`);
  await page.getByRole("searchbox").focus();
  await page.keyboard.type("uwaga do planu");
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: /zgłosić uwagę do projektu planu/ }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toContainText("Uwagę może złożyć każdy");
  await page.getByRole("main").getByRole("link", { name: "Zapytaj doradcę" }).focus();
  await page.keyboard.press("Enter");
  await page.getByLabel("Twoje pytanie").focus();
  await page.keyboard.type("Jak zgłosić uwagę do planu, gdy termin minął?");
  await page.keyboard.press("Tab");
  await page.getByRole("button", { name: "Dalej: zobacz, co już wiemy" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "Co już wiemy" }).getByRole("link").first()).toBeVisible();
  await page.locator("summary", { hasText: "Obrys na mapie" }).focus();
  await page.keyboard.press("Enter");
  await page.getByLabel("Narożniki obrysu").focus();
  await page.keyboard.type("50.0402, 19.9502\n50.0402, 19.95");
  await page.getByLabel("Twój adres e-mail").focus();
  await page.keyboard.type("bez-skryptu@example.org");
  await page.getByRole("button", { name: "Wyślij pytanie" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Prawie gotowe");
  await context.close();
});
