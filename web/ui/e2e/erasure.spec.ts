// Erasure: a resident who has reported, followed, supported and complained has all of it erased, and
// nothing of them is left in the database, in the log, among the mails, or in a restored backup.

import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { SignInPage } from "./drivers/sign-in-page";
import { expect, expectAccessible, test } from "./fixtures";
import { allNews, mailed, run } from "./operator";
import { binary, newDataDir, Server } from "./server";

const address = "Zofia.Trzmielewska@example.org";

// Parts of her address, her name and her words. None is in the demonstration.
const traces = ["trzmielewska", "skarbonk", "kalosz"];

/** Returns the traces in a text. */
const tracesIn = (text: string): string[] => traces.filter((trace) => text.toLowerCase().includes(trace));

/** Returns the text of a backup of a data directory, whose keys are in another; it is saved to a file. */
function dump(dataDir: string, keys: string, file: string): string {
  run(binary, ["backup", file, "--data-dir", dataDir, "--keys", keys]);
  return run("pg_restore", ["-f", "-", file]);
}

/** Returns what the operator can read about mails. */
async function operatorPages(server: Server): Promise<string> {
  const pages = ["/outbox", "/jobs", "/metrics"].map(async (path) => (await fetch(server.operatorUrl + path)).text());
  return (await Promise.all(pages)).join("\n");
}

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

test("a resident is erased, and leaves no trace", async ({ page, request, server }) => {
  test.slow();
  const response = await request.post("/api/v1/districts/podgorze/pins", {
    data: {
      category: "greenery",
      lon: 19.9493,
      lat: 50.0446,
      title: "Skarbonka na drzewa",
      body: "Pisze Zofia Trzmielewska.",
      email: address,
    },
  });
  const { id } = (await response.json()) as { id: number };
  await page.goto(await mailed(server, address, /(\/d\/podgorze\/confirm\/[\w-]+)/));
  await page.getByRole("button", { name: "Tak, to mój adres" }).click();

  await page.goto("/d/podgorze/pins/1");
  await page.getByRole("button", { name: /^(Mnie też to dotyczy|Dla mnie to też ważne)$/ }).click();
  await page.getByRole("link", { name: "Zgłoś to" }).click();
  await page.getByRole("radio", { name: "Obraża kogoś lub komuś grozi" }).check();
  await page.getByLabel("Wyjaśnij").fill("Chodzi o mój kalosz.");
  await page.getByLabel("Imię i nazwisko").fill("Zofia Trzmielewska");
  await page.getByLabel("Adres e-mail").fill(address);
  await page.getByRole("button", { name: "Wyślij zgłoszenie" }).click();
  await expect(page.getByRole("status")).toContainText("Ktoś to przeczyta i zdecyduje");

  const signIn = new SignInPage(page, server);
  await signIn.ask(address, "/d/podgorze/me");
  await signIn.typeCode(address);
  await page.goto("/d/podgorze/pins/2");
  await page.getByRole("button", { name: "Dostawaj wiadomości e-mailem" }).click();
  await expect(page).toHaveURL(/\/d\/podgorze\/me$/);
  await expect(page.getByRole("main")).toContainText("Skarbonka na drzewa");
  await allNews(server);

  const keys = join(server.dataDir, "keys");
  const scratch = newDataDir();
  const backup = join(scratch, "before.dump");
  run(binary, ["backup", backup, "--data-dir", server.dataDir]);
  expect(tracesIn(run("pg_restore", ["-f", "-", backup]))).toContain("skarbonk");
  expect(tracesIn(await operatorPages(server))).toContain("trzmielewska");

  await expectAccessible(page);
  await page.getByLabel("Usuńcie także ich treść i wycofajcie je").check();
  await page.getByLabel("Rozumiem, że tego nie można cofnąć.").check();
  await page.getByRole("button", { name: "Usuń moje dane" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Twoje dane zostały usunięte");
  await expectAccessible(page);
  await allNews(server);

  expect(tracesIn(dump(server.dataDir, keys, join(scratch, "after.dump"))), "in the database").toEqual([]);
  expect(tracesIn(server.log), "in the log").toEqual([]);
  expect(tracesIn(await operatorPages(server)), "among the mails").toEqual([]);
  expect((await page.goto(`/d/podgorze/pins/${id}`))?.status()).toBe(404);
  expect((await page.goto("/d/podgorze/me"))?.url()).toContain("/sign-in");
  for (const path of ["/d/podgorze?q=skarbonka", "/d/podgorze/pins.csv", "/d/podgorze/pins.atom"]) {
    expect(tracesIn(await (await request.get(path)).text()).filter((trace) => !path.includes(trace))).toEqual([]);
  }

  const alone = join(scratch, "alone");
  mkdirSync(alone);
  copyFileSync(keys, join(alone, "keys"));
  const refused = ["restore", backup, "--data-dir", join(alone, "data"), "--keys", join(alone, "keys")];
  const { status, stderr } = spawnSync(binary, refused, { encoding: "utf8" });
  expect(status, "restore without the list of erasures").not.toBe(0);
  expect(stderr).toContain("erasures");

  const restored = join(scratch, "data");
  run(binary, ["restore", backup, "--data-dir", restored, "--keys", keys]);
  expect(tracesIn(dump(restored, keys, join(scratch, "restored.dump"))), "in the restored database").toEqual([]);
  const other = await Server.startIn(restored, "--keys", keys);
  try {
    expect(tracesIn(await operatorPages(other)), "among the restored mails").toEqual([]);
    expect(tracesIn(other.log), "in the log of the restored server").toEqual([]);
    expect((await request.get(`${other.url}/d/podgorze/pins/${id}`)).status()).toBe(404);
  } finally {
    await other.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
});
