// Bundles src into dist, with a hash of the content in every file name, compresses each
// bundle as far as brotli and gzip can, and writes dist/manifest.json for the server: {"app.js": "app-XXXX.js", …}.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");
const common = {
  absWorkingDir: root,
  outdir: dist,
  metafile: true,
  minify: true,
  bundle: true,
  format: "esm",
  legalComments: "eof",
  target: ["chrome115", "firefox121", "safari16.4"],
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file" },
  logLevel: "warning",
};

for (const name of readdirSync(dist)) {
  if (!name.startsWith(".")) {
    rmSync(join(dist, name), { recursive: true });
  }
}

/** Returns pairs of an entry point and the name of the file that was built from it. */
const builtNames = (result) =>
  Object.entries(result.metafile.outputs)
    .filter(([, output]) => output.entryPoint)
    .map(([path, output]) => [output.entryPoint, basename(path)]);

const worker = await build({ ...common, entryPoints: ["node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs"] });
const [[, workerName]] = builtNames(worker);
const app = await build({
  ...common,
  entryPoints: ["src/app.ts", "src/styles/app.css"],
  splitting: true,
  define: { MAP_WORKER: JSON.stringify(workerName) },
});
const manifest = { "map-worker.js": workerName };
for (const [entry, name] of builtNames(app)) {
  if (entry === "src/app.ts") manifest["app.js"] = name;
  if (entry === "src/styles/app.css") manifest["app.css"] = name;
  if (entry === "src/map/map-view.ts") manifest["map-view.js"] = name;
}
for (const [path, { inputs }] of Object.entries(app.metafile.outputs)) {
  if (Object.keys(inputs).some((input) => input.includes("/maplibre-gl/dist/") && input.endsWith("js"))) {
    manifest["maplibre.js"] = basename(path);
  }
}
for (const name of readdirSync(dist).filter((file) => /\.(js|css)$/.test(file))) {
  const content = readFileSync(join(dist, name));
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  writeFileSync(join(dist, `${name}.br`), brotliCompressSync(content, { params }));
  writeFileSync(join(dist, `${name}.gz`), gzipSync(content, { level: 9 }));
}
writeFileSync(join(dist, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
for (const [path, { bytes }] of Object.entries({ ...worker.metafile.outputs, ...app.metafile.outputs })) {
  if (bytes > 150_000 || manifest["app.js"] === basename(path) || manifest["app.css"] === basename(path)) {
    console.log(`${basename(path)}  ${Math.round(bytes / 1024)} kB`);
  }
}
