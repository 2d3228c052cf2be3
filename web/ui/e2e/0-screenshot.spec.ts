// The picture of the README, taken first, before other stories add pins.

import { fileURLToPath } from "node:url";
import { expect, test } from "./story";

test("docs/screenshot.png", async ({ mapPage, page }) => {
  await mapPage.open();
  await mapPage.settled();
  await expect(mapPage.legend).toContainText("Pinezki w sześciokącie");
  await expect(page.locator(".area-name").first()).toBeVisible();
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: fileURLToPath(new URL("../../../docs/screenshot.png", import.meta.url)) });
});
