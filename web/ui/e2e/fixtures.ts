// Fixtures of the end-to-end tests: a server, and drivers of its pages.

import AxeBuilder from "@axe-core/playwright";
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { AddPinPage } from "./drivers/add-pin-page";
import { MapPage } from "./drivers/map-page";
import { PinPage } from "./drivers/pin-page";
import { Server } from "./server";

export const district = "podgorze";

interface Pages {
  mapPage: MapPage;
  pinPage: PinPage;
  addPinPage: AddPinPage;
}

export const test = base.extend<Pages & { policyViolations: string[] }, { server: Server }>({
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
  // What the Content-Security-Policy has refused in any page of any context. A test that expects some removes it.
  policyViolations: [
    async ({ browser }, use) => {
      const violations: string[] = [];
      const watch = (context: BrowserContext): void => {
        context.on("console", (message) => {
          if (message.text().includes("Content Security Policy")) {
            violations.push(`${message.page()?.url()}: ${message.text()}`);
          }
        });
      };
      browser.contexts().forEach(watch);
      browser.on("context", watch);
      await use(violations);
      browser.off("context", watch);
      expect(violations, "violations of the Content-Security-Policy").toEqual([]);
    },
    { auto: true },
  ],
  page: async ({ page }, use) => {
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    await use(page);
    expect(errors, "uncaught errors of the page").toEqual([]);
  },
  mapPage: ({ page }, use) => use(new MapPage(page)),
  pinPage: ({ page }, use) => use(new PinPage(page)),
  addPinPage: ({ page }, use) => use(new AddPinPage(page)),
});

/** Expects that axe finds no violations in the current state of the page, after all transitions. */
export async function expectAccessible(page: Page): Promise<void> {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  await expectNoViolations(page, (axe) => axe.withTags(tags));
}

/** Expects the same of the page as it is in dark colours, in which nothing else differs than colours. */
export async function expectAccessibleInDark(page: Page): Promise<void> {
  await expectNoViolations(page, (axe) => axe.withRules(["color-contrast", "link-in-text-block"]));
}

async function expectNoViolations(page: Page, choose: (axe: AxeBuilder) => AxeBuilder): Promise<void> {
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)));
  // The legacy mode takes half the time, since it opens no other page. It only skips frames of other origins.
  const { violations } = await choose(new AxeBuilder({ page }).setLegacyMode()).analyze();
  const found = violations.map((v) => `${v.id}: ${v.help}\n  ${v.nodes.map((n) => n.target.join(" ")).join("\n  ")}`);
  expect(found).toEqual([]);
}

export { expect };
