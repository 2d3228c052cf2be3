// What the operator of the server under test can do: commands, the outbox, and the database.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { binary, type Server } from "./server";

/** Runs a program that must succeed, and returns what it prints. */
export function run(program: string, args: string[], input = ""): string {
  const { status, stdout, stderr } = spawnSync(program, args, { input, encoding: "utf8", maxBuffer: 1 << 28 });
  if (status !== 0) {
    throw new Error(`${program} ${args.join(" ")}: ${stderr}`);
  }
  return stdout;
}

/** Makes somebody an administrator of the district of the demonstration. */
export function inviteAdmin(server: Server, name: string, address: string): void {
  run(binary, ["admin", "invite", "--district", "podgorze", "--name", name, "--data-dir", server.dataDir], address);
}

/** Makes somebody a moderator, and an administrator too, of the district of the demonstration. */
export function inviteModerator(server: Server, name: string, address: string): void {
  inviteAdmin(server, name, address);
  execute(
    server,
    `insert into grants (district_id, account_id, role)
     select district_id, account_id, 'moderator' from grants where grant_id = (select max(grant_id) from grants)`,
  );
}

/** Makes somebody an animator of an area of the demonstration, and nothing else. */
export function inviteAnimator(server: Server, name: string, address: string, area: string): void {
  inviteAdmin(server, name, address);
  execute(
    server,
    `update grants set role = 'animator', area_id = areas.area_id from areas
     where grant_id = (select max(grant_id) from grants) and areas.district_id = grants.district_id and slug = '${area}'`,
  );
}

/** Makes somebody an adviser of the district of the demonstration, and nothing else. */
export function inviteAdviser(server: Server, name: string, address: string): void {
  inviteAdmin(server, name, address);
  execute(server, "update grants set role = 'adviser' where grant_id = (select max(grant_id) from grants)");
}

/** Makes somebody a member of an organisation, by its pin, and nothing else. */
export function inviteMember(server: Server, name: string, address: string, pin: string): void {
  inviteAdmin(server, name, address);
  execute(
    server,
    `update grants set role = 'member', organisation_id = ${pin} where grant_id = (select max(grant_id) from grants)`,
  );
}

/** Lets pins of the demonstration wait for a moderator, or be public at once. */
export async function moderate(server: Server, when: "before" | "after"): Promise<void> {
  execute(server, `update districts set moderation = '${when}' where slug = 'podgorze'`);
  await server.restart();
}

/** Executes a statement in the database, and returns the values that it selects. */
export function execute(server: Server, statement: string): string {
  return run("psql", [
    "-h",
    join(server.dataDir, "run"),
    "-U",
    "pinezka",
    "-d",
    "pinezka",
    "-v",
    "ON_ERROR_STOP=1",
    "-qtAc",
    statement,
  ]);
}

/** The mail in the outbox. */
export interface OutboxMail {
  to: string;
  kind: string; // as the program names it
  text: string;
}

/** Returns the mails in the outbox, the newest first. */
export async function outbox(server: Server): Promise<OutboxMail[]> {
  const page = await (await fetch(`${server.operatorUrl}/outbox`)).text();
  return page
    .split("<article>")
    .slice(1)
    .map((article) => ({
      to: /To .*?&lt;(\S+?)&gt;/.exec(article)?.[1] ?? "",
      kind: /&gt; · (\w+)/.exec(article)?.[1] ?? "",
      text: article.slice(article.indexOf("<pre>")).replace(/<[^>]+>/g, ""),
    }));
}

/** Waits for a mail to somebody that matches, and returns the first group of the match. */
export async function mailed(server: Server, to: string, pattern: RegExp, not: string[] = []): Promise<string> {
  let found = "";
  await expect
    .poll(async () => {
      for (const mail of await outbox(server)) {
        const match = pattern.exec(mail.text)?.[1];
        if (mail.to.toLowerCase().includes(to.toLowerCase()) && match && !not.includes(match)) {
          found = match;
          return true;
        }
      }
      return false;
    })
    .toBe(true);
  return found;
}

/** Sends the news that wait until nobody can undo what they tell. */
export function hurryNews(server: Server): void {
  execute(
    server,
    "update river_job set state = 'available', scheduled_at = now() where state = 'scheduled' and kind = 'notify'",
  );
}

/** Waits until all news are sent, those too that wait until nobody can undo what they tell. */
export async function allNews(server: Server): Promise<void> {
  await expect
    .poll(() => {
      hurryNews(server);
      return execute(
        server,
        "select count(*) from river_job where finalized_at is null and kind in ('notify', 'send_mail')",
      ).trim();
    })
    .toBe("0");
}
