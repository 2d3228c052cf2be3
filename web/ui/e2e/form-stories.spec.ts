// The form from the first step to the last: what interrupts it, by thumb, and by keyboard alone.

import { AddPinPage } from "./drivers/add-pin-page";
import { expect, expectAccessible, test } from "./fixtures";

const form = "**/d/podgorze/add";

for (const [status, text] of [
  [200, "Serwer chwilowo nie może przyjąć pinezki."],
  [502, "Serwer chwilowo nie może przyjąć pinezki."],
  [429, "Odczekaj minutę."],
  [403, "Serwer nie przyjął formularza."],
] as const) {
  test(`a pin is not taken for sent when something answers ${status}`, async ({ addPinPage, page }) => {
    await addPinPage.fillIn("Nie dotarło");
    await page.route(form, (route) => route.fulfill({ status, contentType: "text/html", body: "<main>Proxy</main>" }), {
      times: 1,
    });
    await addPinPage.submit.click();
    await expect(addPinPage.unsent).toContainText(text);
    await expect(addPinPage.title).toHaveValue("Nie dotarło");
    await addPinPage.open();
    await expect(addPinPage.draftFound).toContainText("Nie dotarło");
  });
}

test("a button shows that it works, ignores presses meanwhile, and works again after Back", async ({
  addPinPage,
  pinPage,
  page,
}) => {
  await addPinPage.fillIn("Niecierpliwość");
  let requests = 0;
  let answer = (): void => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(form, async (route) => {
    requests++;
    await held;
    await route.continue();
  });
  await addPinPage.submit.click();
  const busy = page.getByRole("button", { name: "Wysyłanie…" });
  await expect(busy).toHaveAttribute("aria-busy", "true");
  await busy.click({ force: true });
  await busy.press("Enter");
  answer();
  await expect(pinPage.title).toHaveText("Niecierpliwość");
  expect(requests).toBe(1);
  await page.goBack();
  await expect(addPinPage.submit).not.toHaveAttribute("aria-busy");
});

test("a draft survives Back, a reload, another language, and a restart of server and page", async ({
  addPinPage,
  page,
  context,
  server,
}) => {
  await addPinPage.fillIn("Przetrwalnik");
  await addPinPage.email.fill("ja@example.org");
  await page.goBack();
  expect(await addPinPage.step()).toContain("Co");
  await page.goForward();
  await expect(addPinPage.title).toHaveValue("Przetrwalnik");
  await page.getByRole("button", { name: "Poprzedni krok" }).click();
  await expect(page.getByRole("radio", { name: "Zieleń" })).toBeChecked();
  await addPinPage.next.click();
  await expect(addPinPage.title).toHaveValue("Przetrwalnik");
  await page.reload();
  await expect(addPinPage.title).toHaveValue("Przetrwalnik");

  await page.getByRole("link", { name: "English" }).click();
  await expect(page.getByLabel("In one sentence")).toHaveValue("Przetrwalnik");
  expect(page.url()).not.toMatch(/19\.9|greenery|Przetrw/);
  await page.getByRole("link", { name: "Polski" }).click();
  await expect(addPinPage.title).toHaveValue("Przetrwalnik");

  await server.restart();
  await page.close();
  const tab = await context.newPage();
  const later = new AddPinPage(tab);
  await later.open();
  await expect(later.draftFound).toContainText("Przywróciliśmy szkic, ostatnio zmieniony");
  await expect(tab.locator("#lon")).toHaveValue("19.949300");
  await tab.getByRole("button", { name: "Dokończ szkic" }).click();
  await expect(later.title).toHaveValue("Przetrwalnik");
  await expect(later.email).toHaveValue("ja@example.org");
  await later.submit.click();
  await expect(tab.locator("article h1")).toHaveText("Przetrwalnik");
});

test("a draft has no e-mail address after a day", async ({ addPinPage, page }) => {
  await addPinPage.fillIn("Po dobie");
  await addPinPage.email.fill("ja@example.org");
  await page.clock.install({ time: Date.now() + 25 * 3_600_000 });
  await page.goto("/d/podgorze");
  await expect.poll(() => page.evaluate(() => JSON.stringify(localStorage))).not.toContain("example.org");
  await addPinPage.open();
  await expect(addPinPage.draftFound).toContainText("1 dzień temu");
  await page.getByRole("button", { name: "Dokończ szkic" }).click();
  await expect(addPinPage.title).toHaveValue("Po dobie");
  await expect(addPinPage.email).toHaveValue("");
});

test("a draft is only offered where a link has chosen another place", async ({ addPinPage, page }) => {
  await addPinPage.fillIn("Stary szkic");
  await page.goto("/d/podgorze/add?lang=pl#at=19.95,50.045");
  await expect(addPinPage.draftFound).toContainText("jest niewysłany szkic");
  await expect(page.locator("#lon")).toHaveValue("19.950000");
  page.on("dialog", (dialog) => void dialog.accept());
  await page.getByRole("button", { name: "Usuń szkic" }).click();
  await expect(addPinPage.draftFound).toHaveCount(0);
  await expect(page.locator("#lon")).toHaveValue("19.950000");
});

test.describe("a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("has the map and the next step on one screen, and categories within two", async ({
    addPinPage,
    pinPage,
    mapPage,
    page,
  }) => {
    await addPinPage.open();
    await mapPage.waitUntilIdle();
    await expect(addPinPage.next).toBeInViewport({ ratio: 1 });
    await expect(addPinPage.chosenPlace).toBeInViewport({ ratio: 1 });
    const box = await page.locator(".place-frame").boundingBox();
    expect(box?.height).toBeGreaterThan(250);
    await page.touchscreen.tap((box?.x ?? 0) + 100, (box?.y ?? 0) + (box?.height ?? 0) / 2);
    await expect(addPinPage.chosenPlace).toContainText("Wybrane miejsce");
    await expect(page.locator("#lon")).toHaveValue(/^19\.\d{6}$/);
    await addPinPage.next.tap();
    await page.locator(".is-kinds .card", { hasText: "Potrzeba" }).tap();
    await expect(addPinPage.next).toBeInViewport({ ratio: 1 });
    const height = await page.locator("form[data-main]").evaluate((e) => e.getBoundingClientRect().height);
    expect(height).toBeLessThan(1000);
    await expectAccessible(page);
    await page.locator(".is-categories.is-open .card", { hasText: "Zieleń" }).tap();
    await addPinPage.next.tap();
    await addPinPage.title.fill("Kciukiem");
    await expect(addPinPage.submit).toBeInViewport({ ratio: 1 });
    await expectAccessible(page);
    await addPinPage.submit.tap();
    await expect(pinPage.title).toHaveText("Kciukiem");
  });
});

test.describe("a resident who reads Ukrainian", () => {
  test.use({ locale: "uk-UA" });

  test("adds a pin by keyboard alone", async ({ mapPage, pinPage, addPinPage, page }) => {
    await addPinPage.open();
    await expect(page.locator("html")).toHaveAttribute("lang", "uk");
    await mapPage.waitUntilIdle();
    await page.locator("#place").focus();
    await page.keyboard.type("Кальварійська");
    await expect(page.getByRole("option").first()).toContainText("Kalwaryjska");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(addPinPage.chosenPlace).toContainText(/Вибране місце: .*Kalwaryjska/);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Далі" }).press("Enter");
    await page.getByRole("radio", { name: /Потреба/ }).press("Space");
    await page.getByRole("radio", { name: /^Зелень/ }).press("Space");
    await expectAccessible(page);
    await page.keyboard.press("Enter");
    await page.locator("#title").focus();
    await page.keyboard.type("Липі бракує води");
    await expect(page.locator("#title-counter")).toHaveText("Залишилося 104 символи");
    await expectAccessible(page);
    await page.keyboard.press("Enter");
    await expect(pinPage.title).toHaveText("Липі бракує води");
  });
});
