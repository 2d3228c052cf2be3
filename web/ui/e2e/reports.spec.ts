// Reports: somebody reports an office in Ukrainian on a phone, a moderator decides in Polish with a
// template, and the reporter reads the reason in Ukrainian and objects.

import { SignInPage } from "./drivers/sign-in-page";
import { expect, expectAccessible, test } from "./fixtures";
import { inviteModerator, mailed, outbox } from "./operator";

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: "uk-UA" };

test("a moderator answers in Polish, and the reporter of an office reads that in Ukrainian and objects", async ({
  page,
  browser,
  server,
}) => {
  const reasons = { pl: "Tekst nie narusza prawa", uk: "Текст не порушує ні закону" };
  inviteModerator(server, "Iga Mazur", "iga@example.org");
  const signIn = new SignInPage(page, server);
  await signIn.ask("iga@example.org", "/d/podgorze/desk");
  await signIn.typeCode("iga@example.org");
  const made = await page.request.post("/api/v1/districts/podgorze/offices", {
    data: { name: { pl: "Dyżur radnej" }, hours: { pl: "poniedziałek 16–18" }, lon: 19.9493, lat: 50.0446 },
  });
  expect(made.status()).toBe(201);
  const { id } = (await made.json()) as { id: number };

  const mobile = await browser.newContext({ ...phone, baseURL: server.url });
  const olena = await mobile.newPage();
  await olena.goto(`/d/podgorze/offices/${id}`);
  await expectAccessible(olena);
  await olena.getByRole("link", { name: "Поскаржитися" }).click();
  await expectAccessible(olena);
  await olena.getByRole("radio", { name: "Це неправда" }).check();
  await olena.getByLabel("Поясніть").fill("У понеділок нікого немає.");
  await olena.getByLabel("Адреса e-mail").fill("olena@example.org");
  await olena.getByRole("button", { name: "Надіслати скаргу" }).click();
  await expect(olena.getByRole("status")).toContainText("Дякуємо.");
  await expectAccessible(olena);
  expect(await olena.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await mailed(server, "olena@example.org", /(Ми отримали вашу скаргу)/);

  await page.goto("/d/podgorze/desk?queue=reports");
  await page.getByRole("link", { name: "Dyżur radnej" }).click();
  await expect(page.locator(".desk-report")).toContainText("У понеділок нікого немає.");
  await expect(page.getByRole("link", { name: "Otwórz, aby przeczytać i zmienić" })).toHaveAttribute(
    "href",
    `/d/podgorze/offices/${id}`,
  );
  await expectAccessible(page);
  const report = page.locator(".desk-report");
  await report.getByLabel("Gotowy powód").selectOption("Zgodne z zasadami");
  await expect(report.getByRole("textbox")).toHaveValue(new RegExp(reasons.pl));
  await report.getByRole("button", { name: "Zamknij zgłoszenie" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Zgłoszenie zamknięto." })).toBeVisible();
  await page.goto(`/d/podgorze/desk/${id}`);
  await expect(page.locator(".desk-report")).toContainText(reasons.pl);

  const objection = await mailed(
    server,
    "olena@example.org",
    new RegExp(`${reasons.uk}[\\s\\S]*?(/d/podgorze/object/[\\w-]+)`),
  );
  const kinds = (await outbox(server)).filter(({ to }) => to === "olena@example.org").map(({ kind }) => kind);
  expect(kinds.sort()).toEqual(["report_closed", "report_received"]);
  await olena.goto(objection);
  await expect(olena.getByRole("main")).toContainText(reasons.uk);
  await expectAccessible(olena);
  await olena.getByRole("textbox").fill("Я була там у понеділок.");
  await olena.getByRole("main").getByRole("button").click();
  await expect(olena.getByRole("status")).toContainText("Оскарження надіслано");
  await expectAccessible(olena);

  await page.goto(`/d/podgorze/desk/${id}?queue=objections`);
  const own = page.locator(".desk-report.is-open");
  await expect(own).toContainText("Я була там у понеділок.");
  await expect(own.getByRole("button")).toHaveCount(0); // somebody else decides
  await expectAccessible(page);
  await mobile.close();
});
