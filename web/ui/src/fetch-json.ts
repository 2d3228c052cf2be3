/** Fetches a URL and returns its JSON body as a T. Throws when the status is not 2xx. */
export async function fetchJSON<T>(url: string, options?: RequestInit): Promise<T> {
  const response = await fetch(url, options);
  if (!response.ok) {
    throw new Error(`${options?.method ?? "GET"} ${url}: status ${response.status}`);
  }
  return (await response.json()) as T;
}
