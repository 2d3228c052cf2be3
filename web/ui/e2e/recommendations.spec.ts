// Recommendations: what a working group advises is consulted, adopted and sent, the reply reaches whoever
// reported the need; and anybody walks back from what came of it to the first voice.

import type { Browser, Page } from "@playwright/test";
import { SignInPage } from "./drivers/sign-in-page";
import { district, expect, expectAccessible, test } from "./fixtures";
import { allNews, execute, inviteModerator, mailed, moderate, outbox } from "./operator";
import type { Server } from "./server";

const api = `/api/v1/districts/${district}`;

/** Somebody of the staff, who adds things through the API and acts in pages. */
class Staff {
  private constructor(
    readonly page: Page,
    readonly server: Server,
  ) {}

  static async signIn(browser: Browser, server: Server, address: string): Promise<Staff> {
    const context = await browser.newContext({ baseURL: server.url, locale: "pl-PL" });
    const page = await context.newPage();
    inviteModerator(server, "Ola", address);
    const signIn = new SignInPage(page, server);
    await signIn.ask(address);
    await signIn.typeCode(address);
    return new Staff(page, server);
  }

  /** Adds a thing, and returns its number. */
  async add(plural: string, data: object): Promise<number> {
    const response = await this.page.request.post(`${api}/${plural}`, { data, headers: { Origin: this.server.url } });
    expect(response.status(), await response.text()).toBe(201);
    return ((await response.json()) as { id: number }).id;
  }

  /** Presses a button of the page of a thing. */
  async press(path: string, name: string): Promise<void> {
    await this.page.goto(path);
    await this.page.getByRole("button", { name, exact: true }).click();
    await expect(this.page.getByRole("button", { name, exact: true })).toHaveCount(0);
  }
}

/** Reports a need of somebody who confirms the address, and returns its number. */
async function report(page: Page, server: Server, title: string, email: string): Promise<number> {
  const data = { category: "greenery", lon: 19.9493, lat: 50.0446, title, email };
  const response = await page.request.post(`${api}/pins`, { data });
  expect(response.status(), await response.text()).toBe(201);
  await page.goto(await mailed(server, email, /(\/d\/podgorze\/confirm\/[\w-]+)/));
  await page.getByRole("button", { name: "Tak, to mój adres" }).click();
  return ((await response.json()) as { id: number }).id;
}

interface Figures {
  total: number;
  fingerprint: string;
}

/** Returns the frozen figures of a thing, and those of now for the same question. */
async function figures(page: Page, id: number): Promise<{ frozen: Figures; now: Figures }> {
  const response = await page.request.get(`${api}/things/${id}/figures`);
  expect(response.status(), await response.text()).toBe(200);
  return (await response.json()) as { frozen: Figures; now: Figures };
}

const text = [
  { text: { pl: "Posadzić **dwanaście lip** na Rynku Podgórskim." } },
  { text: { pl: "Podlewać je przez trzy lata." } },
];

test.afterAll(({ server }) => moderate(server, "after"));

test("a recommendation is consulted, adopted with a dissent, past its deadline, and replied to", async ({
  browser,
  page,
  server,
}) => {
  test.setTimeout(180_000);
  const need = await report(page, server, "Na rynku nie ma cienia", "marta@example.org");
  const staff = await Staff.signIn(browser, server, "rekomendacje1@example.org");
  const id = await staff.add("recommendations", {
    name: { pl: "Cień na rynku" },
    addressee: { pl: "Zarząd Zieleni Miejskiej" },
    paragraphs: text,
    answers: [need],
    question: "kind=need&category=greenery",
    dissent: [{ who: { pl: "Ewa Kot" }, text: { pl: "Wolę platany, rosną szybciej." } }],
  });
  const path = `/d/${district}/recommendations/${id}`;
  const evidence = await figures(page, id);
  expect(evidence.frozen.total).toBeGreaterThan(0);
  await staff.press(path, "Rozpocznij konsultacje");
  await moderate(server, "before");
  const again = await figures(page, id); // by another process, whose versions begin anew
  expect(again).toMatchObject({ frozen: evidence.frozen, same_data: true, same_method: true, identical: true });
  expect(again.now).toMatchObject({ total: evidence.frozen.total, fingerprint: evidence.frozen.fingerprint });

  await page.goto(path);
  await expect(page.locator(".pin-where .thread-marker")).toHaveCount(1);
  await expectAccessible(page);
  const second = page.locator("#p2");
  await second.getByText("Skomentuj akapit 2").click();
  await second.getByLabel("Komentarz").fill("Lepiej przez pięć lat.");
  await second.locator("[name=author]").fill("Jan");
  await second.getByRole("button", { name: "Wyślij komentarz" }).click();
  await expect(page).toHaveURL(/\?done=comments#p2$/);
  await expect(page.locator(".thanks")).toContainText("Komentarz dotarł");
  await expect(second).not.toContainText("pięć lat");
  await expectAccessible(page);

  await staff.page.goto(`/d/${district}/desk`);
  await staff.page.getByRole("link", { name: "Lepiej przez pięć lat." }).click();
  await expectAccessible(staff.page);
  await staff.page.getByRole("button", { name: "Opublikuj" }).click();
  await staff.page.goto(path);
  await staff.page.getByRole("link", { name: "odpowiedz lub ukryj" }).click();
  await staff.page.getByRole("link", { name: "Edytuj" }).click();
  await staff.page.locator("[name='answer.pl']").fill("Trzy lata wystarczą, mówią ogrodnicy.");
  await staff.page.getByRole("button", { name: "Zapisz", exact: true }).click();
  await page.goto(path);
  await expect(second).toContainText("Lepiej przez pięć lat.");
  await expect(second).toContainText("Trzy lata wystarczą");

  await staff.press(path, "Przyjęta przez zespół");
  await staff.press(path, "Wysłana");
  await page.reload();
  await expect(page.getByRole("main")).toContainText("30 dni po wysłaniu");
  await expect(page.getByRole("blockquote")).toContainText("Ewa Kot");
  await expect(page.getByText("Skomentuj akapit")).toHaveCount(0);
  execute(
    server,
    `update contents set due_on = today - 3, content = jsonb_set(content, '{words,deadline}', to_jsonb((today - 3)::text))
     from (select district_id, (now() at time zone time_zone)::date from districts) as days (district_id, today)
     where contents.district_id = days.district_id and thing_id = ${id}`,
  );
  await page.reload();
  await expect(page.getByRole("main")).toContainText("Termin minął 3 dni temu");
  await expectAccessible(page);
  await page.goto(`/d/${district}/pins/${need}`);
  await expect(page.locator(".thread .is-gap")).toContainText("Cień na rynku");
  await page.goto(`/d/${district}/recommendations`);
  await page.getByText("Liczby według okolic, tematów i adresatów").click();
  await expectAccessible(page);
  await page
    .getByRole("table", { name: "Według adresatów" })
    .getByRole("row", { name: "Zarząd Zieleni Miejskiej" })
    .getByRole("cell")
    .nth(7)
    .getByRole("link")
    .click();
  await expect(page.locator(".things .thing")).toHaveCount(1);
  await expectAccessible(page);

  await staff.page.goto(path);
  await staff.page.getByRole("link", { name: "Zapisz odpowiedź" }).click();
  await expectAccessible(staff.page);
  await staff.page.getByLabel("Odpowiedź na akapit 1").selectOption("przyjęto");
  await staff.page.getByLabel("Odpowiedź na akapit 2").selectOption("odrzucono");
  await staff.page.getByRole("radio", { name: "przyjęto w części" }).check();
  await staff.page.getByLabel("Uzasadnienie całości").fill("Pieniądze są na sadzenie.");
  await staff.page.getByRole("button", { name: "Zapisz odpowiedź" }).click();
  await expect(staff.page.getByRole("alert")).toContainText("Akapit 2: podaj uzasadnienie.");
  await expectAccessible(staff.page);
  await staff.page.getByLabel("Uzasadnienie do akapitu 2").fill("Podlewa wykonawca, rok.");
  await staff.page.getByRole("button", { name: "Zapisz odpowiedź" }).click();
  await expect(staff.page).toHaveURL(/\?done=accept_in_part$/);

  await page.goto(path);
  await expect(page.getByRole("main")).toContainText("Dane są dziś te same, co wtedy.");
  const other = await report(page, server, "Na placu też nie ma cienia", "jan@example.org");
  await staff.page.goto(`/d/${district}/desk/${other}`);
  await staff.page.getByRole("button", { name: /^Opublikuj/ }).click();
  await expect
    .poll(async () => (await figures(page, id)).now.total, { message: "the index has the new pin" })
    .toBe(evidence.frozen.total + 1);
  expect(await figures(page, id)).toMatchObject({ frozen: evidence.frozen, same_data: false, identical: false });
  await page.goto(path);
  await expect(page.getByRole("main")).toContainText("Dane są dziś w innej wersji niż wtedy");
  await expect(
    page
      .getByRole("region", { name: /^Liczby z dnia/ })
      .getByRole("row")
      .last(),
  ).toContainText(evidence.frozen.total.toLocaleString("pl-PL"));
  await expect(page.locator("#p1")).toContainText("przyjęt");
  await expect(second).toContainText("Podlewa wykonawca, rok.");
  await expect(page.getByText("Termin minął")).toHaveCount(0);
  await expectAccessible(page);
  await allNews(server);
  const told = (await outbox(server)).filter(({ to, kind }) => to === "marta@example.org" && kind === "replied");
  expect(told).toHaveLength(1);
  expect(told[0]?.text).toContain(path);
  expect(told[0]?.text).toContain("Pieniądze są na sadzenie.");
  await staff.page.context().close();
});

test("from what came of it to the first voice, by keyboard in six steps, and on paper", async ({
  browser,
  page,
  server,
}) => {
  test.setTimeout(120_000);
  await moderate(server, "after"); // another story may have changed it
  const staff = await Staff.signIn(browser, server, "rekomendacje2@example.org");
  const need = await report(page, server, "Pierwszy głos o cieniu", "pierwsza@example.org");
  const diagnosis = await staff.add("diagnoses", {
    name: { pl: "Rynek się nagrzewa" },
    finding: { pl: "W lipcu bruk ma 50 stopni." },
    evidence: [need],
  });
  const recommendation = await staff.add("recommendations", {
    name: { pl: "Lipy na rynku" },
    addressee: { pl: "Zarząd Zieleni Miejskiej" },
    paragraphs: text,
    answers: [diagnosis],
  });
  const path = `/d/${district}/recommendations/${recommendation}`;
  await staff.press(path, "Przyjęta przez zespół");
  await staff.press(path, "Wysłana");
  const initiative = await staff.add("initiatives", {
    name: { pl: "Sadzimy lipy" },
    summary: { pl: "Dwanaście lip w jedną sobotę." },
    answers: [diagnosis],
  });
  await staff.page.goto(`${path}/edit`);
  await staff.page.locator("[name='find.led_to']").fill("Sadzimy lipy");
  await staff.page.locator("button[value='find:led_to']").click();
  await staff.page.getByRole("checkbox", { name: /Sadzimy lipy/ }).check();
  await staff.page.getByRole("button", { name: "Zapisz", exact: true }).click();

  await page.goto(`/d/${district}/initiatives/${initiative}`);
  let steps = 0;
  const follow = async (title: string): Promise<void> => {
    for (let tabs = 0; tabs < 80; tabs++) {
      await page.keyboard.press("Tab");
      if ((await page.evaluate(() => document.activeElement?.textContent?.trim())) === title) {
        await page.keyboard.press("Enter");
        await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
        steps++;
        return;
      }
    }
    throw new Error(`no link to ${title} can be reached`);
  };
  await follow("Lipy na rynku");
  await follow("Rynek się nagrzewa");
  await follow("Pierwszy głos o cieniu");
  expect(steps).toBeLessThanOrEqual(6);

  await page.goto(path);
  await expect(page.getByRole("button", { name: "Wydrukuj ten wątek" })).toBeVisible();
  await page.emulateMedia({ media: "print" });
  for (const said of ["dwanaście lip", "Rynek się nagrzewa", "Pierwszy głos o cieniu", "Sadzimy lipy"]) {
    await expect(page.getByRole("main").getByText(said).filter({ visible: true }).first()).toBeVisible();
  }
  await expect(page.getByRole("button", { name: "Wydrukuj ten wątek" })).toBeHidden();
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  expect(pdf.match(/\/Type \/Page\b/g), "sheets of paper").toHaveLength(1);
  await staff.page.context().close();
});
