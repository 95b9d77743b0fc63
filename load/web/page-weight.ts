import { gzipSync } from "node:zlib";

export type PageWeight = { readonly scriptBytes: number; readonly allBytes: number };

/** What a page's own files weigh in gzip, as the CDN sends them; the API's answers are not the page's. */
export async function pageWeight(urls: readonly string[]): Promise<PageWeight> {
  let [scriptBytes, allBytes] = [0, 0];
  for (const url of new Set(urls)) {
    if (!url.startsWith("http") || new URL(url).pathname.startsWith("/api/")) continue;
    const response = await fetch(url);
    const bytes = gzipSync(Buffer.from(await response.arrayBuffer())).length;
    allBytes += bytes;
    if (response.headers.get("content-type")?.startsWith("text/javascript")) scriptBytes += bytes;
  }
  return { scriptBytes, allBytes };
}
