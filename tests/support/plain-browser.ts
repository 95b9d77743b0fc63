import { randomUUID } from "node:crypto";
import { call } from "../../local/fixtures/call.ts";

const FORM = "application/x-www-form-urlencoded";

export type PlainPage = Awaited<ReturnType<typeof call>> & {
  /** Where an answer leads to, if it does. */
  readonly location: string | undefined;
  /** The page's heading, and all its words. */
  readonly heading: string;
  readonly words: string;
};

type Post = {
  readonly token?: string | undefined;
  /** Instead of the site's own, as a browser would send it; undefined: none. */
  readonly origin?: string | undefined;
  readonly site?: string;
  readonly type?: string;
};

const decoded = (text: string) =>
  text
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&")
    .replace(/\s+/g, " ")
    .trim();

const toPage = (answer: Awaited<ReturnType<typeof call>>): PlainPage => ({
  ...answer,
  location: answer.headers.location,
  heading: decoded(/<h1[^>]*>(.*?)<\/h1>/s.exec(answer.body)?.[1] ?? ""),
  words: decoded(answer.body.replace(/^.*<main/s, "").replace(/<[^>]*>/g, " ")),
});

const cookie = (token: string | undefined) => (token === undefined ? [] : ["cookie", `session=${token}`]);

/** What a browser without script does with the plain pages of `apiUrl`: it follows links and sends forms. */
export function plainBrowser(apiUrl: string) {
  const post = async (path: string, fields: Readonly<Record<string, string>>, options: Post = {}) => {
    const { token, site, type = FORM } = options;
    const origin = "origin" in options ? options.origin : apiUrl;
    const headers = [
      ...cookie(token),
      "content-type",
      type,
      ...(origin === undefined ? [] : ["origin", origin]),
      ...(site === undefined ? [] : ["sec-fetch-site", site]),
    ];
    const body = new URLSearchParams(fields).toString();
    return toPage(await call(apiUrl + path, { method: "POST", headers, body }));
  };

  return {
    open: async (path: string, token?: string) =>
      toPage(await call(apiUrl + path, { headers: cookie(token) })),
    post,
    /** Sends the buy form of a sale's page, with a new key unless it says otherwise. */
    buy: (saleId: string, options: Post & { readonly key?: string; readonly quantity?: string } = {}) => {
      const { key = randomUUID(), quantity = "1", ...rest } = options;
      return post("/plain/en/purchase", { saleId, quantity, key }, rest);
    },
  };
}

const attribute = (text: string, name: string) =>
  decoded(new RegExp(`\\b${name}="([^"]*)"`).exec(text)?.[1] ?? "");

/** The fields of a page's form that is sent to `action`, as a browser would fill them; null: there is no such form. */
export function formOf({ body }: PlainPage, action: string): Readonly<Record<string, string>> | null {
  const form = body.split("<form").find((part) => part.includes(`action="${action}"`));
  if (form === undefined) return null;
  const inputs = form.split("</form>", 1)[0]!.matchAll(/<input\b([^>]*)>/g);
  return Object.fromEntries(
    [...inputs].map(([, text = ""]) => [attribute(text, "name"), attribute(text, "value")]),
  );
}
