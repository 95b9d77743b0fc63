import type { CachedAnswer } from "./edge-cache.ts";

/** These describe the connection to the origin, not the answer. */
const CONNECTION_HEADERS = [
  "connection",
  "keep-alive",
  "transfer-encoding",
  "content-encoding",
  "set-cookie",
];

/** Fetches an answer that everybody may share; nothing of the shopper goes along but their address. */
export async function fetchShared(url: string, address: string): Promise<CachedAnswer> {
  const headers = { "x-forwarded-for": address.replace(/^::ffff:/, ""), via: "1.1 local-cdn" };
  const response = await fetch(url, { headers });
  const kept = [...response.headers].filter(([name]) => !CONNECTION_HEADERS.includes(name));
  return {
    status: response.status,
    headers: Object.fromEntries(kept),
    body: Buffer.from(await response.arrayBuffer()),
  };
}
