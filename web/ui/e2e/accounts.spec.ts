// Signing in, sessions and roles: an administrator invites an animator, who signs in on a phone, has
// the role until it ends, and ends a session from another device.

import type { SessionEnd } from "../src/elements/session-end";
import { SignInPage } from "./drivers/sign-in-page";
import { expect, expectAccessible, test } from "./fixtures";
import { execute, inviteAdmin } from "./operator";

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: "pl-PL" };

test("an administrator invites an animator, who has the role until it ends", async ({ page, browser, server }) => {
  inviteAdmin(server, "Anna Nowak", "Anna@example.org");
  const admin = new SignInPage(page, server);
  await admin.ask("anna@example.org", "/d/podgorze/people");
  await expectAccessible(page);
  await admin.typeCode("anna@example.org");
  await expect(page).toHaveURL(/\/d\/podgorze\/people$/);
  await expectAccessible(page);

  await page.getByRole("button", { name: "Nadaj rolę" }).click();
  await page.getByLabel("Adres e-mail").fill("Ola@example.org");
  await page.getByLabel("Imię i nazwisko").fill("Ola Kowal");
  await page.getByRole("radio", { name: /^Animator/ }).check();
  await page.getByLabel("Okolica").selectOption({ label: "Płaszów" });
  await page.getByLabel(/^Ostatni dzień/).fill("2140-06-30");
  await page.locator("#reason").fill("zna Płaszów");
  await page.getByRole("button", { name: "Nadaj rolę" }).click();
  await expect(page.getByRole("status")).toContainText("Rola została nadana");
  await expect(page.getByRole("listitem").filter({ hasText: "Ola@example.org" })).toContainText(
    "Animator, Płaszów · od",
  );
  await expectAccessible(page);

  const mobile = await browser.newContext({ ...phone, baseURL: server.url });
  const olaPage = await mobile.newPage();
  const ola = new SignInPage(olaPage, server);
  await ola.ask("ola@example.org");
  await expectAccessible(olaPage);
  const used = await ola.openLink("Ola@example.org");
  await expectAccessible(olaPage);
  await ola.submit();
  await expect(olaPage.getByRole("heading", { level: 1 })).toHaveText("Ola Kowal");
  await expect(olaPage.getByRole("listitem").filter({ hasText: "Animator" })).toContainText("Płaszów, Podgórze");
  await expectAccessible(olaPage);
  expect(await olaPage.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await olaPage.goto(used);
  await expect(olaPage.getByRole("heading", { level: 1 })).toHaveText("Ten link już nie działa");

  await olaPage.goto("/d/podgorze/pins/1");
  await olaPage.locator(".visitor summary").click();
  await expect(olaPage.getByRole("link", { name: "Dziś" })).toBeVisible();
  await expect(olaPage.getByRole("link", { name: "Osoby i role" })).toHaveCount(0);
  await expectAccessible(olaPage);
  expect((await olaPage.goto("/d/podgorze/people"))?.status()).toBe(403);

  execute(server, "update grants set until = now() where role = 'animator'");
  await olaPage.goto("/account");
  await expect(olaPage.getByText("Nie masz obecnie żadnej roli")).toBeVisible();
  await olaPage.goto("/d/podgorze/pins/1");
  await olaPage.locator(".visitor summary").click();
  await expect(olaPage.getByRole("link", { name: "Dziś" })).toHaveCount(0);
  await mobile.close();
});

test("a session is extended by a press, and ended from another device", async ({ page, browser, server }) => {
  inviteAdmin(server, "Ewa Lis", "ewa@example.org");
  const desk = new SignInPage(page, server);
  await desk.ask("ewa@example.org");
  const first = await desk.openLink("ewa@example.org");
  await desk.submit();

  await page.locator("pinezka-session").evaluate((element) => {
    const session = element as SessionEnd;
    session.remove();
    session.dataset.ends = new Date(Date.now() + 60_000).toISOString();
    document.body.append(session);
  });
  await expect(page.getByRole("alert")).toContainText("nastąpi wylogowanie");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Nie wylogowuj" }).click();
  await expect(page.getByRole("alert")).toHaveCount(0);

  const mobile = await browser.newContext({ ...phone, baseURL: server.url });
  const phonePage = await mobile.newPage();
  const again = new SignInPage(phonePage, server);
  await again.ask("ewa@example.org");
  await again.openLink("ewa@example.org", [first]);
  await again.submit();
  await expect(phonePage.getByRole("listitem").filter({ hasText: "ta przeglądarka" })).toHaveCount(1);
  await phonePage.getByRole("button", { name: /^Wyloguj tam/ }).click();
  await expect(phonePage.getByRole("status")).toContainText("została wylogowana");
  await expectAccessible(phonePage);

  await page.goto("/account");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Faccount$/);
  await phonePage.locator(".visitor summary").click();
  await phonePage.locator(".visitor").getByRole("button", { name: "Wyloguj się" }).click();
  await expect(phonePage.getByRole("link", { name: "Zaloguj się" })).toBeVisible();
  await mobile.close();
});
