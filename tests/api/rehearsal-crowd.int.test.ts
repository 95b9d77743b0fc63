import { expect, test } from "vitest";
import type { CrowdAnswer } from "../../core/contract/rehearsal.ts";
import type { SaleMode } from "../../core/contract/sale-mode.ts";
import { guardedSales } from "../../core/guardian/guarded-sales.postgres.ts";
import { planCrowd } from "../../core/rehearsal/crowd.ts";
import { followLine } from "../../core/rehearsal/follow-line.http.ts";
import { sendCrowd } from "../../core/rehearsal/send-crowd.http.ts";
import { ownChain } from "../../local/beacon/own-chain.ts";
import { testCloud } from "../support/cloud.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { testLine } from "../support/test-line.ts";
import { aBuyer } from "../support/test-sale.ts";
import { waitFor } from "../support/wait-for.ts";

const cloud = await testCloud();
const { newSale } = testApi(cloud.apiUrl);
const at = testLine(cloud, await ownChain({ genesisSeconds: 1_700_000_000 }));
const iso = (ms: number) => new Date(ms).toISOString();

test.each<[SaleMode["kind"], (startsAtMs: number) => SaleMode]>([
  [
    "waiting_room",
    (startsAtMs) => ({
      kind: "waiting_room",
      closesAt: iso(startsAtMs - 120_000),
      listSeconds: 30,
      turnSeconds: 300,
      admissionsPerSecond: 50,
      mostInside: 10,
    }),
  ],
  [
    "draw",
    (startsAtMs) => ({
      kind: "draw",
      closesAt: iso(startsAtMs - 120_000),
      resultAt: iso(startsAtMs - 60_000),
      turnSeconds: 300,
    }),
  ],
])(
  "a rehearsal's crowd joins a %s, waits, and buys in turn; whoever gets none knows it",
  async (_kind, mode) => {
    const startsAtMs = Date.now() - 60_000;
    const saleId = await newSale({
      mode: mode(startsAtMs),
      startsAt: iso(startsAtMs),
      allocated: 3,
      purchaseLimit: 1,
      currency: "XTS",
      visibility: "unlisted",
    });
    const people = Array.from({ length: 8 }, () => {
      const buyerId = aBuyer();
      return { buyerId, token: tokenOf(buyerId) };
    });
    const left: CrowdAnswer[] = [];
    const untilMs = performance.now() + 20_000;
    const line = { siteUrl: cloud.apiUrl, saleId, people, joinUntilMs: untilMs, waitUntilMs: untilMs };
    const bought = sendCrowd({
      siteUrl: cloud.apiUrl,
      saleId,
      plan: planCrowd("none", 8, 3),
      comers: followLine(line, left),
      breakIt: async () => {},
      limitMs: 20_000,
    });
    // A guardian whose looks come faster than time passes.
    const duty = at.guardian();
    await waitFor("everybody has joined", async () => (await at.joins.ofList(saleId, 0)).length === 8);
    await at.look(duty, saleId, startsAtMs - 119_000);
    await at.look(duty, saleId, startsAtMs - 100_000);
    await at.bringRound(saleId, 0);
    for (const offsetMs of [-20_000, 1_000, 5_000, 9_000]) await at.look(duty, saleId, startsAtMs + offsetMs);
    await waitFor("all units are in orders", async () => {
      const sale = (await guardedSales(at.db)).find((guarded) => guarded.saleId === saleId);
      return sale?.sold === 3;
    });
    for (const offsetMs of [13_000, 17_000]) await at.look(duty, saleId, startsAtMs + offsetMs);

    const answers = [...(await bought).answers, ...left];
    expect(new Set(answers.map(({ buyerId }) => buyerId)).size).toBe(8);
    const kinds = answers.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "accepted")).toHaveLength(3);
    expect(kinds.filter((kind) => kind === "sold_out" || kind === "no_turn")).toHaveLength(5);
    const made = await at.ledger.ofSale(saleId);
    expect(made.map(({ reservation }) => reservation.step)).toEqual([
      expect.any(Number),
      expect.any(Number),
      expect.any(Number),
    ]);
  },
  60_000,
);
