import { digits } from "./drivers/map-page";
import { expect, test } from "./fixtures";

test.describe("a planner filters", () => {
  test("by kind, status and month: address, list, numbers and map agree", async ({ mapPage, page }) => {
    await mapPage.open();
    const all = await mapPage.consistentTotal();
    expect(all).toBe(
      (await mapPage.kindCount("need")) +
        (await mapPage.kindCount("potential")) +
        (await mapPage.kindCount("organisation")),
    );

    const needs = await mapPage.kindCount("need");
    await mapPage.kind("Potrzeby").check();
    await expect(page).toHaveURL(/\?kind=need$/);
    await mapPage.expectTotal(needs);
    expect(await mapPage.consistentTotal()).toBe(needs);

    await page.locator(".facet summary", { hasText: "Stan" }).click();
    const option = page.locator(".facet[open] .tick", { hasText: "W realizacji" });
    const inAction = digits(await option.locator(".tick-count").innerText());
    await option.getByRole("checkbox").check();
    await expect(page).toHaveURL(/\?kind=need&status=in_action$/);
    await mapPage.expectTotal(inAction);
    await expect(option.getByRole("checkbox"), "the menu stays open and keeps the focus").toBeFocused();
    await page.keyboard.press("Escape");
    await expect(page.locator(".pin .status").first()).toHaveText("W realizacji");
    expect(await mapPage.consistentTotal()).toBe(inAction);

    await page.locator(".facet summary", { hasText: "Miesiące" }).click();
    await page.getByLabel("Od miesiąca").selectOption({ index: 20 });
    await expect(page).toHaveURL(/\?from=\d{4}-\d{2}&kind=need&status=in_action$/);
    await expect.poll(() => mapPage.total()).toBeLessThan(inAction);
    await page.keyboard.press("Escape");
    const few = await mapPage.consistentTotal();

    await page.reload();
    expect(await mapPage.total(), "the address contains all filters").toBe(few);
    await expect(mapPage.kind("Potrzeby")).toBeChecked();
    await expect(mapPage.chips).toHaveCount(3);

    await mapPage.chips.filter({ hasText: "W realizacji" }).click();
    await expect(page).toHaveURL(/\?from=\d{4}-\d{2}&kind=need$/);
    await expect(mapPage.chips).toHaveCount(2);
    await page.goBack();
    await mapPage.expectTotal(few);
    await expect(mapPage.chips).toHaveCount(3);
  });

  test("by area: the map moves there", async ({ mapPage, page }) => {
    await mapPage.open();
    await mapPage.waitUntilIdle();
    const zoom = () =>
      mapPage.map.evaluate((e) => (e as import("../src/elements/map-element").MapElement).map?.getZoom() ?? 0);
    const before = await zoom();
    await mapPage.choose("Okolica", "Zabłocie");
    await expect(page).toHaveURL(/\?area=zablocie$/);
    await expect.poll(zoom).toBeGreaterThan(before + 0.5);
    await expect(mapPage.pins.first()).toContainText("Zabłocie");
  });

  test("by search text, and learns what to do when nothing matches", async ({ mapPage, page }) => {
    await mapPage.open();
    await mapPage.waitUntilIdle();
    const search = page.getByPlaceholder("Szukaj miejsc i pinezek");
    const words = page.getByRole("option", { name: /^Szukaj pinezek/ });
    await search.fill("przystanek");
    await words.click();
    await expect(page).toHaveURL(/\?q=przystanek$/);
    await expect.poll(() => mapPage.total()).toBeGreaterThan(0);
    const total = await mapPage.consistentTotal();
    const kinds = await Promise.all(
      (["need", "potential", "organisation"] as const).map((kind) => mapPage.kindCount(kind)),
    );
    expect(kinds.reduce((sum, n) => sum + n)).toBe(total);
    await search.fill("źdźbłożółć");
    await search.press("Enter");
    await expect(page.locator(".empty")).toContainText("Brak pasujących pinezek");
    await page.locator(".empty").getByRole("link", { name: "Wyczyść filtry" }).click();
    await expect(page).toHaveURL(/\/d\/podgorze$/);
    await expect(mapPage.pins).toHaveCount(30);
    await expect(search).toHaveValue("");
  });

  test("and keeps list and filters when the connection fails", async ({ mapPage, page }) => {
    await mapPage.open();
    await mapPage.waitUntilIdle();
    await page.route(/\/d\/podgorze\?/, (route) => route.abort());
    await mapPage.kind("Organizacje").check();
    await expect(page.locator(".progress")).toContainText("Nie udało się wczytać wyników");
    await expect(mapPage.pins).toHaveCount(30);
    await expect(mapPage.kind("Organizacje")).toBeChecked();
    await page.unroute(/\/d\/podgorze\?/);
    await page.getByRole("button", { name: "Spróbuj ponownie" }).click();
    await expect(page.locator(".progress")).toBeHidden();
    expect(await mapPage.consistentTotal()).toBe(await mapPage.kindCount("organisation"));
  });

  test("by an address with an invalid filter: the page names it, and leads to the map", async ({ mapPage, page }) => {
    await page.goto("/d/podgorze?kind=dragon");
    await expect(page.getByText("nie można zrozumieć: kind.")).toBeVisible();
    await page.getByRole("link", { name: "Przejdź do mapy" }).click();
    await expect(mapPage.pins).toHaveCount(30);
  });

  test("by months that are chosen in reverse", async ({ mapPage, page }) => {
    await mapPage.open();
    await page.locator(".facet summary", { hasText: "Miesiące" }).click();
    await page.getByLabel("Do miesiąca").selectOption({ index: 5 });
    await page.getByLabel("Od miesiąca").selectOption({ index: 20 });
    const months = await page
      .locator("#from option")
      .evaluateAll((all) => all.map((o) => (o as HTMLOptionElement).value));
    await expect(page).toHaveURL(new RegExp(`from=${months[5]}&to=${months[20]}$`));
    await mapPage.consistentTotal();
  });

  test("and reads the list page by page", async ({ mapPage, page }) => {
    await mapPage.open("?kind=need");
    await mapPage.waitUntilIdle();
    const first = await mapPage.pins.first().getAttribute("data-id");
    await page.getByRole("link", { name: "Następne" }).click();
    await expect(page.locator(".pins")).toHaveAttribute("start", "31");
    await expect(page).toHaveURL(/kind=need/);
    expect(await mapPage.pins.first().getAttribute("data-id")).not.toBe(first);
    await page.goBack();
    await expect(page.locator(".pins")).toHaveAttribute("start", "1");
    await page.goForward();
    await expect(page.locator(".pins")).toHaveAttribute("start", "31");
    await page.getByRole("link", { name: "Na początek" }).click();
    await expect(mapPage.pins.first()).toHaveAttribute("data-id", first ?? "");
  });

  test("by a month of the chart", async ({ mapPage, page }) => {
    await mapPage.open();
    await mapPage.waitUntilIdle();
    const bar = page.locator("[data-month]").nth(12);
    const month = await bar.getAttribute("data-month");
    await bar.click();
    await expect(page).toHaveURL(new RegExp(`from=${month}&to=${month}$`));
    await mapPage.consistentTotal();
  });
});
