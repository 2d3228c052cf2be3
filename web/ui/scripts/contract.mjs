// The contract of the API: the files openapi.yaml of the subjects in web, merged.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { load } from "js-yaml";

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

/** Returns the whole contract. */
export function readContract() {
  const files = readdirSync(web).map((subject) => new URL(`${subject}/openapi.yaml`, web));
  const parts = files.filter((file) => existsSync(file)).map((file) => load(readFileSync(file, "utf8")));
  return parts.reduce((whole, part) => merge(whole, part), {});
}
