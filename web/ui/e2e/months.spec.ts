// The slider of months: by keyboard, played, and back; the page follows.

import type { components } from "../src/api.gen";
import { number } from "./drivers/map";
import { district, expect, expectAccessible, test } from "./story";

test.describe("a planner goes through the months", () => {
  test("by keyboard: map, number, list and address agree, and back to all", async ({ mapPage, page, request }) => {
    await mapPage.open();
    const all = await mapPage.agreed();
    await expect(mapPage.months).toContainText("Wszystkie miesiące");
    const asked: string[] = [];
    page.on("request", (sent) => asked.push(sent.url()));
    await mapPage.month.focus();
    for (let i = 0; i < 3; i++) {
      await page.keyboard.press("ArrowRight");
    }
    const answer = await request.get(`/api/v1/districts/${district}/stats`);
    const { months } = (await answer.json()) as components["schemas"]["Stats"];
    const third = months[2];
    await expect(page).toHaveURL(new RegExp(`\\?from=${third?.month}&to=${third?.month}$`));
    await expect(mapPage.heading).toHaveAttribute("data-total", String(third?.total));
    await expect(mapPage.month).toHaveAttribute("aria-valuetext", /^\S+ \d{4}: \d+ pinez(ka|ki|ek)$/);
    expect((await mapPage.said()).pins).toBe(third?.total);
    expect(number(await mapPage.months.locator(".months-text span").innerText())).toBe(third?.total);
    expect(await mapPage.agreed()).toBe(third?.total);
    expect(
      asked.some((url) => url.includes("/hexes/") && url.includes(`from=${third?.month}&to=${third?.month}`)),
    ).toBe(true);
    await expect(mapPage.chips).toHaveCount(2);
    await expect(mapPage.month).toBeFocused();

    await mapPage.months.getByRole("button", { name: "Pokaż wszystkie miesiące" }).click();
    await expect(page).toHaveURL(/\/d\/podgorze$/);
    await expect(mapPage.heading).toHaveAttribute("data-total", String(all));
    await expect(mapPage.month).toHaveAttribute("aria-valuetext", "Wszystkie miesiące");
    await expect(mapPage.month).toBeFocused();
    expect(await mapPage.agreed()).toBe(all);
  });

  test("played: in order, never blank, in the same colours; a pause chooses the month", async ({
    mapPage,
    page,
    request,
  }) => {
    await mapPage.open("?kind=need");
    await mapPage.agreed();
    const total = await mapPage.total();
    const answer = await request.get(`/api/v1/districts/${district}/stats?kind=need`);
    const { months } = (await answer.json()) as components["schemas"]["Stats"];
    await mapPage.watch();
    await mapPage.play().click();
    await expect(mapPage.play()).toHaveAccessibleName("Zatrzymaj");
    await expect(mapPage.month).toHaveValue("3");
    // Somebody else's pin comes in between: the list stays as it is, the months go on.
    const pin = { category: "greenery", title: "Klon na rogu", lon: 19.9493, lat: 50.0446 };
    expect((await request.post(`/api/v1/districts/${district}/pins`, { data: pin })).status()).toBe(201);
    await expect(mapPage.month).toHaveValue("6");
    expect(await mapPage.total(), "the list waits").toBe(total);
    await expect(page).toHaveURL(/\?kind=need$/);
    await page.keyboard.press("Enter");
    await expect(mapPage.play()).toHaveAccessibleName("Odtwórz miesiąc po miesiącu");
    const { text, pins } = await mapPage.said();
    await expect(mapPage.months.getByRole("status")).toHaveText(text);
    await expect(page).toHaveURL(/\?from=(\d{4}-\d{2})&kind=need&to=\1$/);
    await expect(mapPage.heading).toHaveAttribute("data-total", String(pins));

    const frames = await mapPage.watched();
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
    expect(await mapPage.agreed()).toBe(pins);
  });

  test("played to the end, it stops there; Escape stops it before", async ({ mapPage, page }) => {
    await mapPage.open();
    await mapPage.settled();
    await mapPage.month.focus();
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowLeft");
    await mapPage.play().click();
    await expect(mapPage.play()).toHaveAccessibleName("Odtwórz miesiąc po miesiącu");
    const last = await mapPage.month.getAttribute("max");
    await expect(mapPage.month).toHaveValue(last ?? "");
    await expect(page).toHaveURL(/from=(\d{4}-\d{2})&to=\1$/);
    expect(await mapPage.agreed()).toBe((await mapPage.said()).pins);
    await mapPage.play().click();
    await expect(mapPage.month).toHaveValue("2");
    await page.keyboard.press("Escape");
    await expect(mapPage.play()).toHaveAccessibleName("Odtwórz miesiąc po miesiącu");
    expect(await mapPage.agreed()).toBe((await mapPage.said()).pins);
  });

  test("chosen elsewhere, the slider follows and says what is so", async ({ mapPage, page }) => {
    await mapPage.open();
    await mapPage.settled();
    await page.locator(".facet summary", { hasText: "Miesiące" }).click();
    await page.getByLabel("Od miesiąca").selectOption({ index: 4 });
    await expect(mapPage.months).toContainText(/^od: \S+ \d{4}/);
    await page.getByLabel("Do miesiąca").selectOption({ index: 6 });
    await expect(mapPage.months).toContainText(/^\S+ \d{4} – \S+ \d{4}/);
    await page.getByLabel("Do miesiąca").selectOption({ index: 4 });
    await expect(mapPage.month).toHaveValue("4");
    await expect(mapPage.month).toHaveAttribute("aria-valuetext", /: \d+ pinez/);
    await page.keyboard.press("Escape");
    const before = await mapPage.said();
    await mapPage.kind("Potrzeby").check();
    await expect.poll(async () => (await mapPage.said()).pins).toBeLessThan(before.pins);
    expect(await mapPage.agreed()).toBe((await mapPage.said()).pins);
    await mapPage.page.locator(".chip-clear").click();
    await expect(mapPage.month).toHaveAttribute("aria-valuetext", "Wszystkie miesiące");
    await page.goBack();
    await expect(mapPage.month).toHaveValue("4");
  });

  test("without counts it shows the months all the same", async ({ mapPage, page }) => {
    await page.route(/\/stats/, (route) => route.abort());
    await mapPage.open();
    await mapPage.settled();
    await mapPage.month.focus();
    await page.keyboard.press("ArrowRight");
    await expect(page).toHaveURL(/from=(\d{4}-\d{2})&to=\1$/);
    await expect(mapPage.month).toHaveAttribute("aria-valuetext", /^\S+ \d{4}$/);
    await mapPage.agreed();
  });
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`on a small phone, ${colorScheme}`, () => {
    test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, colorScheme });

    test("the slider is at hand and covers nothing", async ({ mapPage, page }) => {
      await mapPage.open();
      await mapPage.settled();
      const button = await mapPage.play().boundingBox();
      expect(Math.min(button?.width ?? 0, button?.height ?? 0)).toBeGreaterThanOrEqual(44);
      await mapPage.play().tap();
      await expect(mapPage.month).toHaveValue("2");
      await mapPage.play().tap();
      await expect(page).toHaveURL(/from=/);
      await mapPage.legend.locator("summary").tap();
      const [months, legend, tools] = await Promise.all(
        [mapPage.months, mapPage.legend, page.locator(".map-tools")].map((l) => l.boundingBox()),
      );
      expect((legend?.y ?? 0) + (legend?.height ?? 0)).toBeLessThanOrEqual(months?.y ?? 0);
      expect((tools?.y ?? 0) + (tools?.height ?? 0)).toBeLessThanOrEqual(months?.y ?? 0);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      await expectAccessible(page);
    });
  });
}
