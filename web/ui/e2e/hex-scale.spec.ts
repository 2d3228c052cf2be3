// The scale of the hexes: stated, never wrong while loading, and held on request.

import { expect, expectAccessible, test } from "./fixtures";

test.describe("the scale of hexes", () => {
  test("is known before any hex is drawn, and colours change only with the legend", async ({ mapPage, page }) => {
    await page.route(/\/tiles\/podgorze\/hexes\//, async (route) => {
      await expect(mapPage.legend.locator(".legend-scale li").first()).toBeVisible();
      await route.continue();
    });
    await mapPage.open();
    await mapPage.recordFrames();
    await mapPage.waitUntilIdle();
    const frames = await mapPage.recordedFrames();
    expect(new Set(frames.map(({ colours }) => colours)).size, "colours").toBe(1);
    await expect(mapPage.legend).toContainText(/około 350 m szerokości \(0,11 km²\)/);
    await mapPage.legend.getByText("Dlaczego wystają poza granicę?").click();
    await expect(mapPage.legend.getByText("tylko pinezki z dzielnicy")).toBeVisible();
  });

  test("says when filters have changed it", async ({ mapPage, page }) => {
    await mapPage.open();
    await mapPage.waitUntilIdle();
    const change = page.locator(".legend-change");
    await expect(change).toBeEmpty();
    const classes = await mapPage.legendClasses();
    await mapPage.kind("Organizacje").check();
    await expect(change).toHaveText(
      `Skala kolorów się zmieniła. Wcześniej klasy miały po tyle pinezek: ${classes.join(" · ")}.`,
    );
    expect(await mapPage.legendClasses()).not.toEqual(classes);
    await expectAccessible(page);
  });

  test("is held in the address for all filters and zooms at which its hexes can be read", async ({ mapPage, page }) => {
    await mapPage.open();
    await mapPage.waitUntilIdle();
    const classes = await mapPage.legendClasses();
    await mapPage.legend.getByRole("button", { name: "Zachowaj tę skalę" }).click();
    await expect(page).toHaveURL(/\?scale=1%2C[\d%C]+%409$/);
    await expect(mapPage.legend).toContainText("Skala jest stała");
    await expect(mapPage.legend.getByRole("button", { name: "Dopasuj skalę" })).toBeFocused();
    await mapPage.kind("Organizacje").check();
    await expect(page).toHaveURL(/kind=organisation&scale=/);
    await mapPage.consistentTotal();
    expect(await mapPage.legendClasses()).toEqual(classes);
    await expect(page.locator(".legend-change")).toBeEmpty();
    await mapPage.jumpTo(19.96, 50.045, 14);
    expect(await mapPage.hexResolution(), "hexes keep their size").toBe(9);
    await page.reload();
    await mapPage.waitUntilIdle();
    expect(await mapPage.legendClasses()).toEqual(classes);
    await mapPage.jumpTo(19.96, 50.045, 9);
    await expect(mapPage.legend).toContainText("dla sześciokątów innej wielkości");
    await page.locator(".chip-clear").click();
    await expect(page, "clearing the filters keeps it").toHaveURL(/\/podgorze\?scale=/);
    await mapPage.legend.getByRole("button", { name: "Dopasuj skalę" }).click();
    await expect(page).not.toHaveURL(/scale=/);
    await expect(mapPage.legend).toContainText("dopasowana do filtrów");
  });

  test("of a shared address has its own classes", async ({ mapPage }) => {
    await mapPage.open("?scale=1,3,6,12,25@9");
    await mapPage.waitUntilIdle();
    expect(await mapPage.legendClasses()).toEqual(["1–2", "3–5", "6–11", "12–24", "25+"]);
    expect(await mapPage.hexResolution()).toBe(9);
  });
});
