// Writes the types of the API from the contract, web/openapi.yaml.
//
//	node scripts/types.mjs          writes src/api.gen.ts
//	node scripts/types.mjs --check  fails where it is not what would be written
import { readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";

const target = new URL("../src/api.gen.ts", import.meta.url);
const ast = await openapiTS(new URL("../../openapi.yaml", import.meta.url));
const text = `// Written by scripts/types.mjs from web/openapi.yaml: change it there.\n${astToString(ast)}`;

if (!process.argv.includes("--check")) {
  writeFileSync(target, text);
} else if (readFileSync(target, "utf8") !== text) {
  console.error("src/api.gen.ts is not what web/openapi.yaml says: npm run types");
  process.exit(1);
}
