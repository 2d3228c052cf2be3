// What the demonstration tells a visitor of the programme: what is on, a debate and what came of it, one of which nothing
// has come yet, the working group, and the academy with what its graduates have begun.

import { district, expect, expectAccessible, test } from "./fixtures";

const home = `/d/${district}`;

test("a visitor follows a year of the programme, from a debate to what became of it", async ({ page }) => {
  await page.goto(home);
  await page.getByRole("link", { name: "Co się dzieje" }).first().click();
  await expect(page.getByRole("main").getByRole("link", { name: /Dyżur animatorki w Płaszowie/ })).not.toHaveCount(0);
  await expectAccessible(page);

  await page.goto(`${home}/events?type=debate`);
  await page.getByRole("link", { name: "Debata: po ciemku do domu" }).click();
  const questions = page.getByRole("region", { name: "Pytania", exact: true });
  await expect(questions.getByText("Odpowiedź", { exact: true })).toHaveCount(3);
  await expect(page.getByRole("main")).not.toContainText("Jeszcze nic z tego nie wynikło");
  await expect(page.locator(".thread")).toContainText("Wracamy razem");
  await expect(page.locator(".thread")).toContainText("12 pomysłów");
  await expectAccessible(page);
  await page.getByRole("region", { name: "Ważenie tematów" }).getByRole("link").click();
  await expect(page.getByRole("heading", { level: 2, name: "Wynik" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("wzięły udział 34 osoby");
  await page.goBack();
  await page
    .getByRole("main")
    .getByRole("link", { name: /Oświetlić drogę z przystanku/ })
    .first()
    .click();
  await expect(page.locator(".thread")).toContainText("Debata: po ciemku do domu");

  await page.goto(`${home}/events?type=debate`);
  await page.getByRole("link", { name: "Debata: gdzie mają się bawić dzieci?" }).click();
  await expect(page.getByRole("main")).toContainText("Jeszcze nic z tego nie wynikło");

  await page.goto(`${home}/groups`);
  await page.getByRole("link", { name: "Grupa robocza Dobrego Dialogu" }).click();
  await expect(page.getByRole("region", { name: "Rekomendacje i co się z każdą dzieje" })).toContainText("Odrzucona");
  await expect(page.getByText("kadencja minęła")).toHaveCount(1);
  await page.getByRole("main").getByRole("link", { name: "Spotkanie grupy roboczej" }).first().click();
  await expect(page.getByText("przeniesione ze zwykłego dnia")).toHaveCount(1);
  await expect(page.getByText("nie odbywa się")).toHaveCount(1);
  await expectAccessible(page);

  await page.goto(`${home}/programmes`);
  await page.getByRole("link", { name: "Akademia Dobrego Dialogu, pierwsza edycja" }).click();
  const graduates = page.getByRole("region", { name: "Kto ukończył" });
  await expect(graduates).toContainText("Barbara Wzorowa (zmyślona)");
  await expect(graduates).toContainText("i 2 osoby, które nie chcą być tu wymienione");
  await graduates.getByRole("link", { name: "Ławki do rozmowy przy Plantach Nowackiego" }).click();
  await expect(page.getByRole("main")).toContainText("Ławka, na której można porozmawiać");
  await page.goto(`${home}/programmes`);
  await page.getByRole("link", { name: "Akademia Dobrego Dialogu, druga edycja" }).click();
  await expect(page.getByRole("link", { name: "Zapisz się" })).toBeVisible();
  await expectAccessible(page);
});
