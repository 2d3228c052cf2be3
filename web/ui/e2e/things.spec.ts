// Things other than pins on the map: they follow changes, have a switch in the legend, a popup, and a place in the list.

import type { Locator, Page } from "@playwright/test";
import { SignInPage } from "./drivers/sign-in-page";
import { district, expect, expectAccessible, test } from "./fixtures";
import { inviteModerator } from "./operator";
import type { Server } from "./server";

const api = `/api/v1/districts/${district}`;
const path = `${api}/offices`;
const office = {
  name: { pl: "Dyżur radnej Anny Nowak" },
  purpose: { pl: "Sprawy mieszkańców Starego Podgórza" },
  hours: { pl: "poniedziałek 16–18" },
  address: { pl: "Rynek Podgórski 1" },
  lon: 19.9525,
  lat: 50.0428,
};

/** The address of the map where the marker of the office is apart from those of the demonstration and of other stories. */
const closeBy = `#map=18/${office.lat}/${office.lon}`;

/** Returns the markers of offices. */
function officeMarkers(page: Page): Locator {
  return page.locator('.thing-marker[title^="Dyżur lub punkt kontaktowy: "]');
}

/** Signs a moderator in, hides the offices of the demonstration and of other stories, and returns what writes offices with the cookies of the page. */
async function signInModerator(page: Page, server: Server, address: string): Promise<Page["request"]> {
  inviteModerator(server, "Ola", address);
  const signIn = new SignInPage(page, server);
  await signIn.ask(address);
  await signIn.typeCode(address);
  const others = (await (await page.request.get(path)).json()) as {
    features: { id: number; properties: { version: number } }[];
  };
  for (const { id, properties } of others.features) {
    const hidden = await page.request.post(`${api}/things/${id}/actions`, {
      data: { action: "hide", reason: "Z innej historii" },
      headers: { Origin: server.url, "If-Match": String(properties.version) },
    });
    expect(hidden.status(), await hidden.text()).toBe(200);
  }
  return page.request;
}

test("an office appears on an open map, changes, and disappears without a reload", async ({
  browser,
  server,
  mapPage,
  page,
}) => {
  const staff = await browser.newContext({ baseURL: server.url, locale: "pl-PL" });
  const request = await signInModerator(await staff.newPage(), server, "things1@example.org");
  const headers = { Origin: server.url };
  await mapPage.open(closeBy);
  await mapPage.waitUntilIdle();
  const marker = officeMarkers(page);
  const list = page.getByRole("region", { name: "Dyżury i punkty kontaktowe" });
  await expect(marker).toHaveCount(0);

  const added = await request.post(path, { data: office, headers });
  expect(added.status(), await added.text()).toBe(201);
  const { id } = (await added.json()) as { id: number };
  await expect(marker).toHaveCount(1);
  await expect(marker).toHaveAccessibleName("Dyżur lub punkt kontaktowy: Dyżur radnej Anny Nowak");
  await expect(list.getByRole("link", { name: "Dyżur radnej Anny Nowak" })).toBeVisible();
  await expect(list).toContainText("poniedziałek 16–18");

  await marker.focus();
  await page.keyboard.press("Enter");
  await expect(mapPage.card).toContainText("poniedziałek 16–18");
  await expect(mapPage.card).toContainText("Rynek Podgórski 1");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(mapPage.card).toHaveCount(0);
  await expect(marker).toBeFocused();

  const moved = { ...office, name: { pl: "Dyżur radnej Nowak" }, hours: { pl: "środa 17–19" } };
  const changed = await request.put(`${path}/${id}`, { data: moved, headers: { ...headers, "If-Match": '"1"' } });
  expect(changed.status(), await changed.text()).toBe(200);
  await expect(marker).toHaveAccessibleName("Dyżur lub punkt kontaktowy: Dyżur radnej Nowak");
  await expect(marker).toBeFocused();

  await list.getByRole("button", { name: "Pokaż na mapie: Dyżur radnej Nowak" }).click();
  await expect(mapPage.card).toContainText("środa 17–19");
  await mapPage.card.getByRole("link", { name: /Otwórz stronę/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dyżur radnej Nowak");
  await expectAccessible(page);
  await page.goBack();
  await expect(marker).toHaveCount(1);

  const hidden = await request.post(`${api}/things/${id}/actions`, {
    data: { action: "hide", reason: "Dyżur się skończył" },
    headers: { ...headers, "If-Match": '"2"' },
  });
  expect(hidden.status(), await hidden.text()).toBe(200);
  await expect(marker).toHaveCount(0);
  await expect(list.getByRole("listitem")).toHaveCount(0);
  await staff.close();
});

test("offices are switched off and on in the legend and in the list, and the address keeps it", async ({
  browser,
  server,
  mapPage,
  page,
}) => {
  const staff = await browser.newContext({ baseURL: server.url, locale: "pl-PL" });
  const request = await signInModerator(await staff.newPage(), server, "things2@example.org");
  const added = await request.post(path, { data: office, headers: { Origin: server.url } });
  expect(added.status()).toBe(201);
  await staff.close();

  await mapPage.open(`?kind=need${closeBy}`);
  await mapPage.waitUntilIdle();
  const marker = officeMarkers(page);
  const box = mapPage.legend.getByRole("checkbox", { name: "Dyżury i punkty kontaktowe" });
  await expect(box).toBeChecked();
  await mapPage.moveBelowLegend(marker);
  await expect(marker, "a marker of which the legend covers a part").toBeHidden();
  await mapPage.legend.locator("summary").first().click();
  await expect(marker).toBeVisible();
  await mapPage.legend.locator("summary").first().click();
  await box.focus();
  await page.keyboard.press("Space");
  await expect(page).toHaveURL(/\?hide=offices&kind=need/);
  await expect(marker).toHaveCount(0);
  await expect(box).toBeFocused();
  const list = page.getByRole("region", { name: "Dyżury i punkty kontaktowe" });
  await expect(list).toContainText("Ukryte na mapie i na tej liście.");
  await expect(list.getByRole("listitem")).toHaveCount(0);
  await expectAccessible(page);

  await page.reload();
  await mapPage.waitUntilIdle();
  await expect(box).not.toBeChecked();
  await expect(marker).toHaveCount(0);
  await list.getByRole("link", { name: "Pokaż" }).click();
  await expect(marker).toHaveCount(1);
  await expect(box).toBeChecked();
  await expect(page).toHaveURL(/\?kind=need/);
  await page.goBack();
  await expect(marker).toHaveCount(0);
  await expect(box).not.toBeChecked();
});

test("on a phone, an office is found in the list and its popup fits", async ({ browser, server, mapPage, page }) => {
  const staff = await browser.newContext({ baseURL: server.url, locale: "pl-PL" });
  const request = await signInModerator(await staff.newPage(), server, "things3@example.org");
  expect((await request.post(path, { data: office, headers: { Origin: server.url } })).status()).toBe(201);
  await staff.close();
  await page.setViewportSize({ width: 390, height: 844 });
  await mapPage.open(closeBy);
  await mapPage.waitUntilIdle();
  await page.getByRole("button", { name: "Pokaż na mapie: Dyżur radnej Anny Nowak" }).click();
  await expect(mapPage.card).toBeInViewport();
  await expectAccessible(page);
});
