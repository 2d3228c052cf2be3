import { chromium } from "playwright-core";
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--no-sandbox"] });
for (const [name, w, opts] of [["wide", 1280, {}], ["phone", 390, {}], ["forced", 1280, { forcedColors: "active", colorScheme: "dark" }], ["dark", 1280, { colorScheme: "dark" }]]) {
  if (process.argv[3] && !process.argv[3].split(",").includes(name)) continue;
  const c = await b.newContext({ viewport: { width: w, height: 900 }, ...opts, locale: "pl" });
  const p = await c.newPage();
  p.on("console", (m) => { if (m.type() === "error") console.log(name, m.text()); });
  await p.goto("http://127.0.0.1:8414" + process.argv[2]);
  await p.screenshot({ path: `/tmp/run-e14/${name}.png`, fullPage: true });
  if (name === "wide") await p.pdf({ path: "/tmp/run-e14/page.pdf", format: "A4", preferCSSPageSize: true, printBackground: false });
  await c.close();
}
await b.close();
