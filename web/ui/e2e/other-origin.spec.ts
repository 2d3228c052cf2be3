// Pages of other origins, which read the API.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { district, expect, test } from "./fixtures";

// Case http-stale-while-revalidate-numbers-disagree.
test("a page of another origin shows numbers that agree after a change, although its browser keeps them", async ({
  page,
  request,
  server,
}) => {
  const host = createServer((_, response) => response.setHeader("content-type", "text/html").end("<!doctype html>"));
  await new Promise<void>((resolve) => host.listen(0, "127.0.0.1", resolve));
  try {
    await page.goto(`http://127.0.0.1:${(host.address() as AddressInfo).port}`);
    const numbers = () =>
      page.evaluate(async (api) => {
        const get = async (path: string) => (await fetch(`${api}/${path}`)).json();
        const stats = await get("stats?kind=potential");
        const { features } = await get("hexes?kind=potential");
        const listed = new Set<number>();
        for (let next = "pins?kind=potential&limit=1000"; next !== ""; ) {
          const list = await get(next);
          for (const { id } of list.features) {
            listed.add(id);
          }
          const link = list.links.find(({ rel }: { rel: string }) => rel === "next");
          next = link ? `pins${new URL(link.href, api).search}` : "";
        }
        const inHexes = features.reduce((n: number, f: { properties: { potential: number } }) => {
          return n + f.properties.potential;
        }, 0);
        return { stats: stats.potential, hexes: inHexes, list: listed.size };
      }, `${server.url}/api/v1/districts/${district}`);
    const { list: before } = await numbers();
    const categories = await (await request.get(`/api/v1/districts/${district}/categories`)).json();
    const { slug } = categories.categories.find(
      (c: { kind: string; visibility: string }) => c.kind === "potential" && c.visibility === "point",
    );
    const response = await request.post(`/api/v1/districts/${district}/pins`, {
      data: { category: slug, title: "Potencjał z innej strony", lon: 19.9493, lat: 50.0446 },
    });
    expect(response.status()).toBe(201);
    await expect.poll(numbers).toEqual({ stats: before + 1, hexes: before + 1, list: before + 1 });
  } finally {
    host.close();
    host.closeAllConnections();
  }
});
