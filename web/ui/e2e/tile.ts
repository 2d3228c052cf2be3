/** Tile of a zoom that holds a place. */
export function tileAt(lon: number, lat: number, zoom: number): { x: number; y: number } {
  const n = 2 ** zoom;
  const phi = (lat * Math.PI) / 180;
  return {
    x: Math.floor(((lon + 180) / 360) * n),
    y: Math.floor(((1 - Math.log(Math.tan(phi) + 1 / Math.cos(phi)) / Math.PI) / 2) * n),
  };
}

/** Tiles of a zoom that meet a box. */
export function tilesOf([west, south, east, north]: readonly number[], zoom: number): { x: number; y: number }[] {
  const [from, to] = [tileAt(west ?? 0, north ?? 0, zoom), tileAt(east ?? 0, south ?? 0, zoom)];
  const out = [];
  for (let x = from.x; x <= to.x; x++) {
    for (let y = from.y; y <= to.y; y++) {
      out.push({ x, y });
    }
  }
  return out;
}
