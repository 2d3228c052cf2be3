// Checks the contract of the API with the recommended rules of Redocly, of which it must break none.
//
//	node scripts/contract-lint.mjs
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readContract } from "./contract.mjs";

const redocly = fileURLToPath(new URL("../node_modules/.bin/redocly", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "pinezka-contract-"));
try {
  writeFileSync(join(folder, "openapi.json"), JSON.stringify(readContract(), null, 2));
  const { status, stdout, stderr } = spawnSync(
    redocly,
    ["lint", "--extends=recommended", "--format=stylish", "openapi.json"],
    {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
    },
  );
  if (status !== 0 || / (error|warning) /.test(stdout)) {
    console.error(stdout + stderr);
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}
