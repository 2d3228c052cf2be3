// The form loses nothing and doubles nothing: drafts, a lost connection, a lost answer.

import type { Page } from "@playwright/test";
import type { AddPinPage } from "./drivers/add-pin-page";
import { expect, expectAccessible, test } from "./fixtures";

const filled = { lon: "19.9493", lat: "50.0446", category: "greenery" };
const unsent = (page: Page) => page.locator(".unsent");

async function fillIn(addPinPage: AddPinPage, title: string): Promise<void> {
  await addPinPage.openStep(3, filled);
  await addPinPage.title.fill(title);
}

/** Returns the number of pins whose title is a text. */
async function countPins(page: Page, title: string): Promise<number> {
  const response = await page.request.get(`/api/v1/districts/podgorze/pins?q=${encodeURIComponent(title)}`);
  const { features } = (await response.json()) as { features: { properties: { title: string } }[] };
  return features.filter(({ properties }) => properties.title === title).length;
}

test("offline, the form says what it keeps, and sends it later on request", async ({ addPinPage, pinPage, page }) => {
  const title = "Lipa bez zasięgu";
  await fillIn(addPinPage, title);
  await page.context().setOffline(true);
  await addPinPage.submit.click();
  await expect(unsent(page)).toContainText("Nie udało się połączyć z serwerem.");
  await expect(unsent(page)).toContainText("jest zapisane na tym urządzeniu");
  await expectAccessible(page);
  await page.context().setOffline(false);
  await expect(unsent(page)).toContainText("Połączenie z internetem wróciło.");
  expect(await countPins(page, title), "nothing is sent by itself").toBe(0);
  await page.getByRole("button", { name: "Wyślij teraz" }).click();
  await expect(pinPage.title).toHaveText(title);
  expect(await countPins(page, title)).toBe(1);
});

test("a lost answer and another attempt make one pin", async ({ addPinPage, pinPage, page }) => {
  const title = "Lipa bez odpowiedzi";
  await fillIn(addPinPage, title);
  await page.route(
    "**/d/podgorze/add",
    async (route) => {
      await route.fetch({ maxRedirects: 0 }); // It has arrived, and nobody learns of it.
      await route.abort("connectionreset");
    },
    { times: 1 },
  );
  await addPinPage.submit.click();
  await expect(unsent(page)).toContainText("i tak dodamy ją tylko raz");
  await page.getByRole("button", { name: "Wyślij teraz" }).click();
  await expect(pinPage.title).toHaveText(title);
  expect(await countPins(page, title)).toBe(1);
});

test("a draft survives that the page is closed, until it is sent or begun afresh", async ({ addPinPage, page }) => {
  await fillIn(addPinPage, "Niedokończona myśl");
  await addPinPage.body.fill("Wrócę do tego.");
  await addPinPage.open();
  await expect(page.locator(".draft-found")).toContainText("Przywróciliśmy szkic");
  await page.getByRole("button", { name: "Dokończ szkic" }).click();
  await expect(addPinPage.title).toHaveValue("Niedokończona myśl");
  await expect(addPinPage.body).toHaveValue("Wrócę do tego.");
  await expect(page.locator(".so-far")).toContainText("50.0446");
  page.once("dialog", (dialog) => void dialog.accept());
  await page.locator(".draft-note").getByRole("button", { name: "Zacznij od nowa" }).click();
  await expect.poll(() => addPinPage.step()).toContain("Gdzie");
  await expect(page.locator(".draft-found")).toHaveCount(0);
  await expect(page.locator("#lon")).toHaveValue("");
});

test("with a full disk the form works, and says that it cannot keep a draft", async ({ addPinPage, pinPage, page }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await fillIn(addPinPage, "Lipa bez miejsca na dysku");
  await expect(page.locator(".draft-note")).toContainText("nie może zapisać szkicu");
  await addPinPage.submit.click();
  await expect(pinPage.title).toHaveText("Lipa bez miejsca na dysku");
});

test("moving the map chooses what is under the cross, and says at once when that is outside", async ({
  addPinPage,
  mapPage,
  page,
}) => {
  await addPinPage.open();
  await mapPage.waitUntilIdle();
  await mapPage.jumpTo(19.9493, 50.0446, 16);
  await expect(page.locator("#lon")).toHaveValue("19.949300");
  await mapPage.jumpTo(19.9, 50.1, 14);
  await expect(page.locator(".place-chosen")).toContainText("poza dzielnicą");
  await expectAccessible(page);
});

test("a counter says how much is left, and nothing is cut off", async ({ addPinPage, page }) => {
  await fillIn(addPinPage, "x".repeat(119));
  await expect(page.locator("#title-counter")).toHaveText("Został 1 znak");
  await addPinPage.title.fill("x".repeat(125));
  await expect(page.locator("#title-counter")).toHaveText("5 znaków za dużo");
  await addPinPage.submit.click();
  await expect(addPinPage.errorSummary).toBeVisible();
  await expect(addPinPage.title).toHaveValue("x".repeat(125));
});
