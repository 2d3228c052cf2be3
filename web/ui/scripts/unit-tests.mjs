// Runs the unit tests (src/**/*.test.ts), bundled so that Node.js 20 and later can run them.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const out = mkdtempSync(join(tmpdir(), "pinezka-ui-test-"));
const tests = readdirSync(join(root, "src"), { recursive: true }).filter((name) => name.endsWith(".test.ts"));
await build({
  entryPoints: tests.map((name) => join(root, "src", name)),
  outdir: out,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  format: "esm",
  logLevel: "warning",
});
const run = spawnSync(process.execPath, ["--test", ...readdirSync(out).map((name) => join(out, name))], {
  stdio: "inherit",
});
rmSync(out, { recursive: true });
process.exit(run.status ?? 1);
