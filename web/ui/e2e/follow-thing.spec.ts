// Somebody without an account follows an initiative by e-mail, hears of a step once, and ends it by the link.

import { SignInPage } from "./drivers/sign-in-page";
import { district, expect, expectAccessible, test } from "./fixtures";
import { allNews, inviteModerator, mailed, outbox } from "./operator";

const home = `/d/${district}`;
const resident = "dalia@example.org";

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

test("somebody follows an initiative, hears of a step once, and ends it by the link", async ({
  browser,
  server,
  page,
}) => {
  test.setTimeout(120_000);
  inviteModerator(server, "Ola", "garden@example.org");
  const staff = await (await browser.newContext({ baseURL: server.url, locale: "pl-PL" })).newPage();
  const signIn = new SignInPage(staff, server);
  await signIn.ask("garden@example.org");
  await signIn.typeCode("garden@example.org");
  await staff.goto(`${home}/initiatives/new`);
  await staff.locator('[name="name.pl"]').fill("Ogród za szkołą");
  await staff.locator('[name="summary.pl"]').fill("Sadzimy warzywa.");
  await staff.getByRole("button", { name: "Zapisz", exact: true }).click();
  await expect(staff.getByRole("heading", { level: 1 })).toHaveText("Ogród za szkołą");
  const path = new URL(staff.url()).pathname;

  await page.goto(path);
  await expectAccessible(page);
  await page.getByRole("link", { name: "Obserwuj tę inicjatywę" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dostawaj wiadomości e-mailem");
  await expect(page.getByRole("main")).toContainText("Ogród za szkołą");
  await expectAccessible(page);
  await page.getByLabel("Twój adres e-mail").fill(resident);
  await page.getByRole("radio", { name: "Od razu" }).check();
  await page.getByRole("button", { name: "Obserwuj", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sprawdź pocztę");
  await page.goto(await mailed(server, resident, /(\/d\/podgorze\/confirm\/[\w-]+)/));
  await page.getByRole("button", { name: "Tak, to mój adres" }).click();
  await expect(page.getByRole("main")).toContainText("Ogród za szkołą");
  await expectAccessible(page);

  // A step by mistake, which is taken back where the page says that it was taken.
  await staff.getByRole("button", { name: "Zaczyna się" }).click();
  await expect(staff.getByRole("status")).toContainText("Zapisano.");
  await expectAccessible(staff);
  await staff.getByRole("button", { name: "Cofnij" }).click();
  await expect(staff.getByRole("button", { name: "Cofnij" })).toHaveCount(0);
  await staff.getByRole("button", { name: "Jest zaplanowana" }).click();
  await expect(staff.locator(".thing-progress")).toContainText("Zaplanowana");
  await allNews(server);
  const news = async () => (await outbox(server)).filter(({ to, kind }) => to === resident && kind !== "confirm");
  const told = await news();
  expect(told.map(({ kind }) => kind)).toEqual(["moved"]);
  expect(told[0]?.text).toContain("Coś się zmieniło: „Ogród za szkołą” (inicjatywa). Teraz: Zaplanowana.");
  expect(told[0]?.text).toContain(path);

  await page.goto(await mailed(server, resident, /(\/d\/podgorze\/unsubscribe\/[\w-]+)/));
  await expect(page.getByRole("main")).toContainText("Ogród za szkołą");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Nie wysyłajcie tych e-maili" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Gotowe: nie wyślemy już tych e-maili");
  await expectAccessible(page);
  await staff.getByRole("button", { name: "Zaczyna się" }).click();
  await expect(staff.locator(".thing-progress")).toContainText("W toku");
  await allNews(server);
  expect(await news()).toHaveLength(1);
});
