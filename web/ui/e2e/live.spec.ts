import { district, expect, test } from "./story";

const patience = 2000; // ms until one person's pin is on another's screen

test.describe("somebody else adds a pin", () => {
  test("an open map and its list show it by themselves", async ({ mapPage, page, request }) => {
    await mapPage.open();
    const before = await mapPage.agreed();
    const answer = await request.post(`/api/v1/districts/${district}/pins`, {
      data: { category: "greenery", title: "Drzewo sąsiadki", lon: 19.9493, lat: 50.0446 },
    });
    expect(answer.status()).toBe(201);
    await expect(mapPage.pins.first()).toContainText("Drzewo sąsiadki", { timeout: patience });
    expect(await mapPage.agreed()).toBe(before + 1);
    await expect(page.locator(".progress")).toBeHidden();
  });

  test("who is reading the list is asked, not disturbed", async ({ mapPage, page, request }) => {
    await mapPage.open();
    await mapPage.settled();
    const read = mapPage.pins.nth(1).getByRole("link");
    await read.focus();
    const answer = await request.post(`/api/v1/districts/${district}/pins`, {
      data: { category: "greenery", title: "Ławka sąsiada", lon: 19.9494, lat: 50.0447 },
    });
    expect(answer.status()).toBe(201);
    const show = page.getByRole("button", { name: "Pokaż zmiany" });
    await expect(show).toBeVisible({ timeout: patience });
    await expect(read).toBeFocused();
    await show.click();
    await expect(mapPage.pins.first()).toContainText("Ławka sąsiada");
  });
});
