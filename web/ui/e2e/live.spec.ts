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

  test("while pins keep coming, they keep being shown", async ({ mapPage, request }) => {
    await mapPage.open();
    const before = await mapPage.agreed();
    let writing = true;
    const added = (async () => {
      let n = 0;
      for (const until = Date.now() + 15_000; writing && n < 25 && Date.now() < until; n++) {
        const answer = await request.post(`/api/v1/districts/${district}/pins`, {
          data: { category: "greenery", title: `Klon numer ${n}`, lon: 19.9495, lat: 50.0448 },
        });
        expect(answer.status()).toBe(201);
        await new Promise((resolve) => setTimeout(resolve, 250)); // as people come: not a wait for something
      }
      return n;
    })();
    await expect(mapPage.pins.first()).toContainText("Klon numer", { timeout: 2 * patience });
    writing = false;
    const n = await added;
    expect(n, "the first one shows while others are still being added").toBeLessThan(25);
    await expect.poll(() => mapPage.total()).toBe(before + n);
    expect(await mapPage.agreed()).toBe(before + n);
  });

  test("a card that somebody reads stays open", async ({ mapPage, request }) => {
    await mapPage.open();
    await mapPage.settled();
    const { x, y } = await mapPage.spot("hexes");
    await mapPage.page.mouse.click(x, y);
    await expect(mapPage.card).toBeVisible();
    const answer = await request.post(`/api/v1/districts/${district}/pins`, {
      data: { category: "greenery", title: "Lipa za rogiem", lon: 19.9496, lat: 50.0449 },
    });
    expect(answer.status()).toBe(201);
    await expect(mapPage.pins.first()).toContainText("Lipa za rogiem", { timeout: patience });
    await expect(mapPage.card).toBeVisible();
  });

  test("a map whose stream is refused comes back by itself", async ({ mapPage, page, request }) => {
    let refusals = 0;
    await page.route("**/changes?*", async (route) => {
      if (refusals++ < 2) {
        await route.fulfill({ status: 503, contentType: "application/problem+json", body: "{}" });
      } else {
        await route.continue();
      }
    });
    await mapPage.open();
    await mapPage.agreed();
    const answer = await request.post(`/api/v1/districts/${district}/pins`, {
      data: { category: "greenery", title: "Jesion przy torach", lon: 19.9497, lat: 50.045 },
    });
    expect(answer.status()).toBe(201);
    await expect(mapPage.pins.first()).toContainText("Jesion przy torach", { timeout: 15_000 });
    expect(refusals).toBeGreaterThan(2);
  });

  test("a map that was open while the server started anew shows what came meanwhile", async ({
    mapPage,
    request,
    server,
  }) => {
    await mapPage.open();
    const before = await mapPage.agreed();
    await server.restart();
    const answer = await request.post(`/api/v1/districts/${district}/pins`, {
      data: { category: "greenery", title: "Dąb po przerwie", lon: 19.9498, lat: 50.0451 },
    });
    expect(answer.status()).toBe(201);
    await expect(mapPage.pins.first()).toContainText("Dąb po przerwie", { timeout: 15_000 });
    await expect.poll(() => mapPage.total()).toBe(before + 1);
    expect(await mapPage.agreed()).toBe(before + 1);
  });
});
