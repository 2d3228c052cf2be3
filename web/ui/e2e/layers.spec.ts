// The layers of initiatives, offers and recommendations: their numbers agree, what would overlap is one marker, and
// they follow changes. An organisation is on the map as its pin, which leads to its profile.

import type { APIRequestContext, Browser } from "@playwright/test";
import { SignInPage } from "./drivers/sign-in-page";
import { district, expect, expectAccessible, test } from "./fixtures";
import { execute, inviteModerator } from "./operator";
import type { Server } from "./server";

const api = `/api/v1/districts/${district}`;
const hall: [lon: number, lat: number] = [19.95731, 50.04389]; // where two offers are
const square = { lon: 19.96211, lat: 50.04011 }; // around which three initiatives are, some metres apart

/** Signs a moderator in, and returns what makes requests with the session. */
async function signIn(browser: Browser, server: Server, address: string): Promise<APIRequestContext> {
  inviteModerator(server, "Ola", address);
  const context = await browser.newContext({ baseURL: server.url, locale: "pl-PL" });
  const driver = new SignInPage(await context.newPage(), server);
  await driver.ask(address);
  await driver.typeCode(address);
  return context.request;
}

/** Adds a thing that is public at once, and returns its number. */
async function add(request: APIRequestContext, server: Server, plural: string, says: object): Promise<number> {
  const response = await request.post(`${api}/${plural}`, { data: says, headers: { Origin: server.url } });
  expect(response.status(), await response.text()).toBe(201);
  return ((await response.json()) as { id: number }).id;
}

/** Adds two offers at one place, three initiatives near each other, and one without a place. */
async function addLayers(request: APIRequestContext, server: Server, prefix: string): Promise<void> {
  const [lon, lat] = hall;
  for (const name of ["Sala na piętrze", "Rzutnik"]) {
    await add(request, server, "offers", { name: { pl: `${prefix} ${name}` }, what: "room", lon, lat });
  }
  for (const [i, name] of ["Sadzenie", "Podlewanie", "Ławki"].entries()) {
    const place = { lon: square.lon + i * 0.0004, lat: square.lat };
    await add(request, server, "initiatives", {
      name: { pl: `${prefix} ${name}` },
      summary: { pl: "Razem" },
      ...place,
    });
  }
  await add(request, server, "initiatives", { name: { pl: `${prefix} Bez miejsca` }, summary: { pl: "Wszędzie" } });
}

test("layers have the same numbers in the legend, the list, the tiles and the register, and follow changes", async ({
  browser,
  server,
  mapPage,
  page,
}) => {
  const request = await signIn(browser, server, "layers1@example.org");
  await addLayers(request, server, "Pierwsze");
  await mapPage.open();
  await mapPage.waitUntilIdle();
  const initiatives = page.getByRole("region", { name: /^Inicjatywy(?! absolwent)/ });
  await expect.poll(() => mapPage.layerNumber("Inicjatywy")).toBeGreaterThan(2);
  const n = await mapPage.layerNumber("Inicjatywy");
  await expect(initiatives).toContainText(`Na mapie: ${n}`);
  await expect(initiatives.getByRole("listitem")).toHaveCount(Math.min(n, 20));
  await expect.poll(() => mapPage.thingsInTiles("initiative")).toBe(n);
  await expect(initiatives).not.toContainText("Bez miejsca");
  await expectAccessible(page);

  const id = await add(request, server, "recommendations", {
    name: { pl: "Zieleń przy Kalwaryjskiej" },
    addressee: { pl: "Zarząd Zieleni" },
    paragraphs: [{ text: { pl: "Posadzić lipy." } }],
    lon: 19.9411,
    lat: 50.0371,
  });
  const marker = page.getByRole("button", { name: "Rekomendacja: Zieleń przy Kalwaryjskiej" });
  await mapPage.jumpTo(19.9411, 50.0371, 17);
  await expect(marker).toBeVisible();
  await expect.poll(() => mapPage.layerNumber("Rekomendacje")).toBeGreaterThan(0);
  const hidden = await request.post(`${api}/things/${id}/actions`, {
    data: { action: "hide", reason: "Jeszcze nieprzyjęta" },
    headers: { Origin: server.url, "If-Match": '"1"' },
  });
  expect(hidden.status(), await hidden.text()).toBe(200);
  await expect(marker).toHaveCount(0);

  await initiatives.getByRole("link", { name: "Inicjatywy", exact: true }).click();
  await expect(page).toHaveURL(/\/initiatives\?on_map=yes/);
  await expect(page.locator(".things > li")).toHaveCount(n);
  await expect(page.locator(".things")).not.toContainText("Bez miejsca");
  await expectAccessible(page);
});

test("by keyboard: a marker of several zooms in until they are apart, and one of several at a place lists them", async ({
  browser,
  server,
  mapPage,
  page,
}) => {
  const request = await signIn(browser, server, "layers2@example.org");
  await addLayers(request, server, "Drugie");
  await mapPage.open();
  await mapPage.waitUntilIdle();
  await mapPage.jumpTo(square.lon, square.lat, 13);
  const several = page.getByRole("button", { name: /w tym miejscu:.*Inicjatywy: \d/ });
  await several.first().focus();
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await mapPage.camera()).zoom).toBeGreaterThan(14.9);
  await mapPage.jumpTo(square.lon, square.lat, 19);
  const own = page.getByRole("button", { name: "Inicjatywa: Drugie Sadzenie" });
  await expect(own.or(page.getByRole("button", { name: /Inicjatywy: \d/ })).first()).toBeVisible();

  await mapPage.jumpTo(...hall, 17);
  const offers = page.getByRole("button", { name: /\d w tym miejscu: Co jest do wykorzystania: \d/ });
  await offers.focus();
  await page.keyboard.press("Enter");
  await expect(mapPage.card).toContainText("W tym miejscu:");
  await expect(mapPage.card.getByRole("link", { name: "Drugie Rzutnik" })).toBeVisible();
  await expect(mapPage.card.getByRole("link", { name: "Drugie Sala na piętrze" })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(offers).toBeFocused();

  await mapPage.legend.getByRole("checkbox", { name: "Co jest do wykorzystania" }).uncheck();
  await expect(page).toHaveURL(/\?hide=offers/);
  await expect(offers).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Co jest do wykorzystania" })).toContainText("Ukryte na mapie");
});

test("on a phone, a marker of several is large enough to tap, and its list fits", async ({
  browser,
  server,
  mapPage,
  page,
}) => {
  const request = await signIn(browser, server, "layers3@example.org");
  await addLayers(request, server, "Trzecie");
  await page.setViewportSize({ width: 390, height: 844 });
  await mapPage.open();
  await mapPage.waitUntilIdle();
  await mapPage.jumpTo(...hall, 17);
  const offers = page.getByRole("button", { name: /\d w tym miejscu: Co jest do wykorzystania/ });
  const box = await offers.boundingBox();
  await page.mouse.click((box?.x ?? 0) - 4, (box?.y ?? 0) + 4); // beside the square, but within 44 pixels
  await expect(mapPage.card).toBeInViewport();
  await expect(mapPage.card.getByRole("link", { name: "Trzecie Rzutnik" })).toBeVisible();
  await expectAccessible(page);
});

test("the pin of an organisation leads to its profile", async ({ browser, server, mapPage, page }) => {
  const request = await signIn(browser, server, "layers4@example.org");
  const [pin = ""] = execute(
    server,
    `select pin_id from pins where kind = 'organisation' and publication = 'published' and visibility = 'point'
       and not exists (select from links where to_id = pin_id and relation = 'profile_of') order by pin_id limit 1`,
  ).split("\n");
  const id = await add(request, server, "organisations", {
    name: { pl: "Klub sąsiedzki" },
    about: { pl: "Spotykamy się" },
    pin: [Number(pin)],
  });
  await mapPage.page.goto(`/d/${district}#pin=${pin}`);
  const link = mapPage.card.locator("[aria-current]").getByRole("link", { name: "Zobacz profil organizacji" });
  await link.click();
  await expect(page).toHaveURL(`/d/${district}/organisations/${id}`);
  await page.goto(`/d/${district}/pins/${pin}`);
  await page.getByRole("link", { name: "Zobacz profil organizacji" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Klub sąsiedzki");
});
