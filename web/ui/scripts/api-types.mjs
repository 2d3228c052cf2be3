// Generates the types of the API from its contract, the files openapi.yaml of the
// subjects in web.
//
//	node scripts/api-types.mjs          writes src/api.gen.ts
//	node scripts/api-types.mjs --check  fails when src/api.gen.ts is out of date
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { load } from "js-yaml";
import openapiTS, { astToString } from "openapi-typescript";

const target = new URL("../src/api.gen.ts", import.meta.url);
const web = new URL("../../", import.meta.url);

/** Adds the members of `part` to `whole`, two levels deep, as the server does. */
function merge(whole, part, depth = 2) {
  for (const [name, value] of Object.entries(part)) {
    if (depth > 0 && name in whole) {
      merge(whole[name], value, depth - 1);
    } else {
      whole[name] = value;
    }
  }
  return whole;
}

const files = readdirSync(web).map((subject) => new URL(`${subject}/openapi.yaml`, web));
const parts = files.filter((file) => existsSync(file)).map((file) => load(readFileSync(file, "utf8")));
const contract = parts.reduce((whole, part) => merge(whole, part), {});
const text = `// Written by scripts/api-types.mjs from web/*/openapi.yaml: change it there.\n${astToString(await openapiTS(contract))}`;

if (!process.argv.includes("--check")) {
  writeFileSync(target, text);
} else if (readFileSync(target, "utf8") !== text) {
  console.error("src/api.gen.ts is out of date: npm run types");
  process.exit(1);
}
