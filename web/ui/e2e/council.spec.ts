// Who represents a place, what the council may do there, and the texts about it.

import { SignInPage } from "./drivers/sign-in-page";
import { expect, expectAccessible, test } from "./fixtures";
import { inviteModerator } from "./operator";

const question = "Kto reprezentuje to miejsce?";

test.describe("a resident asks who represents a place", () => {
  test("by tapping on the map where nothing is", async ({ mapPage, page }) => {
    await mapPage.open();
    await mapPage.waitUntilIdle();
    await mapPage.jumpTo(19.951, 50.0455, 16);
    await expect.poll(() => mapPage.renderedFeatures("pins")).toBeGreaterThan(20);
    const { lon, lat } = await mapPage.clickEmptyPlace();
    await expect(mapPage.card).toContainText("To miejsce");
    await expect(mapPage.card.getByRole("link", { name: "Dodaj tu pinezkę" })).toBeVisible();
    await expectAccessible(page);
    const link = mapPage.card.getByRole("link", { name: question });
    const address = new URL((await link.getAttribute("href")) ?? "", page.url());
    expect(Number(address.searchParams.get("lon"))).toBeCloseTo(lon, 4);
    expect(Number(address.searchParams.get("lat"))).toBeCloseTo(lat, 4);
    await mapPage.clickEmptyPlace();
    await expect(mapPage.card).toHaveCount(0);

    await mapPage.clickEmptyPlace();
    await link.click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(question);
    await expect(page.locator(".lead")).toContainText(/To miejsce należy do okręgu „Okręg \d \(zmyślony\)”/);
    await expect(page.getByRole("heading", { name: "Co może rada dzielnicy" })).toBeVisible();
    await page.getByRole("link", { name: /^O okręgu: Okręg \d/ }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText(/^Okręg \d/);
  });

  test("from a hexagon, by keyboard alone", async ({ mapPage, page }) => {
    await mapPage.open();
    await mapPage.waitUntilIdle();
    await mapPage.jumpTo(19.951, 50.0455, 12.6);
    await page.locator(".maplibregl-canvas").focus();
    await page.keyboard.press("Enter");
    const link = mapPage.card.getByRole("link", { name: question });
    await expect(link).toBeVisible();
    for (let i = 0; i < 3; i++) {
      await page.keyboard.press("Tab");
    }
    await expect(link).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.locator(".lead")).toContainText("To miejsce należy do okręgu");
  });

  test("by a place that the search of the map has found", async ({ mapPage, page }) => {
    await mapPage.open();
    const search = page.getByPlaceholder("Szukaj miejsc i pinezek");
    await search.fill("rynku podgorsk");
    await page.locator(".place-list").getByRole("option").first().click();
    await page.locator(".place-card").getByRole("link", { name: question }).click();
    await expect(page.locator(".lead")).toContainText("okolica Stare Podgórze");
  });

  test("on its page, with a search and with the map", async ({ page }) => {
    await page.goto("/d/podgorze/council");
    await page.getByRole("link", { name: question }).click();
    await page.getByRole("combobox").fill("Zabłociu");
    await page.locator(".place-list").getByRole("option").first().click();
    await page.getByRole("button", { name: "Pokaż, kto je reprezentuje" }).click();
    await expect(page.locator(".lead")).toContainText("okolica Zabłocie");
    await expect(page).toHaveURL(/represents\?lon=19\.\d{5}&lat=50\.\d{5}$/);
  });
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("a resident finds a place by its name, and its ward", async ({ page }) => {
    await page.goto("/d/podgorze/represents");
    await page.getByRole("searchbox").fill("rynek podgórski");
    await page.getByRole("button", { name: "Szukaj" }).click();
    await page.getByRole("button", { name: "Rynek Podgórski" }).first().click();
    await expect(page.locator(".lead")).toContainText("To miejsce należy do okręgu");
  });
});

test("the navigation leads to the council, also on a phone", async ({ page }) => {
  await page.goto("/d/podgorze/coverage");
  await page.getByRole("banner").getByRole("link", { name: "Nasza rada" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nasza rada");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("contentinfo").getByRole("link", { name: "Nasza rada" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nasza rada");
  const bar = page.getByRole("banner").getByRole("navigation", { name: "Dzielnica" });
  await expect(bar.getByRole("link", { name: "Nasza rada" })).toHaveAttribute("aria-current", "page");
  await expectAccessible(page);
  const box = await bar.boundingBox();
  expect((box?.y ?? 0) + (box?.height ?? 0), "it is at the bottom of the screen").toBe(844);
  await bar.getByRole("link", { name: "Mapa" }).click();
  await expect(page.getByRole("link", { name: "Dodaj pinezkę" }).first()).toBeVisible();
  await page.goto("/d/podgorze/council");
  await expect(page.getByRole("link", { name: "Pieniądze dzielnicy" })).toBeVisible();
});

test("two of the staff edit one text at once, and nothing is lost", async ({ browser, page, server }) => {
  inviteModerator(server, "Ewa", "council1@example.org");
  inviteModerator(server, "Jan", "council2@example.org");
  const other = await (await browser.newContext({ baseURL: server.url, locale: "pl-PL" })).newPage();
  for (const [who, address] of [
    [page, "council1@example.org"],
    [other, "council2@example.org"],
  ] as const) {
    const signIn = new SignInPage(who, server);
    await signIn.ask(address);
    await signIn.typeCode(address);
    await who.goto("/d/podgorze/council/money");
    await who.getByRole("link", { name: "Edytuj stronę" }).click();
  }
  const text = "Polski";
  const body = (who: typeof page) => who.getByRole("group", { name: text }).getByLabel("Treść");
  await body(other).fill("Rada ma **mało** pieniędzy.");
  await other.getByRole("button", { name: "Zapisz" }).click();
  await expect(other.locator(".prose strong")).toHaveText("mało");

  await body(page).fill("Rada sama decyduje o części pieniędzy.");
  await page.getByRole("button", { name: "Zapisz" }).click();
  await expect(page.getByRole("alert")).toContainText("Rada ma mało pieniędzy.");
  await expect(body(page)).toHaveValue("Rada sama decyduje o części pieniędzy.");
  await expectAccessible(page);
  await body(page).fill("Rada ma **mało** pieniędzy i sama o nich decyduje.");
  await page.getByRole("button", { name: "Zapisz" }).click();
  await expect(page.locator(".prose")).toContainText("i sama o nich decyduje");
});
