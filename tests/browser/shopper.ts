import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page, Route } from "playwright-core";
import { localSession } from "../../load/local-session.ts";

/** Longer than a recovery of the gate takes. */
export const STATE_LIMIT_MS = 20_000;

export type Shopper = {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What no page may do: break its security policy, throw, or ask another host for anything. */
  readonly complaints: string[];
  /** Waits for the page's state and answers it. */
  readonly state: (...states: string[]) => Promise<string>;
  /** Every state that the page has shown since it was loaded, in order. */
  readonly seenStates: () => Promise<string[]>;
  readonly part: (name: string) => Locator;
  readonly open: (path: string) => Promise<void>;
  /** A network that swallows requests for a path until what it answers is called. */
  readonly stall: (path: string) => Promise<() => Promise<void>>;
};

type At = { readonly siteUrl: string; readonly browser: Browser };
type Options = BrowserContextOptions & {
  /** Signed in with this session; `true` makes one. Absent: not signed in. */
  readonly token?: string | true;
};

/** A person with a browser of their own: own cookies, own storage. */
export async function newShopper({ siteUrl, browser }: At, options: Options = {}): Promise<Shopper> {
  const { token, ...contextOptions } = options;
  const context = await browser.newContext({ baseURL: siteUrl, locale: "en-GB", ...contextOptions });
  context.setDefaultTimeout(STATE_LIMIT_MS);
  if (token !== undefined) {
    const value = token === true ? localSession().token : token;
    await context.addCookies([{ name: "session", value, url: siteUrl, httpOnly: true, sameSite: "Strict" }]);
  }
  await context.addInitScript({ content: recordStates });
  const complaints: string[] = [];
  context.on("request", (request) => {
    if (new URL(request.url()).origin !== siteUrl) complaints.push(`asked ${request.url()}`);
  });
  context.on("console", (message) => {
    if (/content security policy/i.test(message.text())) complaints.push(message.text());
  });
  context.on("weberror", (error) => complaints.push(String(error.error())));
  const page = await context.newPage();
  const part = (name: string) => page.locator(`[data-part="${name}"]`);
  return {
    page,
    context,
    complaints,
    part,
    stall: (path) => stall(page, path),
    open: async (path) => void (await page.goto(path)),
    seenStates: () => page.evaluate<string[]>("seenStates"),
    state: async (...states) => {
      const selector = states.map((state) => `main [data-state="${state}"]`).join(", ");
      try {
        await page.locator(selector).first().waitFor();
      } catch (cause) {
        const shown = await page.locator("main [data-state]").first().getAttribute("data-state");
        throw new Error(`The page shows "${shown}" instead of "${states.join('" or "')}".`, { cause });
      }
      return (await page.locator("main [data-state]").first().getAttribute("data-state")) ?? "";
    },
  };
}

async function stall(page: Page, path: string): Promise<() => Promise<void>> {
  let held: Route[] | null = [];
  // Stays in place when it is over: one that is taken away while a request comes in would answer that one twice.
  await page.route(path, (route) => (held ? void held.push(route) : route.continue()));
  return async () => {
    const waiting = held ?? [];
    held = null;
    await Promise.all(waiting.map((route) => route.continue()));
  };
}

/** Runs in the page, before its own scripts; as text, because these tests are typed without a DOM. */
const recordStates = `
  const seen = (globalThis.seenStates = []);
  new MutationObserver(() => {
    const state = document.querySelector("main [data-state]")?.dataset.state;
    if (state !== undefined && seen.at(-1) !== state) seen.push(state);
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-state"] });
`;
