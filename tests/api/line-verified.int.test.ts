import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import type { JoinAnswer } from "../../core/contract/line.ts";
import type { SaleMode } from "../../core/contract/sale-mode.ts";
import { publishDuty } from "../../core/guardian/duties/publish-duty.ts";
import { guardedSales } from "../../core/guardian/guarded-sales.postgres.ts";
import type { BuyerId, SaleId } from "../../core/ids.ts";
import type { Comparison } from "../../core/reconciliation/compare-stores.ts";
import { ownChain } from "../../local/beacon/own-chain.ts";
import { testCloud } from "../support/cloud.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { testLine } from "../support/test-line.ts";
import { aBuyer } from "../support/test-sale.ts";

const cloud = await testCloud();
const { call, newSale } = testApi(cloud.apiUrl);
const at = testLine(cloud, await ownChain({ genesisSeconds: 1_700_000_000 }));
const iso = (ms: number) => new Date(ms).toISOString();

async function join(saleId: SaleId, buyerId: BuyerId, quantity: number): Promise<string> {
  const body = { quantity };
  const answer = await call(`POST /api/sale/${saleId}/line/entry`, { token: tokenOf(buyerId), body });
  return (answer.body as unknown as JoinAnswer).ticket;
}

/** The verifier that was written from docs/fairness.md alone: its exit code, and what it said. */
async function verify(saleId: SaleId) {
  const url = `${cloud.apiUrl}/api/sale/${saleId}/fairness`;
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [
      "verify-fairness.mjs",
      url,
      "--rehearsal",
    ]);
    return { code: 0, said: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, said: stdout + stderr };
  }
}

async function publish(saleId: SaleId) {
  const sale = (await guardedSales(at.db)).find((guarded) => guarded.saleId === saleId)!;
  const view = await at.gate.inspect(saleId);
  if (view.kind !== "found") throw new Error(view.kind);
  const facts = { ledger: await at.ledger.ofSale(saleId) };
  const comparison = { facts, report: { differences: [] } } as unknown as Comparison;
  const duty = publishDuty({ files: at.files, logs: at.logs, measure: () => {}, warn: () => {} });
  await duty({ sale, view, fence: 1, comparison, isSettled: false });
}

test.each<[string, (startsAtMs: number) => SaleMode]>([
  [
    "room",
    (startsAtMs) => ({
      kind: "waiting_room",
      closesAt: iso(startsAtMs - 120_000),
      listSeconds: 30,
      turnSeconds: 300,
      admissionsPerSecond: 1,
      mostInside: 1_000,
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
])("a stranger's verifier agrees with a %s that was kept and sold here", async (_name, mode) => {
  const startsAtMs = Date.now() - 60_000;
  const settings = { mode: mode(startsAtMs), startsAt: iso(startsAtMs), allocated: 6, purchaseLimit: 3 };
  const saleId = await newSale(settings);
  const people = [1, 2, 3, 1, 2, 3, 1].map((quantity) => ({ buyerId: aBuyer(), quantity }));
  const tickets: string[] = [];
  for (const { buyerId, quantity } of people) tickets.push(await join(saleId, buyerId, quantity));
  const duty = at.guardian();
  await at.look(duty, saleId, startsAtMs - 119_000);
  await at.look(duty, saleId, startsAtMs - 100_000);
  await at.bringRound(saleId, 0);
  for (const offsetMs of [-20_000, 1_000, 5_000, 9_000, 13_000, 17_000])
    await at.look(duty, saleId, startsAtMs + offsetMs);
  await new Promise((resume) => setTimeout(resume, 1_100));

  const kinds: string[] = [];
  for (const [i, { buyerId, quantity }] of people.entries()) {
    const body = { saleId, quantity, ticket: tickets[i] };
    const bought = await call("POST /api/sale/purchase", {
      token: tokenOf(buyerId),
      key: crypto.randomUUID(),
      body,
    });
    kinds.push(bought.body?.kind ?? "bought");
  }
  expect(kinds.filter((kind) => kind === "bought").length).toBeGreaterThan(1);
  await publish(saleId);
  expect(await verify(saleId)).toMatchObject({ code: 0 });
});
