// A phone on a slow connection: 1.6 Mb/s, 150 ms, and a processor that is slowed four times.

import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "./fixtures";

const mostBytes = 650_000;

test("the page with its map takes little, and its figures are reported", async ({ mapPage, page }) => {
  const devtools = await page.context().newCDPSession(page);
  let bytes = 0;
  devtools.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 150,
    downloadThroughput: 1_600_000 / 8,
    uploadThroughput: 750_000 / 8,
  });
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.addInitScript(() => {
    void customElements.whenDefined("pinezka-filters").then(() => performance.mark("usable"));
  });
  await mapPage.open();
  const seconds = (): Promise<string> => page.evaluate(() => (performance.now() / 1000).toFixed(1));
  await page.evaluate(() => customElements.whenDefined("pinezka-filters").then(() => undefined));
  const usable = await page.evaluate(() =>
    ((performance.getEntriesByName("usable")[0]?.startTime ?? Number.NaN) / 1000).toFixed(1),
  );
  const shown = await page.evaluate(() =>
    ((performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN) / 1000).toFixed(1),
  );
  await mapPage.waitUntilIdle();
  const drawn = await seconds();
  const figures = `list shown after ${shown} s, list, search and "add" respond after ${usable} s, map drawn after ${drawn} s, ${Math.round(bytes / 1000)} kB`;
  test.info().annotations.push({ type: "slow connection", description: figures });
  console.log(`    slow connection: ${figures}`);
  expect(bytes).toBeLessThan(mostBytes);
});

test("filters, search and the form work before the script of the map has come", async ({ mapPage, page }) => {
  const [mapScript] = readdirSync("dist")
    .filter((name) => name.endsWith(".js") && !name.startsWith("maplibre-gl-worker"))
    .sort((a, b) => statSync(join("dist", b)).size - statSync(join("dist", a)).size);
  await page.route(`**/assets/${mapScript}`, () => {}); // never answered
  await mapPage.open();
  await mapPage.kind("Organizacje").check();
  await expect(page).toHaveURL(/kind=organisation/);
  await mapPage.expectTotal(await mapPage.kindCount("organisation"));
  await page.getByRole("link", { name: "Dodaj pinezkę" }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page).toHaveURL(/\/add/);
});
