// The slider of months, by keyboard and played.

import type { components } from "../src/api.gen";
import { digits } from "./drivers/map-page";
import { district, expect, expectAccessible, test } from "./fixtures";

test.describe("a planner steps through the months", () => {
  test("by keyboard: map, number, list and address agree, also after going back to all months", async ({
    mapPage,
    page,
    request,
  }) => {
    await mapPage.open();
    const all = await mapPage.consistentTotal();
    await expect(mapPage.monthBox).toContainText("Wszystkie miesiące");
    const requested: string[] = [];
    page.on("request", (request) => requested.push(request.url()));
    await mapPage.monthSlider.focus();
    for (let i = 0; i < 3; i++) {
      await page.keyboard.press("ArrowRight");
    }
    const response = await request.get(`/api/v1/districts/${district}/stats`);
    const { months } = (await response.json()) as components["schemas"]["Stats"];
    const third = months[2];
    await expect(page).toHaveURL(new RegExp(`\\?from=${third?.month}&to=${third?.month}$`));
    await mapPage.expectTotal(third?.total ?? NaN);
    await expect(mapPage.monthSlider).toHaveAttribute("aria-valuetext", /^\S+ \d{4}: \d+ pinez(ka|ki|ek)$/);
    expect((await mapPage.monthValue()).pins).toBe(third?.total);
    expect(digits(await mapPage.monthBox.locator(".months-text span").innerText())).toBe(third?.total);
    expect(await mapPage.consistentTotal()).toBe(third?.total);
    expect(
      requested.some((url) => url.includes("/hexes/") && url.includes(`from=${third?.month}&to=${third?.month}`)),
    ).toBe(true);
    await expect(mapPage.chips).toHaveCount(2);
    await expect(mapPage.monthSlider).toBeFocused();

    await mapPage.monthBox.getByRole("button", { name: "Pokaż wszystkie miesiące" }).click();
    await expect(page).toHaveURL(/\/d\/podgorze$/);
    await mapPage.expectTotal(all);
    await expect(mapPage.monthSlider).toHaveAttribute("aria-valuetext", "Wszystkie miesiące");
    await expect(mapPage.monthSlider).toBeFocused();
    expect(await mapPage.consistentTotal()).toBe(all);
  });

  test("played: in order, never blank, in the same colours; pausing chooses the month", async ({
    mapPage,
    page,
    request,
  }) => {
    await mapPage.open("?kind=need");
    await mapPage.consistentTotal();
    const total = await mapPage.total();
    const response = await request.get(`/api/v1/districts/${district}/stats?kind=need`);
    const { months } = (await response.json()) as components["schemas"]["Stats"];
    await mapPage.recordFrames();
    await mapPage.playButton.click();
    await expect(mapPage.playButton).toHaveAccessibleName("Zatrzymaj");
    await mapPage.playedTo(3);
    // Another person adds a pin: the list is not updated yet, and the months continue.
    const pin = { category: "greenery", title: "Klon na rogu", lon: 19.9493, lat: 50.0446 };
    expect((await request.post(`/api/v1/districts/${district}/pins`, { data: pin })).status()).toBe(201);
    await mapPage.playedTo(6);
    expect(await mapPage.total(), "the list is not updated yet").toBe(total);
    await expect(page).toHaveURL(/\?kind=need$/);
    await page.keyboard.press("Enter");
    await expect(mapPage.playButton).toHaveAccessibleName("Odtwórz miesiąc po miesiącu");
    const { text, pins } = await mapPage.monthValue();
    await expect(mapPage.monthBox.getByRole("status")).toHaveText(text);
    await expect(page).toHaveURL(/\?from=(\d{4}-\d{2})&kind=need&to=\1$/);
    await mapPage.expectTotal(pins);

    const frames = await mapPage.recordedFrames();
    const played = frames.filter(({ month }) => month !== "");
    const order = [...new Set(played.map(({ month }) => month))];
    expect(order).toEqual(months.slice(0, order.length).map(({ month }) => month));
    expect(
      frames.filter(({ hexes }) => hexes === 0),
      "blank frames",
    ).toEqual([]);
    const later = played.filter(({ month }) => order.indexOf(month) > 0 && month !== order.at(-1));
    expect(new Set(later.map(({ colours }) => colours)).size, "colours").toBe(1);
    const starts = order.map((month) => played.find((frame) => frame.month === month)?.at ?? 0);
    test.info().annotations.push({
      type: "ms per step",
      description: starts
        .slice(1)
        .map((at, i) => Math.round(at - (starts[i] ?? 0)))
        .join(" "),
    });
    expect(await mapPage.consistentTotal()).toBe(pins);
  });

  test("played to the end, it stops; Escape stops it earlier", async ({ mapPage, page }) => {
    await mapPage.open();
    await mapPage.waitUntilIdle();
    await mapPage.monthSlider.focus();
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowLeft");
    await mapPage.playButton.click();
    await expect(mapPage.playButton).toHaveAccessibleName("Odtwórz miesiąc po miesiącu");
    const last = await mapPage.monthSlider.getAttribute("max");
    await expect(mapPage.monthSlider).toHaveValue(last ?? "");
    await expect(page).toHaveURL(/from=(\d{4}-\d{2})&to=\1$/);
    expect(await mapPage.consistentTotal()).toBe((await mapPage.monthValue()).pins);
    await mapPage.playButton.click();
    await mapPage.playedTo(2);
    await page.keyboard.press("Escape");
    await expect(mapPage.playButton).toHaveAccessibleName("Odtwórz miesiąc po miesiącu");
    expect(await mapPage.consistentTotal()).toBe((await mapPage.monthValue()).pins);
  });

  test("a period chosen in the form or the chips appears in the slider", async ({ mapPage, page }) => {
    await mapPage.open();
    await mapPage.waitUntilIdle();
    await page.locator(".facet summary", { hasText: "Miesiące" }).click();
    await page.getByLabel("Od miesiąca").selectOption({ index: 4 });
    await expect(mapPage.monthBox).toContainText(/^od: \S+ \d{4}/);
    await page.getByLabel("Do miesiąca").selectOption({ index: 6 });
    await expect(mapPage.monthBox).toContainText(/^\S+ \d{4} – \S+ \d{4}/);
    await page.getByLabel("Do miesiąca").selectOption({ index: 4 });
    await expect(mapPage.monthSlider).toHaveValue("4");
    await expect(mapPage.monthSlider).toHaveAttribute("aria-valuetext", /: \d+ pinez/);
    await page.keyboard.press("Escape");
    const before = await mapPage.monthValue();
    await mapPage.kind("Potrzeby").check();
    await expect.poll(async () => (await mapPage.monthValue()).pins).toBeLessThan(before.pins);
    expect(await mapPage.consistentTotal()).toBe((await mapPage.monthValue()).pins);
    await page.locator(".chip-clear").click();
    await expect(mapPage.monthSlider).toHaveAttribute("aria-valuetext", "Wszystkie miesiące");
    await page.goBack();
    await expect(mapPage.monthSlider).toHaveValue("4");
  });

  test("it works without counts", async ({ mapPage, page }) => {
    await page.route(/\/stats/, (route) => route.abort());
    await mapPage.open();
    await mapPage.waitUntilIdle();
    await mapPage.monthSlider.focus();
    await page.keyboard.press("ArrowRight");
    await expect(page).toHaveURL(/from=(\d{4}-\d{2})&to=\1$/);
    await expect(mapPage.monthSlider).toHaveAttribute("aria-valuetext", /^\S+ \d{4}$/);
    await mapPage.consistentTotal();
  });
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`on a small phone, ${colorScheme}`, () => {
    test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, colorScheme });

    test("the slider is large enough and covers nothing", async ({ mapPage, page }) => {
      await mapPage.open();
      await mapPage.waitUntilIdle();
      const button = await mapPage.playButton.boundingBox();
      expect(Math.min(button?.width ?? 0, button?.height ?? 0)).toBeGreaterThanOrEqual(44);
      await mapPage.playButton.tap();
      await mapPage.playedTo(2);
      await mapPage.playButton.tap();
      await expect(page).toHaveURL(/from=/);
      await mapPage.kind("Organizacje").check();
      await expect(page.locator(".legend-change"), "the largest that the foot of the map is").not.toBeEmpty();
      await mapPage.legend.locator(":scope > summary").tap();
      const [map, months, legend, tools] = await Promise.all(
        [page.locator(".maplibregl-map"), mapPage.monthBox, mapPage.legend, page.locator(".map-tools")].map((l) =>
          l.boundingBox(),
        ),
      );
      expect(legend?.y ?? 0).toBeGreaterThanOrEqual(map?.y ?? 0);
      expect((legend?.y ?? 0) + (legend?.height ?? 0)).toBeLessThanOrEqual(months?.y ?? 0);
      expect((tools?.y ?? 0) + (tools?.height ?? 0)).toBeLessThanOrEqual(months?.y ?? 0);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      await expectAccessible(page);
    });
  });
}
