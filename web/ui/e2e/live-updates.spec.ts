import { district, expect, test } from "./fixtures";

test.describe("somebody else adds a pin", () => {
  test("an open map and its list show it without a reload", async ({ mapPage, page, request }) => {
    await mapPage.open();
    const before = await mapPage.consistentTotal();
    const response = await request.post(`/api/v1/districts/${district}/pins`, {
      data: { category: "greenery", title: "Drzewo sąsiadki", lon: 19.9493, lat: 50.0446 },
    });
    expect(response.status()).toBe(201);
    await expect(mapPage.pins.first()).toContainText("Drzewo sąsiadki");
    expect(await mapPage.consistentTotal()).toBe(before + 1);
    await expect(page.locator(".progress")).toBeHidden();
  });

  test("somebody who reads the list is offered the changes", async ({ mapPage, page, request }) => {
    await mapPage.open();
    await mapPage.waitUntilIdle();
    const read = mapPage.pins.nth(1).getByRole("link");
    await read.focus();
    const response = await request.post(`/api/v1/districts/${district}/pins`, {
      data: { category: "greenery", title: "Ławka sąsiada", lon: 19.9494, lat: 50.0447 },
    });
    expect(response.status()).toBe(201);
    const show = page.getByRole("button", { name: "Pokaż zmiany" });
    await expect(show).toBeVisible();
    await expect(read).toBeFocused();
    await show.click();
    await expect(mapPage.pins.first()).toContainText("Ławka sąsiada");
  });

  test("while pins are added continuously, they appear continuously", async ({ mapPage, request }) => {
    await mapPage.open();
    const before = await mapPage.consistentTotal();
    let writing = true;
    const added = (async () => {
      let n = 0;
      for (; writing; n++) {
        const response = await request.post(`/api/v1/districts/${district}/pins`, {
          headers: { "X-Forwarded-For": `2001:db8:${n}::` }, // One address may add 30 pins a minute.
          data: { category: "greenery", title: `Klon numer ${n}`, lon: 19.9495, lat: 50.0448 },
        });
        expect(response.status()).toBe(201);
        // The rate of the writer, not a wait for a state.
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
      return n;
    })();
    await expect(mapPage.pins.first())
      .toContainText("Klon numer")
      .finally(() => {
        writing = false;
      });
    const n = await added;
    await expect.poll(() => mapPage.total()).toBe(before + n);
    expect(await mapPage.consistentTotal()).toBe(before + n);
  });

  test("an open popup stays open", async ({ mapPage, request }) => {
    await mapPage.open();
    await mapPage.waitUntilIdle();
    const { x, y } = await mapPage.pointOn("hexes");
    await mapPage.page.mouse.click(x, y);
    await expect(mapPage.card).toBeVisible();
    const response = await request.post(`/api/v1/districts/${district}/pins`, {
      data: { category: "greenery", title: "Lipa za rogiem", lon: 19.9496, lat: 50.0449 },
    });
    expect(response.status()).toBe(201);
    await expect(mapPage.pins.first()).toContainText("Lipa za rogiem");
    await expect(mapPage.card).toBeVisible();
  });

  test("a map whose stream is refused reconnects by itself", async ({ mapPage, page, request }) => {
    let refusals = 0;
    await page.route("**/changes?*", async (route) => {
      if (refusals++ < 2) {
        await route.fulfill({ status: 503, contentType: "application/problem+json", body: "{}" });
      } else {
        await route.continue();
      }
    });
    await mapPage.open();
    await mapPage.consistentTotal();
    const response = await request.post(`/api/v1/districts/${district}/pins`, {
      data: { category: "greenery", title: "Jesion przy torach", lon: 19.9497, lat: 50.045 },
    });
    expect(response.status()).toBe(201);
    await expect(mapPage.pins.first()).toContainText("Jesion przy torach");
    expect(refusals).toBeGreaterThan(2);
  });

  test("a map that stays open while the server restarts shows what was added meanwhile", async ({
    mapPage,
    request,
    server,
  }) => {
    await mapPage.open();
    const before = await mapPage.consistentTotal();
    await server.restart();
    const response = await request.post(`/api/v1/districts/${district}/pins`, {
      data: { category: "greenery", title: "Dąb po przerwie", lon: 19.9498, lat: 50.0451 },
    });
    expect(response.status()).toBe(201);
    await expect(mapPage.pins.first()).toContainText("Dąb po przerwie");
    await expect.poll(() => mapPage.total()).toBe(before + 1);
    expect(await mapPage.consistentTotal()).toBe(before + 1);
  });
});
