import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

const chromium = process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);
const root = process.getuid?.() === 0;

/** How Chromium is started. */
export const launchOptions = {
  executablePath: chromium,
  args: [
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    // WebGL alone is drawn by the emulated graphics card: the rest takes a third less time without it.
    "--disable-gpu-rasterization",
    "--disable-gpu-compositing",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    ...(root ? ["--no-sandbox"] : []),
  ],
};

export default defineConfig({
  testDir: "e2e",
  workers: 2, // each with a server of its own
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  // Tests wait for states. These limits end a test that has failed, however busy the machine is.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  reporter: [["list"]],
  use: {
    locale: "pl-PL",
    timezoneId: "Europe/Warsaw",
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
    launchOptions,
  },
});
