// Diagnoses: needs are chosen on the map, and two animators are at one text.

import type { Browser, Page } from "@playwright/test";
import { SignInPage } from "./drivers/sign-in-page";
import { district, expect, expectAccessible, test } from "./fixtures";
import { inviteModerator } from "./operator";
import type { Server } from "./server";

const api = `/api/v1/districts/${district}`;
const place = { lon: 19.9493, lat: 50.0446 }; // Rynek Podgórski

/** Signs a member of the staff in, in a browser of their own. */
async function signIn(browser: Browser, server: Server, name: string, address: string): Promise<Page> {
  inviteModerator(server, name, address);
  const context = await browser.newContext({ baseURL: server.url, locale: "pl-PL" });
  const page = await context.newPage();
  const form = new SignInPage(page, server);
  await form.ask(address);
  await form.typeCode(address);
  return page;
}

/** Reports needs at the place, each by somebody of their own, and returns their ids. */
async function report(page: Page, server: Server, title: string, addresses: string[]): Promise<number[]> {
  const ids: number[] = [];
  for (const [i, email] of addresses.entries()) {
    const response = await page.request.post(`${api}/pins`, {
      data: { category: "lighting", title: `${title} ${i + 1}`, ...place, email },
      headers: { Origin: server.url },
    });
    expect(response.status(), await response.text()).toBe(201);
    ids.push(((await response.json()) as { id: number }).id);
  }
  return ids;
}

test("needs in an outline that is drawn on the map, or in its section, begin a diagnosis", async ({
  browser,
  server,
}) => {
  const page = await signIn(browser, server, "Ela", "diagnoses2@example.org");
  await page.goto(`/d/${district}`);
  await page.getByText("Wybierz potrzeby do diagnozy").click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Narysuj obszar" }).click();
  const drawing = page.locator(".choose-drawing");
  const box = await drawing.boundingBox();
  if (!box) {
    throw new Error("nothing can be drawn on");
  }
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.3);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.4, { steps: 3 });
  await page.mouse.move(box.x + box.width * 0.7, box.y + box.height * 0.6, { steps: 3 });
  await page.mouse.up();
  await expect(page.getByText(/^Wybrano \d+/)).toBeVisible();
  expect(new URL(page.url()).searchParams.get("choose")).toContain("polygon=");

  await page.goto(`/d/${district}`);
  await page.getByText("Wybierz potrzeby do diagnozy").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/^Wybrano \d+/)).toBeVisible();
  expect(new URL(page.url()).searchParams.get("choose")).toContain("bbox=");
  await page.context().close();
});

test("two animators edit one diagnosis at once, and nothing is lost", async ({ browser, server }) => {
  const ola = await signIn(browser, server, "Ola", "diagnoses3@example.org");
  const jan = await signIn(browser, server, "Jan", "diagnoses4@example.org");
  const [need = 0] = await report(ola, server, "Dziurawy chodnik", ["chodnik@example.org"]);
  const added = await ola.request.post(`${api}/diagnoses`, {
    data: { name: { pl: "Chodniki" }, finding: { pl: "Są dziurawe." }, evidence: [need] },
    headers: { Origin: server.url },
  });
  expect(added.status(), await added.text()).toBe(201);
  const { id } = (await added.json()) as { id: number };
  const path = `/d/${district}/diagnoses/${id}`;
  const finding = (page: Page) => page.getByLabel(/^Co ustaliliśmy/).first();
  await ola.goto(`${path}/edit`);
  await jan.goto(`${path}/edit`);
  await finding(ola).fill("Są dziurawe. Ola dopisała przyczynę.");
  await ola.getByRole("button", { name: "Zapisz", exact: true }).click();
  await expect(ola.getByRole("heading", { level: 1 })).toHaveText("Chodniki");

  await finding(jan).fill("Są dziurawe. Jan dopisał skutek.");
  await jan.getByRole("button", { name: "Zapisz", exact: true }).click();
  await expect(jan.getByRole("alert")).toContainText("Ola dopisała przyczynę.");
  await expect(finding(jan)).toHaveValue("Są dziurawe. Jan dopisał skutek.");
  await expectAccessible(jan);
  await finding(jan).fill("Są dziurawe. Ola dopisała przyczynę. Jan dopisał skutek.");
  await jan.getByRole("button", { name: "Zapisz", exact: true }).click();
  await expect(jan.getByText("Są dziurawe. Ola dopisała przyczynę. Jan dopisał skutek.")).toBeVisible();
  await ola.context().close();
  await jan.context().close();
});
