import { createContext, runInContext } from "node:vm";

type Header = { value: string };
export type EdgeRequest = {
  method: string;
  uri: string;
  querystring: Record<string, Header>;
  headers: Record<string, Header>;
  cookies: Record<string, Header>;
};
export type Origin = { readonly domainName: string };

export const siteFolders = [
  "/_astro",
  "/admin",
  "/de",
  "/order",
  "/orders",
  "/passkeys",
  "/preview",
  "/proof",
  "/sale",
];

/** A route table as SST writes it into the CDN's key-value store: site at the root, API below its prefixes. */
const entries: Readonly<Record<string, string>> = {
  ":routes": JSON.stringify(["site,site,,/", "url,api,,/api", "url,api,,/page", "url,api,,/plain"]),
  "site:metadata": JSON.stringify({
    // Its folders: SST asks the bucket for whatever begins like one of them.
    s3: {
      domain: "bucket.s3.amazonaws.com",
      dir: "",
      routes: siteFolders,
    },
    custom404: "/404.html",
  }),
  "site:/index.html": "s3",
  "site:/404.html": "s3",
  "site:/plain.css": "s3",
  "api:metadata": JSON.stringify({ host: "abc123.execute-api.us-east-1.amazonaws.com", origin: {} }),
};

const get = async (key: string) => {
  const entry = entries[key] ?? entries[key.replace(/^[^:]*(?=:routes)/, "")];
  if (entry === undefined) throw new Error(`KeyNotFound ${key}`);
  return entry;
};

/** Runs the deployed CloudFront function on one request; answers what goes to the origin, and to which. */
export async function runEdgeFunction(code: string, request: Partial<EdgeRequest> & { uri: string }) {
  let origin: Origin | undefined;
  const cf = { kvs: () => ({ get }), updateRequestOrigin: (to: Origin) => (origin = to) };
  const context = createContext({ cf, console });
  runInContext(
    `${code.replace(/import\s+cf\s+from\s+"cloudfront";/, "")}\nglobalThis.run = handler;`,
    context,
  );
  const { run } = context as unknown as {
    run: (event: object) => Promise<EdgeRequest & { statusCode?: number }>;
  };
  const headers = { host: { value: "shop.example.com" }, ...request.headers };
  const full = { method: "GET", querystring: {}, cookies: {}, ...request, headers };
  const sent = await run({ viewer: { ip: "192.0.2.7" }, context: {}, request: full });
  return { sent, origin };
}
