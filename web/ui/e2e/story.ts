// What every story has: a server of its own run, and pages to talk about.

import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";
import { AddPage } from "./drivers/add";
import { MapPage } from "./drivers/map";
import { PinPage } from "./drivers/pin";
import { Server } from "./server";

export const district = "podgorze";

interface Pages {
  mapPage: MapPage;
  pinPage: PinPage;
  addPage: AddPage;
}

export const test = base.extend<Pages, { server: Server }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what a fixture needs
    async ({}, use) => {
      const server = await Server.start();
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 180_000 },
  ],
  baseURL: ({ server }, use) => use(server.url),
  page: async ({ page }, use) => {
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(String(error)));
    await use(page);
    expect(faults, "errors in the page's script").toEqual([]);
  },
  mapPage: ({ page }, use) => use(new MapPage(page)),
  pinPage: ({ page }, use) => use(new PinPage(page)),
  addPage: ({ page }, use) => use(new AddPage(page)),
});

/** Expects that axe finds nothing wrong with the page as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  const found = violations.map((v) => `${v.id}: ${v.help}\n  ${v.nodes.map((n) => n.target.join(" ")).join("\n  ")}`);
  expect(found).toEqual([]);
}

export { expect };
