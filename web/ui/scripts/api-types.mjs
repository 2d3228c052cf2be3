// Generates the types of the API from its contract, the files openapi.yaml of the
// subjects in web.
//
//	node scripts/api-types.mjs          writes src/api.gen.ts
//	node scripts/api-types.mjs --check  fails when src/api.gen.ts is out of date
import { readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";
import { readContract } from "./contract.mjs";

const target = new URL("../src/api.gen.ts", import.meta.url);
const text = `// Written by scripts/api-types.mjs from web/*/openapi.yaml: change it there.\n${astToString(await openapiTS(readContract()))}`;

if (!process.argv.includes("--check")) {
  writeFileSync(target, text);
} else if (readFileSync(target, "utf8") !== text) {
  console.error("src/api.gen.ts is out of date: npm run types");
  process.exit(1);
}
