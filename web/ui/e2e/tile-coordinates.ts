/** Returns the coordinates of the tile of a zoom that contains a location. */
export function tileAt(lon: number, lat: number, zoom: number): { x: number; y: number } {
  const n = 2 ** zoom;
  const phi = (lat * Math.PI) / 180;
  return {
    x: Math.floor(((lon + 180) / 360) * n),
    y: Math.floor(((1 - Math.log(Math.tan(phi) + 1 / Math.cos(phi)) / Math.PI) / 2) * n),
  };
}

/** Returns the coordinates of the tiles of a zoom that intersect a bounding box. */
export function tilesIn([west, south, east, north]: readonly number[], zoom: number): { x: number; y: number }[] {
  const [from, to] = [tileAt(west ?? 0, north ?? 0, zoom), tileAt(east ?? 0, south ?? 0, zoom)];
  const tiles = [];
  for (let x = from.x; x <= to.x; x++) {
    for (let y = from.y; y <= to.y; y++) {
      tiles.push({ x, y });
    }
  }
  return tiles;
}
