import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, test } from "vitest";
import type { Rehearsal, RehearsalFault } from "../../core/contract/rehearsal.ts";
import type { ProviderBooks } from "../../load/crowd/paid/paid-rest.ts";
import { booksOfSale } from "../../load/crowd/paid/paid-rest.ts";
import { testCloud } from "../support/cloud.ts";
import { saleTraces } from "../support/sale-traces.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { aBuyer } from "../support/test-sale.ts";

/** Its holds stand for a minute before those end that nobody paid for: run it by name. */
const siteDir = mkdtempSync(join(tmpdir(), "flash-sale-rehearsal-"));
const cloud = await testCloud({ siteDir, schedules: ["guardian", "payments", "webhooks"] });
afterAll(() => rmSync(siteDir, { recursive: true }));
const { call } = testApi(cloud.apiUrl);
const traces = saleTraces(cloud);
const operator = tokenOf(aBuyer(), "operator");

const rehearsalOf = async (id: string) => {
  const { body } = await call("GET /api/admin/rehearsals", { token: operator });
  return (body as unknown as { rehearsals: Rehearsal[] }).rehearsals.find(
    ({ rehearsalId }) => rehearsalId === id,
  );
};

test.concurrent.for<RehearsalFault>(["redis_loss", "sent_twice"])(
  "a launch that is paid for is rehearsed while %s: holds, orders and money by exact count, and leaves nothing",
  { timeout: 400_000 },
  async (fault, { expect }) => {
    const started = await call("POST /api/admin/rehearsals", {
      token: operator,
      key: crypto.randomUUID(),
      body: { buyers: 20, units: 12, fault, payment: "held" },
    });
    expect(started).toMatchObject({ status: 202, body: { state: "waiting", payment: "held" } });
    const { rehearsalId, saleId } = started.body as unknown as Rehearsal;
    const state = async () => (await rehearsalOf(rehearsalId))?.state;
    await expect.poll(state, { timeout: 300_000, interval: 500 }).toBe("purging");
    const { verdict } = (await rehearsalOf(rehearsalId))!;
    expect(verdict!.laws.filter(({ holds }) => !holds)).toEqual([]);
    expect(verdict).toMatchObject({ isGo: true, notJudged: null, answers: { held: 12, sold_out: 8 } });
    // Of twelve eight pay, and four never do.
    for (const [law, side] of [
      ["units held = the smaller of units and people", 12],
      ["people who paid = confirmed orders", 8],
      ["holds that nobody paid for = orders that expired", 4],
      ["money taken by the provider's books = confirmed orders × price", 800],
    ] as const)
      expect(verdict!.laws).toContainEqual({ law, left: side, right: side, holds: true });
    // By the stand-in's own books, which no function of ours has read to us.
    const books = booksOfSale(
      (await (await fetch(`${cloud.paymentUrl}/books`)).json()) as ProviderBooks,
      saleId!,
    );
    expect(books.intents.reduce((sum, { received }) => sum + received, 0)).toBe(800);
    expect(books.sessions.filter(({ status }) => status === "open")).toEqual([]);
    expect(books.intents.filter(({ status }) => status === "requires_capture")).toEqual([]);
    await expect.poll(state, { timeout: 120_000, interval: 500 }).toBe("done");
    expect(await traces(saleId!)).toEqual([]);
  },
);
