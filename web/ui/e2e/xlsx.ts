// Reads sheets of XLSX files, as far as the tests need them.

import { inflateRawSync } from "node:zlib";

/** Returns the texts and numbers of the cells of a sheet, row by row. */
export function readSheet(file: Buffer, sheet: number): string[][] {
  const xml = unzip(file, `xl/worksheets/sheet${sheet}.xml`);
  if (xml === undefined) {
    throw new Error(`the archive has no sheet ${sheet}`);
  }
  const shared = [...(unzip(file, "xl/sharedStrings.xml") ?? "").matchAll(/<si>.*?<t[^>]*>(.*?)<\/t><\/si>/gs)].map(
    ([, text]) => text,
  );
  return [...xml.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, row = ""]) =>
    [...row.matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)].map(([, attributes = "", cell = ""]) => {
      const value = /<(?:t|v)(?: [^>]*)?>(.*?)<\/(?:t|v)>/s.exec(cell)?.[1] ?? "";
      return (attributes.includes('t="s"') ? (shared[Number(value)] ?? "") : value).replaceAll("&amp;", "&");
    }),
  );
}

/** Returns a text file in a ZIP archive, if that has it, which it finds by the directory at its end. */
function unzip(archive: Buffer, name: string): string | undefined {
  const end = archive.lastIndexOf("PK\x05\x06");
  let entry = archive.readUInt32LE(end + 16);
  while (archive.readUInt32LE(entry) === 0x02014b50) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((at) => archive.readUInt16LE(entry + at));
    if (archive.toString("utf8", entry + 46, entry + 46 + (nameLength ?? 0)) === name) {
      const local = archive.readUInt32LE(entry + 42);
      const begin = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
      const body = archive.subarray(begin, begin + archive.readUInt32LE(entry + 20));
      return (archive.readUInt16LE(entry + 10) === 0 ? body : inflateRawSync(body)).toString("utf8");
    }
    entry += 46 + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0);
  }
  return undefined;
}
