// Being told: somebody follows an area, is told of a new pin there, and ends it; a pin is
// supported, and reported.

import { expect, expectAccessible, test } from "./fixtures";
import { allNews, hurryNews, mailed, outbox } from "./operator";

const place = { category: "greenery", lon: 19.9493, lat: 50.0446 };

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("somebody follows an area, hears of a new pin there, and ends it by one press", async ({
    page,
    request,
    server,
  }) => {
    const pin = async (title: string): Promise<{ id: number; area: string }> => {
      const response = await request.post("/api/v1/districts/podgorze/pins", { data: { ...place, title } });
      expect(response.status()).toBe(201);
      const { id } = (await response.json()) as { id: number };
      const { properties } = (await (await request.get(`/api/v1/districts/podgorze/pins/${id}`)).json()) as {
        properties: { area: string };
      };
      return { id, area: properties.area };
    };
    const { area } = await pin("Zanim ktoś obserwuje");

    await page.goto(`/d/podgorze?area=${area}`);
    await page.locator(".take-away").getByRole("link", { name: "E-mail" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dostawaj wiadomości e-mailem");
    await expectAccessible(page);
    await page.getByLabel("Twój adres e-mail").fill("zofia@example.org");
    await page.getByRole("radio", { name: "Od razu" }).check();
    await page.getByRole("button", { name: "Obserwuj", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sprawdź pocztę");
    await expectAccessible(page);

    await pin("Zanim adres jest potwierdzony");
    await page.goto(await mailed(server, "zofia@example.org", /(\/d\/podgorze\/confirm\/[\w-]+)/));
    await expectAccessible(page);
    await page.getByRole("button", { name: "Tak, to mój adres" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dziękujemy, adres jest potwierdzony");
    await expect(page.getByRole("main")).toContainText("Obserwujesz teraz:");
    await expectAccessible(page);

    const { id } = await pin("Nowa lipa na rynku");
    hurryNews(server);
    const end = await mailed(
      server,
      "zofia@example.org",
      /Nowa lipa na rynku[\s\S]*?(\/d\/podgorze\/unsubscribe\/[\w-]+)/,
    );
    const news = async () =>
      (await outbox(server)).filter(({ to, kind }) => to === "zofia@example.org" && kind === "published");
    expect(await news()).toHaveLength(1);
    expect((await news())[0]?.text).toContain(`/d/podgorze/pins/${id}`);

    await page.goto(end);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nie chcesz już tych e-maili?");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Nie wysyłajcie tych e-maili" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Gotowe: nie wyślemy już tych e-maili");
    await expectAccessible(page);
    await pin("Po końcu obserwowania");
    await allNews(server);
    expect(await news()).toHaveLength(1);
  });

  test("somebody supports a pin, and takes it back", async ({ page, pinPage }) => {
    await pinPage.open(1);
    const support = page.getByRole("region", { name: "Też tak uważasz?" });
    const give = support.getByRole("button", { name: /^(Mnie też to dotyczy|Dla mnie to też ważne)$/ });
    await give.click();
    await expect(support.getByRole("status")).toContainText("Ty też tak uważasz.");
    await expectAccessible(page);
    await support.getByRole("button", { name: "Cofnij" }).click();
    await expect(give).toBeVisible();
    await expectAccessible(page);
  });
});

test.describe("in the list", () => {
  const give = /^(Mnie też to dotyczy|Dla mnie to też ważne): /;

  test("somebody supports a pin in the list and takes it back in its popup", async ({ page, mapPage }) => {
    await mapPage.open();
    const pin = mapPage.pins.first();
    await pin.getByRole("button", { name: give }).click();
    await expect(pin.getByRole("status")).toContainText("Ty też tak uważasz.");
    await expect(pin.getByRole("button", { name: /^Cofnij: / })).toBeFocused();
    expect(new URL(page.url()).pathname).toBe("/d/podgorze");
    const count = /Razem \d+ gł/;
    const inList = count.exec(await pin.getByRole("status").innerText())?.[0];
    expect(inList).toBeDefined();
    await expectAccessible(page);

    await pin.getByRole("button", { name: /^Pokaż na mapie/ }).click();
    const selected = mapPage.card.locator("[aria-current]");
    await expect(selected.getByRole("status")).toContainText("Ty też tak uważasz.");
    expect(count.exec(await selected.getByRole("status").innerText())?.[0]).toBe(inList);
    await expectAccessible(page);
    await selected.getByRole("button", { name: /^Cofnij: / }).click();
    await expect(selected.getByRole("button", { name: give })).toBeFocused();
    await expect(selected.getByRole("status")).not.toContainText("Ty też");
    await page.reload();
    await expect(pin.getByRole("button", { name: give })).toBeVisible();
  });

  test.describe("without a script", () => {
    test.use({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });

    test("somebody supports a pin and is back in the list", async ({ page }) => {
      await page.goto("/d/podgorze?kind=need");
      const pin = page.locator(".pins .pin").nth(2);
      const id = await pin.getAttribute("data-id");
      await pin.getByRole("button", { name: give }).click();
      await expect(page).toHaveURL(`/d/podgorze?kind=need#pin-${id}`);
      await expect(pin.getByRole("status")).toContainText("Ty też tak uważasz.");
      await pin.getByRole("button", { name: /^Cofnij: / }).click();
      await expect(pin.getByRole("button", { name: give })).toBeVisible();
    });
  });
});

test("somebody reports a text without a mouse", async ({ page, pinPage }) => {
  await pinPage.open(1);
  await page.getByRole("link", { name: "Zgłoś to" }).press("Enter");
  await expectAccessible(page);
  await page.getByRole("radio", { name: "To reklama lub spam" }).press("Space");
  await page.getByLabel("Wyjaśnij").fill("To reklama sklepu.");
  await page.getByRole("button", { name: "Wyślij zgłoszenie" }).press("Enter");
  await expect(page.getByRole("status")).toContainText("Ktoś to przeczyta i zdecyduje");
  await expectAccessible(page);
});
