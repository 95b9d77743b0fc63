import { type Clock, startStopwatch } from "../clock.ts";
import type { Warn } from "../log.ts";

/** Longer than the CDN takes, shorter than who waits for the page. */
const TIME_LIMIT_MS = 2_000;
/** How long a page is taken as it was; after a failure, how long until the site is asked again. */
const FRESH_MS = 10_000;

type Kept = { readonly page: string | null; readonly ageMs: () => number };

/**
 * The site's own pages as they are deployed at this moment, over HTTP: they name scripts and styles by their content, so a
 * copy bundled with a function would be of another build.
 */
export function createSitePages(siteUrl: string, clock: Clock, warn: Warn) {
  const kept = new Map<string, Kept>();
  const pending = new Map<string, Promise<string | null>>();

  async function ask(path: string): Promise<string | null> {
    let page = kept.get(path)?.page ?? null;
    try {
      page = await read(siteUrl + path);
    } catch (error) {
      warn("the site did not answer", { path, error });
    }
    kept.set(path, { page, ageMs: startStopwatch(clock) });
    return page;
  }

  return {
    /** One page, at most ten seconds old, or older while the site does not answer. Null: there is none to be had. */
    get: (path: string): Promise<string | null> => {
      const known = kept.get(path);
      if (known && known.ageMs() < FRESH_MS) return Promise.resolve(known.page);
      const asking = pending.get(path) ?? ask(path).finally(() => pending.delete(path));
      pending.set(path, asking);
      return asking;
    },
  };
}

/** @throws Error where the answer is no page of the site, or did not come in time. */
async function read(url: string): Promise<string> {
  const response = await fetch(url, {
    redirect: "error",
    // The firewall turns away who does not say what they are.
    headers: { accept: "text/html", "user-agent": "flash-sale-pages" },
    signal: AbortSignal.timeout(TIME_LIMIT_MS),
  });
  const isPage = response.ok && response.headers.get("content-type")?.startsWith("text/html") === true;
  if (!isPage) throw new Error(`${url} answered ${response.status}`);
  return response.text();
}
