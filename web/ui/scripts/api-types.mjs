// Generates the types of the API from its description, web/openapi.yaml.
//
//	node scripts/api-types.mjs          writes src/api.gen.ts
//	node scripts/api-types.mjs --check  fails when src/api.gen.ts is out of date
import { readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";

const target = new URL("../src/api.gen.ts", import.meta.url);
const ast = await openapiTS(new URL("../../openapi.yaml", import.meta.url));
const text = `// Written by scripts/api-types.mjs from web/openapi.yaml: change it there.\n${astToString(ast)}`;

if (!process.argv.includes("--check")) {
  writeFileSync(target, text);
} else if (readFileSync(target, "utf8") !== text) {
  console.error("src/api.gen.ts is out of date: npm run types");
  process.exit(1);
}
