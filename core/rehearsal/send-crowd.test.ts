import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import type { BuyerId, SaleId } from "../ids.ts";
import { planCrowd } from "./crowd.ts";
import { type Crowd, sendCrowd } from "./send-crowd.http.ts";

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

async function site(answer: RequestListener): Promise<string> {
  const server = createServer((request, response) =>
    request.resume().on("end", () => answer(request, response)),
  );
  await new Promise<void>((resume) => server.listen(0, "127.0.0.1", resume));
  closing.push(() => server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const accepted = JSON.stringify({ outcome: "accepted", orderId: "ord_1", state: "accepted" });
const accept: RequestListener = (_request, response) =>
  response.writeHead(202, { "content-type": "application/json" }).end(accepted);

/** As stacks/firewall.ts: so many in any span, blocked ones counted too; its own words, and a time to wait. */
function firewall({
  most,
  windowMs,
  retryAfterSeconds,
}: Record<"most" | "windowMs" | "retryAfterSeconds", number>) {
  let times: number[] = [];
  const counted = { seen: 0, blocked: 0 };
  const listener: RequestListener = (request, response) => {
    const nowMs = performance.now();
    times = [...times.filter((atMs) => nowMs - atMs < windowMs), nowMs];
    counted.seen++;
    if (times.length <= most) return accept(request, response);
    counted.blocked++;
    const headers = { "content-type": "text/plain", "retry-after": String(retryAfterSeconds) };
    return response.writeHead(429, headers).end("Too many attempts; wait a moment.");
  };
  return { listener, counted };
}

const crowdAt = (siteUrl: string, size: number, change: Partial<Crowd> = {}): Crowd => ({
  siteUrl,
  saleId: "s" as SaleId,
  plan: planCrowd("none", size, size),
  comers: Array.from({ length: size }, (_, index) => ({
    index,
    person: { buyerId: `byr_${index}` as BuyerId, token: "t" },
  })),
  breakIt: async () => {},
  limitMs: 10_000,
  ...change,
});
const kindsOf = (answers: readonly { readonly kind: string }[]) =>
  Object.fromEntries([...Map.groupBy(answers, ({ kind }) => kind)].map(([kind, of]) => [kind, of.length]));

const breakIt = () => Promise.reject(new Error("POST /pause answered 503: busy"));

describe("a fault that cannot be made", () => {
  test("ends nothing: the crowd is answered, and why is said", { timeout: 20_000 }, async () => {
    const url = await site((...http) => setTimeout(() => accept(...http), 5));
    const plan = planCrowd("pause", 100, 2);
    const { answers, faultFailed } = await sendCrowd(crowdAt(url, 100, { plan, breakIt }));
    expect(kindsOf(answers)).toEqual({ accepted: 100 });
    expect(faultFailed).toBe("POST /pause answered 503: busy");
  });
});

describe("before a firewall", () => {
  test(
    "a crowd that is larger than it lets through is slowed, and never blocked",
    { timeout: 20_000 },
    async () => {
      const { listener, counted } = firewall({ most: 30, windowMs: 200, retryAfterSeconds: 30 });
      const pace = { most: 27, windowMs: 1_200 };
      const { answers, faultFailed } = await sendCrowd(crowdAt(await site(listener), 60, { pace }));
      expect(kindsOf(answers)).toEqual({ accepted: 60 });
      expect(counted).toEqual({ seen: 60, blocked: 0 });
      expect(faultFailed).toBeNull();
    },
  );

  test(
    "whose address is blocked waits as long as it is told, all of them, and then is answered",
    { timeout: 20_000 },
    async () => {
      // Longer than anybody waits whom the API asks to.
      const { listener, counted } = firewall({ most: 40, windowMs: 5_500, retryAfterSeconds: 6 });
      const pace = { most: 1_000, windowMs: 1_000 };
      const { answers } = await sendCrowd(crowdAt(await site(listener), 60, { pace, limitMs: 20_000 }));
      expect(kindsOf(answers)).toEqual({ accepted: 60 });
      // Nobody knocks on a door that is shut.
      expect(counted).toEqual({ seen: 80, blocked: 20 });
    },
  );
});

describe("what is lost and what is doubled", () => {
  test("every third person's first final answer is lost, and asked for again under the same key", async () => {
    const keys = new Map<string, number>();
    const url = await site((request, response) => {
      const key = String(request.headers["idempotency-key"]);
      keys.set(key, (keys.get(key) ?? 0) + 1);
      accept(request, response);
    });
    const plan = planCrowd("answers_lost", 6, 6);
    const { answers } = await sendCrowd(crowdAt(url, 6, { plan }));
    expect(kindsOf(answers)).toEqual({ accepted: 6 });
    expect(answers.filter(({ isOrderLost }) => isOrderLost)).toHaveLength(2);
    expect([...keys.values()].toSorted((a, b) => a - b)).toEqual([1, 1, 1, 1, 2, 2]);
  });

  test("of a purchase that is sent twice each copy is answered for good", async () => {
    let seen = 0;
    const url = await site((request, response) => {
      if (++seen % 2 === 1) return accept(request, response);
      return seen === 2 ? response.writeHead(503).end() : accept(request, response);
    });
    const { answers } = await sendCrowd(crowdAt(url, 1, { plan: planCrowd("sent_twice", 1, 1) }));
    expect(kindsOf(answers)).toEqual({ accepted: 1 });
    expect(seen).toBe(4);
  });
});
