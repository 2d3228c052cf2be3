// The screenshot in the README. This file runs first, before other tests add pins.

import { fileURLToPath } from "node:url";
import { launchOptions } from "../playwright.config";
import { expect, test } from "./fixtures";

// Without the graphics card, Chromium leaves out a part of the map from some pictures.
test.use({
  launchOptions: { ...launchOptions, args: launchOptions.args.filter((a) => !a.startsWith("--disable-gpu")) },
});

test("docs/screenshot.png", async ({ mapPage, page }) => {
  await mapPage.open();
  await mapPage.waitUntilIdle();
  await expect(mapPage.legend).toContainText("Liczba pinezek w sześciokącie");
  await expect(page.locator(".area-name").first()).toBeVisible();
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: fileURLToPath(new URL("../../../docs/screenshot.png", import.meta.url)) });
});
