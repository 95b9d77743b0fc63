import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import type { Rehearsal, RehearsalFault, RehearsalStep } from "../contract/rehearsal.ts";
import type { BuyerId, OrderId, RehearsalId, SaleId } from "../ids.ts";
import type { PaymentPage } from "../payment/provider.ts";
import { type Money, runRehearsal } from "./run-rehearsal.http.ts";

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

type Answered = { readonly status: number; readonly body: unknown };

/** A site that answers purchases, and steps as it is told. */
async function siteOf(
  rehearsal: Partial<Rehearsal>,
  answerTo: (step: RehearsalStep, before: number) => Answered,
  bought: unknown = { outcome: "accepted", orderId: "ord_1", state: "accepted" },
) {
  const asked: string[] = [];
  const steps: RehearsalStep[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const isStep = request.url?.endsWith("/steps") === true;
      const step = isStep ? (JSON.parse(String(Buffer.concat(chunks))) as RehearsalStep) : null;
      if (!isStep) asked.push(`${request.method} ${request.url}`);
      const before = steps.filter((earlier) => earlier.step === step?.step).length;
      const { status, body } = step
        ? answerTo(step, before)
        : request.url === "/api/sale/purchase"
          ? { status: 202, body: bought }
          : { status: 200, body: { url: "https://provider.example/pay/cs_test_1" } };
      if (step) steps.push(step);
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(status < 300 && step ? { ...rehearsal, ...(body as object) } : body));
    });
  });
  await new Promise<void>((resume) => server.listen(0, "127.0.0.1", resume));
  closing.push(() => server.close().closeAllConnections());
  return { siteUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, steps, asked };
}

const aRehearsal = (fault: RehearsalFault): Partial<Rehearsal> => ({
  saleId: "s" as SaleId,
  buyers: 4,
  units: 4,
  mode: "open",
  fault,
});
const done = { verdict: {}, state: "done" };
const run = (
  siteUrl: string,
  money: () => Promise<Money> = () => Promise.reject(new Error("not asked for")),
) =>
  runRehearsal(
    { siteUrl, token: "t", newPerson: () => ({ buyerId: "byr_1" as BuyerId, token: "t" }), money },
    "reh_1" as RehearsalId,
  );

test("a pause whose answer is lost is taken back, however often that is refused for now, and why is judged", async () => {
  const site = await siteOf(aRehearsal("pause"), ({ step }, before) => {
    const isOut = step === "break" || (step === "mend" && before === 0);
    return isOut ? { status: 503, body: { kind: "unavailable" } } : { status: 200, body: done };
  });
  expect(await run(site.siteUrl)).toBe(true);
  expect(site.steps.map(({ step }) => step)).toEqual(["begin", "break", "mend", "mend", "judge", "purge"]);
  expect(site.steps[4]).toMatchObject({
    faultFailed: expect.stringContaining("answered 503"),
    notJudged: null,
  });
}, 20_000);

test("a rehearsal that may not begin any more is not judged, and cleared away", async () => {
  const site = await siteOf(aRehearsal("none"), ({ step }) =>
    step === "begin" ? { status: 409, body: { kind: "conflict" } } : { status: 200, body: done },
  );
  expect(await run(site.siteUrl)).toBe(true);
  expect(site.steps.map(({ step }) => step)).toEqual(["begin", "judge", "purge"]);
});

test("of a hold that is paid for the shop is asked where, a card is tried until it is taken, and the books are judged", async () => {
  const held = { outcome: "held", orderId: "ord_1", state: "held" };
  const rehearsal = {
    ...aRehearsal("none"),
    buyers: 3,
    payment: "held",
    startedAt: "2026-11-28T00:00:00Z",
  } as const;
  const site = await siteOf(rehearsal, () => ({ status: 200, body: done }), held);
  const tried: string[] = [];
  const payer: Money["payer"] = {
    pay: async (id, card) => {
      tried.push(`${id} ${card}`);
      return card === "good" ? "paid" : "declined";
    },
  };
  const booked = {
    orderId: "ord_1" as OrderId,
    state: "captured",
    amountMinor: 100,
    capturedMinor: 100,
    refundedMinor: 0,
  } as const;
  const pages = [
    { payments: [{ ...booked, saleId: "another" }], next: "more" },
    { payments: [{ ...booked, saleId: "s" }], next: null },
  ] as unknown as PaymentPage[];
  const sinceMs: number[] = [];
  const provider: Money["provider"] = {
    madeSince: async (ms) => {
      sinceMs.push(ms);
      return pages.shift()!;
    },
  };
  expect(await run(site.siteUrl, async () => ({ payer, provider }))).toBe(true);
  // The second never opens a page.
  expect(tried.toSorted()).toEqual(["cs_test_1 declined", "cs_test_1 good", "cs_test_1 good"]);
  const pay = "POST /api/sale/order/ord_1/payment";
  const back = "GET /plain/en/return/ord_1?buyer=byr_1&to=page";
  expect(site.asked.filter((call) => call === pay)).toHaveLength(2);
  expect(site.asked.filter((call) => call === back)).toHaveLength(2);
  const judged = site.steps.find(({ step }) => step === "judge") as Extract<RehearsalStep, { step: "judge" }>;
  expect(judged.books).toEqual([booked]);
  expect(judged.answers.map(({ hasPaid }) => Number(hasPaid)).toSorted((a, b) => a - b)).toEqual([0, 1, 1]);
  expect(Math.max(...sinceMs)).toBeLessThan(Date.parse(rehearsal.startedAt));
});
