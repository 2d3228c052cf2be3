// A small basemap in the schema of Protomaps, as another program would write it: every tile is land
// with one main street from west to east.

import { gzipSync } from "node:zlib";
import { PbfWriter as Pbf } from "pbf";

const maxZoom = 14;

/** Returns a PMTiles archive whose street has a name, and another one in English. */
export function basemapArchive(name: string, english: string): Buffer {
  const tile = gzipSync(vectorTile(name, english));
  const tiles = (4 ** (maxZoom + 1) - 1) / 3; // of all zooms, which share one content
  const root = gzipSync(numbers([1, 0, tiles, tile.length, 1]));
  const metadata = gzipSync(
    JSON.stringify({
      name: "Basemap",
      version: "4.4.0",
      attribution: "© OpenStreetMap",
      vector_layers: ["earth", "roads"].map((id) => ({ id, fields: { kind: "String" } })),
    }),
  );
  const header = Buffer.alloc(127);
  header.write("PMTiles");
  header[7] = 3;
  let offset = header.length;
  [root.length, metadata.length, 0, tile.length].forEach((length, i) => {
    header.writeBigUInt64LE(BigInt(offset), 8 + 16 * i);
    header.writeBigUInt64LE(BigInt(length), 16 + 16 * i);
    offset += length;
  });
  header.set([1, 2, 2, 1, 0, maxZoom], 96); // clustered, gzip twice, vector tiles, zooms
  [-180, -85, 180, 85].forEach((degrees, i) => {
    header.writeInt32LE(degrees * 1e7, 102 + 4 * i);
  });
  return Buffer.concat([header, root, metadata, tile]);
}

function numbers(values: number[]): Uint8Array {
  const pbf = new Pbf();
  for (const value of values) {
    pbf.writeVarint(value);
  }
  return pbf.finish();
}

/** Encodes a vector tile by its specification. */
function vectorTile(name: string, english: string): Uint8Array {
  const zigzag = (n: number): number => (n < 0 ? -2 * n - 1 : 2 * n);
  const moveTo = (x: number, y: number): number[] => [9, zigzag(x), zigzag(y)];
  const lineTo = (...steps: number[]): number[] => [(steps.length / 2) * 8 + 2, ...steps.map(zigzag)];
  const layer = (pbf: Pbf, id: string, type: number, geometry: number[], properties: Record<string, string>): void => {
    const values = Object.values(properties);
    pbf.writeMessage(
      3,
      (_: unknown, out?: Pbf) => {
        out?.writeVarintField(15, 2);
        out?.writeStringField(1, id);
        out?.writeMessage(
          2,
          (_: unknown, feature?: Pbf) => {
            feature?.writePackedVarint(
              2,
              values.flatMap((_, i) => [i, i]),
            );
            feature?.writeVarintField(3, type);
            feature?.writePackedVarint(4, geometry);
          },
          undefined,
        );
        for (const key of Object.keys(properties)) {
          out?.writeStringField(3, key);
        }
        for (const value of values) {
          out?.writeMessage(4, (_: unknown, text?: Pbf) => text?.writeStringField(1, value), undefined);
        }
        out?.writeVarintField(5, 4096);
      },
      undefined,
    );
  };
  const pbf = new Pbf();
  layer(pbf, "earth", 3, [...moveTo(0, 0), ...lineTo(4096, 0, 0, 4096, -4096, 0), 15], { kind: "earth" });
  layer(pbf, "roads", 2, [...moveTo(0, 2048), ...lineTo(4096, 0)], {
    kind: "major_road",
    kind_detail: "primary",
    name,
    "name:en": english,
  });
  return pbf.finish();
}
