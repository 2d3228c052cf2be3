// Accessibility: axe on every page in light and dark, small screens, the keyboard, and languages.

import type { Page } from "@playwright/test";
import type { MapElement } from "../src/elements/map-element";
import type { MapConfig } from "../src/map/config";
import type { MapPage } from "./drivers/map-page";
import { expect, expectAccessible, expectAccessibleInDark, test } from "./fixtures";

const pages = {
  map: "/d/podgorze",
  "map with filters": "/d/podgorze?kind=need&status=in_action&area=zablocie",
  "empty list": "/d/podgorze?q=brakujacesłowo",
  "sensitive pins alone": "/d/podgorze?category=loneliness",
  pin: "/d/podgorze/pins/1",
  "follow an area": "/d/podgorze/follow?area=zablocie",
  "follow a pin": "/d/podgorze/follow?thing=1",
  print: "/d/podgorze/print?kind=organisation",
  coverage: "/d/podgorze/coverage?lang=en",
  council: "/d/podgorze/council",
  "a text about the council": "/d/podgorze/council/what-it-may-do",
  "a ward": "/d/podgorze/wards/okreg-1",
  represents: "/d/podgorze/represents",
  "represents a place": "/d/podgorze/represents?lon=19.95&lat=50.044",
  "represents a place outside": "/d/podgorze/represents?lon=19.95&lat=50.2",
  "add 1": "/d/podgorze/add",
  "add, thanks": "/d/podgorze/add?added=yes",
  error: "/d/nowhere",
  "error of a filter": "/d/podgorze?kind=dragon",
};

const place = { lon: "19.9493", lat: "50.0446" };

/** The steps of the form, each with the step that is sent and what it contains. */
const steps: Record<string, [number, Record<string, string>]> = {
  "1 with an error": [2, { lon: "1", lat: "x" }],
  "1 with places": [2, { do: "search", place: "rynek" }],
  "2": [2, place],
  "2 with an error": [3, place],
  "3": [3, { ...place, category: "greenery" }],
  "3, sensitive": [3, { ...place, category: "loneliness" }],
  "3 with errors": [4, { ...place, category: "greenery", email: "x" }],
};

test.describe("axe finds no violations, in light and in dark colours", () => {
  async function expectAccessibleInBoth(page: Page, mapPage: MapPage): Promise<void> {
    const hasMap = (await mapPage.map.count()) > 0;
    if (hasMap) {
      await mapPage.waitUntilIdle();
    }
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: "dark" });
    if (hasMap) {
      await mapPage.waitUntilIdle();
    }
    await expectAccessibleInDark(page);
  }

  for (const [name, url] of Object.entries(pages)) {
    test(name, async ({ page, mapPage }) => {
      await page.goto(url);
      await expectAccessibleInBoth(page, mapPage);
    });
  }

  for (const [name, [step, fields]] of Object.entries(steps)) {
    test(`add ${name}`, async ({ addPinPage, page, mapPage }) => {
      await addPinPage.openStep(step, fields);
      await expectAccessibleInBoth(page, mapPage);
    });
  }
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`a map that is opened in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test("has accessible menus and popups", async ({ page, mapPage }) => {
      await mapPage.open();
      await mapPage.waitUntilIdle();
      await mapPage.click("hexes");
      await page.locator(".facet summary").first().click();
      await expectAccessible(page);
    });
  });
}

test.describe("a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  for (const url of Object.values(pages)) {
    test(`the page does not scroll sideways: ${url}`, async ({ page }) => {
      await page.goto(url);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    });
  }

  for (const [name, [step, fields]] of Object.entries(steps)) {
    test(`the form does not scroll sideways: ${name}`, async ({ addPinPage, page }) => {
      await addPinPage.openStep(step, fields);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    });
  }

  test("the district is beside the buttons of the map", async ({ mapPage, page }) => {
    await mapPage.open();
    await mapPage.waitUntilIdle();
    const east = await mapPage.map.evaluate((element) => {
      const { map } = element as MapElement;
      const { bounds } = JSON.parse(element.dataset.config ?? "{}") as MapConfig;
      return map?.project([bounds[2], bounds[3]]).x ?? Number.POSITIVE_INFINITY;
    });
    const tools = await page.locator(".map-tools").boundingBox();
    expect(east).toBeLessThan(tools?.x ?? 0);
  });

  test("the map is above the list", async ({ page, mapPage }) => {
    await mapPage.open();
    await mapPage.waitUntilIdle();
    const map = await mapPage.map.boundingBox();
    const list = await mapPage.heading.boundingBox();
    expect(map?.height).toBeGreaterThan(350);
    expect(map?.height).toBeLessThan(560);
    expect(list?.y).toBeGreaterThan((map?.y ?? 0) + (map?.height ?? 0));
    await mapPage.legend.locator(":scope > summary").click();
    await expect(mapPage.legend).toContainText("Liczba pinezek w sześciokącie");
    await expectAccessible(page);
  });
});

test.describe("the keyboard", () => {
  test("skips to the list, visits the filters in order, and the focus is always visible", async ({ page, mapPage }) => {
    await mapPage.open();
    await mapPage.waitUntilIdle();
    const names: string[] = [];
    while (names.length < 80 && !names.at(-1)?.includes("Miesiące")) {
      await page.keyboard.press("Tab");
      const focus = await page.evaluate(() => {
        const e = document.activeElement as HTMLElement;
        const candidates = [e, ...(e.closest("label") ? [e.closest("label") as HTMLElement] : [])];
        return {
          name: (e.getAttribute("aria-label") ?? e.closest("label")?.textContent ?? e.textContent ?? "")
            .replace(/\s+/g, " ")
            .trim(),
          visible: candidates.some(
            (r) =>
              getComputedStyle(r).outlineStyle !== "none" && Number.parseFloat(getComputedStyle(r).outlineWidth) >= 2,
          ),
        };
      });
      expect(focus.visible, `focus on "${focus.name}" is visible`).toBe(true);
      names.push(focus.name);
    }
    const order = [
      "Przejdź do listy",
      "Pinezka",
      "Polski",
      "Mapa pinezek",
      "Przybliż",
      "Legenda",
      "Dodaj pinezkę",
      "Potrzeby",
      "Kategoria",
      "Stan",
      "Okolica",
      "Miesiące",
    ];
    const found = order.map((name) => names.findIndex((n) => n.includes(name)));
    expect(
      found.every((at) => at >= 0),
      `${order} in ${names}`,
    ).toBe(true);
    expect(found).toEqual([...found].sort((a, b) => a - b));

    await page.reload();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await expect(page.locator("#results")).toBeFocused();
  });
});

test.describe("languages", () => {
  test("Polish is the default, and a chosen language is kept", async ({ page, mapPage }) => {
    await mapPage.open("?kind=need");
    await expect(page.locator("html")).toHaveAttribute("lang", "pl");
    await page.getByRole("link", { name: "Українська" }).click();
    await expect(page.locator("html")).toHaveAttribute("lang", "uk");
    await expect(page).toHaveURL(/kind=need/);
    await expect(mapPage.heading).toHaveText(/познач/);
    await expect(mapPage.kind("Потреби")).toBeChecked();
    await mapPage.waitUntilIdle();
    await expect(mapPage.legend).toContainText("Кількість позначок у шестикутнику");
    await page.goto("/d/podgorze/add");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Додати позначку");
    await page.getByRole("link", { name: "English" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Add a pin");
  });

  test.describe("a browser that prefers English", () => {
    test.use({ locale: "en-GB" });
    test("gets English", async ({ page, mapPage }) => {
      await mapPage.open();
      await expect(page.locator("html")).toHaveAttribute("lang", "en");
      await expect(mapPage.heading).toHaveText(/^\d,?\d+ pins$/);
    });
  });

  test.describe("a browser that prefers an unsupported language", () => {
    test.use({ locale: "fi-FI" });
    test("gets Polish", async ({ page, mapPage }) => {
      await mapPage.open();
      await expect(page.locator("html")).toHaveAttribute("lang", "pl");
    });
  });
});
