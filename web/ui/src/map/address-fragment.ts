// The fragment of a map page's address: "#map=15.2/50.0431/19.9512&pin=123". It is never sent to a
// server.

/** Where the map is. */
export interface Camera {
  zoom: number;
  lat: number;
  lon: number;
}

export interface Fragment {
  camera?: Camera;
  pin?: number; // id of the pin that is open
}

const maxZoom = 24;
const maxLatitude = 85.06; // of Web Mercator

const number = /^-?\d{1,3}(\.\d{1,10})?$/;

/** Parses a fragment. It leaves out every part that is malformed, repeated or out of range. */
export function parseFragment(hash: string): Fragment {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const camera = parseCamera(parts.getAll("map"));
  const pin = parsePin(parts.getAll("pin"));
  return { ...(camera && { camera }), ...(pin && { pin }) };
}

function parseCamera([value, ...others]: string[]): Camera | undefined {
  const numbers = value?.split("/") ?? [];
  if (numbers.length !== 3 || others.length > 0 || !numbers.every((text) => number.test(text))) {
    return undefined;
  }
  const [zoom = 0, lat = 0, lon = 0] = numbers.map(Number);
  const isValid = zoom >= 0 && zoom <= maxZoom && Math.abs(lat) <= maxLatitude && Math.abs(lon) <= 180;
  return isValid ? { zoom, lat, lon } : undefined;
}

function parsePin([value = "", ...others]: string[]): number | undefined {
  const id = /^[1-9]\d{0,15}$/.test(value) ? Number(value) : 0;
  return others.length === 0 && id > 0 && Number.isSafeInteger(id) ? id : undefined;
}

/** Returns the fragment with its "#", or "" for an empty one. */
export function formatFragment({ camera, pin }: Fragment): string {
  const parts = [];
  if (camera) {
    const { zoom, lat, lon } = camera;
    const wrapped = lon - 360 * Math.round(lon / 360);
    parts.push(`map=${rounded(zoom, 2)}/${rounded(lat, 5)}/${rounded(wrapped, 5)}`);
  }
  if (pin !== undefined) {
    parts.push(`pin=${pin}`);
  }
  return parts.length === 0 ? "" : `#${parts.join("&")}`;
}

/** Returns a number with at most so many decimals, and never as "-0" or with an exponent. */
function rounded(value: number, decimals: number): string {
  const text = value.toFixed(decimals).replace(/\.?0+$/, "");
  return text === "-0" ? "0" : text;
}

/**
 * Returns the fragment of the page that is shown next: the map stays where it is, unless another
 * area is chosen, to which it moves. No pin is open.
 */
export function nextFragment(from: URL, to: URL): string {
  const areas = ({ searchParams }: URL): string => searchParams.getAll("area").sort().join();
  const { camera } = parseFragment(areas(from) === areas(to) ? from.hash : "");
  return formatFragment(camera ? { camera } : {});
}
