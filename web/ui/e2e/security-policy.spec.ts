// Every story fails when the Content-Security-Policy refuses something (fixtures.ts); these show that such a fault
// would be found, and visit the pages that no story does.

import { expect, test } from "./fixtures";

test("a style in an attribute is refused, and a story would fail", async ({ page, policyViolations }) => {
  await page.goto("/d/podgorze/pins/1");
  await page.evaluate(() => document.querySelector("h1")?.setAttribute("style", "color: red"));
  await expect.poll(() => policyViolations.length).toBe(1);
  expect(policyViolations.splice(0)[0]).toContain("style-src 'self'");
});

test("pages of errors follow the policy", async ({ page, server }) => {
  for (const [url, status] of [
    ["/nowhere", 404],
    ["/d/nowhere", 404],
    ["/d/podgorze?kind=dragon", 400],
    ["/d/podgorze/confirm/x", 404],
    ["/openapi.yaml", 200],
  ] as const) {
    const response = await page.goto(url).catch(() => undefined); // a download has no page
    if (response) {
      expect(response.status(), url).toBe(status);
    }
  }
  await page.goto("/d/podgorze/desk");
  await expect(page).toHaveURL(/\/sign-in/);
  for (const path of ["/outbox", "/mails?lang=pl", "/mails/hidden.html?lang=pl", "/jobs"]) {
    expect((await page.goto(server.operatorUrl + path))?.status(), path).toBe(200);
    await page.waitForLoadState("networkidle");
  }
});
