/** Returns the URL of the page about who represents a place, which it states to about a metre. */
export function representsURL(district: string, lon: number, lat: number): string {
  return `/d/${district}/represents?lon=${lon.toFixed(5)}&lat=${lat.toFixed(5)}`;
}
