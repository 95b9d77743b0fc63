import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider } from "oidc-provider";
import { afterAll } from "vitest";

export const CLIENT_ID = "flash-sale";
export const CLIENT_SECRET = "a-secret-between-shop-and-provider";

/** An account of the shop, as its provider tells of it; the login's name is its address. */
export type Account = { readonly sub: string; readonly email?: string; readonly email_verified?: boolean };

const silent: RequestListener = (_, response) => void response.writeHead(503).end();

/**
 * A real OpenID provider on a port of its own, with accounts by name. It is made once the shop's addresses are known: `serve` is
 * given those that it may lead back to.
 */
export async function testProvider(accounts: Readonly<Record<string, Account>>) {
  let listener = silent;
  const server = createServer((request, response) => listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  afterAll(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });

  function serve(redirectUris: readonly string[], more: { readonly emailInToken?: boolean } = {}): void {
    const provider = new Provider(issuer, {
      clients: [{ client_id: CLIENT_ID, client_secret: CLIENT_SECRET, redirect_uris: redirectUris }],
      cookies: { keys: ["a key of the test"] },
      claims: { openid: ["sub"], email: ["email", "email_verified"] },
      conformIdTokenClaims: more.emailInToken !== true,
      findAccount: (_: unknown, id: string) => {
        const account = accounts[id] ?? { sub: id };
        return { accountId: id, claims: async () => ({ ...account, sub: id }) };
      },
    });
    listener = provider.callback();
  }

  return {
    issuer,
    serve,
    /** Answers every request with a status, or with nothing at all. */
    break: (status: number | "silent") => {
      listener = (_, response) => {
        if (status !== "silent") response.writeHead(status).end();
      };
    },
  };
}

/** A browser as far as a sign-in needs one: it keeps cookies by host, and follows where it is led. */
export function plainJar() {
  const cookies = new Map<string, Map<string, string>>();
  const jarOf = (url: string) => {
    const { host } = new URL(url);
    const jar = cookies.get(host) ?? new Map<string, string>();
    cookies.set(host, jar);
    return jar;
  };
  return {
    cookies: (url: string) => [...jarOf(url)].map(([name, value]) => `${name}=${value}`).join("; "),
    async fetch(url: string, init: RequestInit = {}): Promise<Response> {
      const jar = jarOf(url);
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
      const response = await fetch(url, {
        ...init,
        redirect: "manual",
        headers: { ...(init.headers as Record<string, string>), ...(cookie !== "" && { cookie }) },
      });
      for (const line of response.headers.getSetCookie()) {
        const [pair = ""] = line.split(";");
        const at = pair.indexOf("=");
        jar.set(pair.slice(0, at), pair.slice(at + 1));
      }
      return response;
    },
  };
}

type Jar = ReturnType<typeof plainJar>;

/** Signs in at the provider's own pages as `name`, and answers the address that it leads back to. */
export async function signInAtProvider(
  jar: Jar,
  from: string,
  name: string,
  backTo: string,
): Promise<string> {
  let url = from;
  for (let steps = 0; steps < 12; steps++) {
    if (url.startsWith(backTo)) return url;
    let response = await jar.fetch(url);
    if (response.status === 200) {
      const page = await response.text();
      const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
      const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1];
      if (!prompt || !action) throw new Error(`no form at ${url}: ${page}`);
      const body = new URLSearchParams({ prompt, login: name, password: "any" });
      response = await jar.fetch(new URL(action, url).href, { method: "POST", body });
    }
    const location = response.headers.get("location");
    if (!location) throw new Error(`${url} leads nowhere: ${response.status} ${await response.text()}`);
    url = new URL(location, url).href;
  }
  throw new Error(`led around in circles, to ${url}`);
}
