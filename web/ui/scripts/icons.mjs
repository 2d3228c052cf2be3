// Generates the icon sprite of the pages: icons of categories and of controls, from Lucide (ISC) or
// drawn for Pinezka, and the shapes of the kinds of pins, which the map uses too.
//
//	node scripts/icons.mjs          writes web/page/templates/_icons.html
//	node scripts/icons.mjs --check  fails when web/page/templates/_icons.html is out of date
import { readFileSync, writeFileSync } from "node:fs";

const here = new URL("..", import.meta.url);
const target = new URL("../page/templates/_icons.html", here);

/** Names of icons in Pinezka, and their names in Lucide. */
const lucide = {
  tree: "tree-deciduous",
  footprints: "footprints",
  warning: "triangle-alert",
  bicycle: "bike",
  tram: "tram-front",
  lamp: "lightbulb",
  bin: "trash-2",
  ear: "ear",
  mask: "drama",
  parking: "circle-parking",
  wheelchair: "accessibility",
  heart: "heart",
  leaf: "leaf",
  people: "users",
  column: "landmark",
  ball: "volleyball",
  hands: "hand-helping",
  key: "key-round",
  scissors: "scissors",
  handshake: "handshake",
  book: "book-open",
  church: "church",
  library: "library",
  group: "users-round",
  plus: "plus",
  close: "x",
  search: "search",
  place: "map-pin",
  person: "circle-user-round",
  down: "chevron-down",
  back: "arrow-left",
  next: "arrow-right",
  check: "check",
  info: "info",
  locate: "locate-fixed",
  list: "list",
  offices: "clock",
  events: "calendar-days",
  answers: "message-circle-question-mark",
  ideas: "message-square-plus",
  initiatives: "sprout",
  practicums: "graduation-cap",
  recommendations: "scroll-text",
  asks: "megaphone",
  offers: "gift",
  hotspots: "hexagon",
  silence: "ear-off",
};

/** Icons drawn for Pinezka on the same grid of 24 by 24. */
const drawn = {
  swing: '<path d="M4 21 8 3h8l4 18"/><path d="M10 3v11"/><path d="M14 3v11"/><path d="M9 14h6"/>',
  bench: '<path d="M4 6h16v5H4z"/><path d="M3 15h18"/><path d="M6 11v9"/><path d="M18 11v9"/>',
  whistle:
    '<path d="M9 9h12v4h-5.2"/><path d="M9 9a5.5 5.5 0 1 0 6.8 4"/><path d="M9 14.5h.01"/><path d="m5 4 1.5 2"/><path d="M11 3v2.5"/>',
};

const readLucide = (name) => readFileSync(new URL(`node_modules/lucide-static/icons/${name}.svg`, here), "utf8");
const contentOf = (svg) =>
  svg
    .slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"))
    .replace(/\s*\n\s*/g, "")
    .replaceAll(" />", "/>")
    .trim();
const stroke = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"';
const symbol = (id, box, attributes, content) =>
  `<symbol id="${id}" viewBox="0 0 ${box} ${box}"${attributes}>${content}</symbol>`;

const shapes = JSON.parse(readFileSync(new URL("src/pin-kind-shapes.json", here), "utf8"));
const symbols = [
  ...Object.entries(shapes).map(([kind, s]) =>
    symbol(`k-${kind}`, 32, ' fill="currentColor"', `<path d="${s.path}"/>`),
  ),
  ...Object.entries(lucide).map(([name, from]) => symbol(`i-${name}`, 24, ` ${stroke}`, contentOf(readLucide(from)))),
  ...Object.entries(drawn).map(([name, content]) => symbol(`i-${name}`, 24, ` ${stroke}`, content)),
];
const text = `{{/* Written by web/ui/scripts/icons.mjs: change it there. Icons: Lucide, ISC licence, https://lucide.dev */}}
{{define "icons"}}<svg class="sprite" width="0" height="0" aria-hidden="true" focusable="false">
${symbols.join("\n")}
</svg>{{end}}
`;

if (process.argv.includes("--check")) {
  if (readFileSync(target, "utf8") !== text) {
    console.error("web/page/templates/_icons.html is out of date: npm run icons");
    process.exit(1);
  }
} else {
  writeFileSync(target, text);
}
