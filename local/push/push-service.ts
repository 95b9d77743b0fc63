import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type OwnBrowser, ownBrowser } from "./own-browser.ts";
import { wrongVapid } from "./vapid-claims.ts";

/** What the service does with a browser's next messages. `silent`: it takes them and does not say so. */
export type PushManner = "fine" | "gone" | "busy" | "broken" | "silent";

export type BroughtMessage = {
  /** As the browser reads it. */
  readonly message: Readonly<Record<string, unknown>>;
  readonly ttlSeconds: number;
  readonly urgency: string;
  readonly topic: string;
};

type Subscribed = {
  readonly browser: OwnBrowser;
  readonly brought: BroughtMessage[];
  calls: number;
  manner: PushManner;
};

const BUSY_SECONDS = 1;
/** A push service must take so much (RFC 8030). */
const MOST_BYTES = 4_096;

export type LocalPushService = Awaited<ReturnType<typeof startPushService>>;

/**
 * A push service on this machine, as RFC 8030 has it: it takes only what is sealed for its browsers and signed by who sends. A
 * browser's own service cannot be had here; this one has switches for what theirs do.
 */
export async function startPushService(port = 0) {
  const all = new Map<string, Subscribed>();
  const silent = new Set<ServerResponse>();
  const server = createServer((request, response) => void take(request, response));
  await new Promise<void>((resume) => server.listen(port, "127.0.0.1", resume));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const answer = (status: number, headers = {}) => response.writeHead(status, headers).end();
    const to = all.get(new URL(request.url ?? "/", url).pathname);
    if (!to) return void answer(404);
    to.calls += 1;
    if (to.manner === "gone") return void answer(410);
    if (to.manner === "busy") return void answer(429, { "retry-after": String(BUSY_SECONDS) });
    if (to.manner === "broken") return void answer(503);
    const brought = read(request, Buffer.concat(parts), to.browser);
    if (typeof brought === "number") return void answer(brought);
    to.brought.push(brought);
    if (to.manner === "silent") return void silent.add(response);
    answer(201, { location: `${url}/message/${to.calls}` });
  }

  /** A status: it is refused. */
  function read(
    { method, headers }: IncomingMessage,
    body: Buffer,
    browser: OwnBrowser,
  ): BroughtMessage | number {
    const [ttl, urgency, topic] = [headers["ttl"], headers["urgency"], headers["topic"]].map(String);
    if (method !== "POST" || headers["content-encoding"] !== "aes128gcm") return 415;
    if (body.length > MOST_BYTES) return 413;
    if (wrongVapid(headers.authorization ?? "", url, Date.now()) !== null) return 403;
    if (
      !/^\d+$/.test(ttl!) ||
      !/^(very-low|low|normal|high)$/.test(urgency!) ||
      !/^[\w-]{1,32}$/.test(topic!)
    )
      return 400;
    try {
      const message = JSON.parse(browser.open(body)) as Record<string, unknown>;
      return { message, ttlSeconds: Number(ttl), urgency: urgency!, topic: topic! };
    } catch {
      return 400;
    }
  }

  return {
    url,

    /** A browser that has subscribed: where it is reached, and what it has been brought. */
    subscribe() {
      const path = `/push/${randomBytes(16).toString("hex")}`;
      const browser = ownBrowser();
      const subscribed: Subscribed = { browser, brought: [], calls: 0, manner: "fine" };
      all.set(path, subscribed);
      return {
        endpoint: url + path,
        keys: browser.keys,
        brought: (): readonly BroughtMessage[] => subscribed.brought,
        /** How often it was called, refused or not. */
        calls: () => subscribed.calls,
        behave: (manner: PushManner) => void (subscribed.manner = manner),
      };
    },

    async stop(): Promise<void> {
      for (const response of silent) response.destroy();
      server.closeAllConnections();
      await new Promise<void>((resume) => server.close(() => resume()));
    },
  };
}
