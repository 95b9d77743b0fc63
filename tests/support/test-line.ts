import { createBeaconRecords } from "../../core/beacon/beacon.dynamo.ts";
import { quicknet } from "../../core/beacon/chain.ts";
import { createSale } from "../../core/administration/create-sale.ts";
import { systemClock } from "../../core/clock.ts";
import type { Language } from "../../core/contract/language.ts";
import type { DemotionReason } from "../../core/contract/demotion.ts";
import type { SaleMode } from "../../core/contract/sale-mode.ts";
import type { GateView } from "../../core/gate/gate-view.ts";
import type { OwnChain } from "../../local/beacon/own-chain.ts";
import { lineDuty } from "../../core/guardian/duties/line-duty.ts";
import { type GuardedSale, guardedSales } from "../../core/guardian/guarded-sales.postgres.ts";
import { sessionSigner } from "../../core/identity/session.ts";
import type { BuyerId, SaleId } from "../../core/ids.ts";
import { joinLine, type JoinDependencies } from "../../core/line/join.ts";
import { createJoins } from "../../core/line/joins.dynamo.ts";
import { createLineFiles } from "../../core/line/line-files.dynamo.ts";
import { createLineLogs } from "../../core/line/line-log.dynamo.ts";
import { createLineMemory } from "../../core/line/line-memory.ts";
import { createResults } from "../../core/line/results.dynamo.ts";
import { createTurnMails } from "../../core/line/turn-mails.dynamo.ts";
import { createTurns } from "../../core/line/turns.ts";
import { createLedger } from "../../core/reservation/ledger.dynamo.ts";
import { createSaleRecords } from "../../core/sale/sale-record.dynamo.ts";
import type { TestStores } from "./stores.ts";
import { testGate } from "../gate/test-gate.ts";
import { testTables } from "./test-aws.ts";
import { testOrders } from "./test-orders.ts";
import { aBuyer, anActor } from "./test-sale.ts";

const SECOND_MS = 1_000;
export const testSigner = sessionSigner("a secret of these tests alone, long enough", "local");

/**
 * A line on a test file's stores, kept by a guardian whose looks come when the test says: lists and rounds take minutes, and a
 * test does not. The gate's own clock is the real one. Call it after `testStores`.
 */
export function testLine(stores: TestStores, own?: OwnChain) {
  const dynamo = testTables(stores.dynamoEndpoint);
  const { gate, redis, rebuild, reserve } = testGate(stores.redisUrl);
  const { db } = testOrders(stores.databaseUrl);
  const records = createSaleRecords(dynamo, stores.ledgerTable);
  const chain = own?.chain ?? quicknet;
  const beacon = createBeaconRecords(dynamo, stores.ledgerTable, chain.hash);
  const ledger = createLedger(dynamo, stores.ledgerTable);
  const joins = createJoins(dynamo, stores.lineTable);
  const logs = createLineLogs(dynamo, stores.lineTable);
  const files = createLineFiles(dynamo, stores.lineTable);
  const results = createResults(dynamo, stores.lineTable);
  const turnMails = createTurnMails(dynamo, stores.lineTable);
  const whole = {
    db,
    gate,
    ledger,
    joins,
    logs,
    files,
    results,
    turnMails,
    beacon,
    chain,
    clock: systemClock,
  };
  /** @param others what stands in for a store, as of a guardian that dies there. */
  const guardian = (others: Partial<typeof whole> = {}) => lineDuty({ ...whole, ...others });

  /** Never an older copy than the log: tests do not wait for a second to pass. */
  const lines = () => createLineMemory(logs.read, systemClock);
  const joining: JoinDependencies = {
    joins,
    lines: { lineOf: (saleId) => lines().lineOf(saleId) },
    saleOf: (saleId) => records.get(saleId),
    stockOf: async (saleId) => {
      const view = await gate.inspect(saleId);
      return view.kind === "lost" ? null : view.stock;
    },
    signer: testSigner,
    warn: () => {},
    admit: async () => ({ kind: "admitted", why: null }),
  };

  return {
    db,
    gate,
    redis,
    rebuild,
    reserve,
    ledger,
    joins,
    logs,
    files,
    results,
    turnMails,
    records,
    beacon,
    joining,
    guardian,

    makeSale: async (mode: SaleMode, startsAtMs: number, more = {}): Promise<SaleId> => {
      const request = {
        name: "Sneaker",
        description: "",
        translations: {},
        priceMinor: 1,
        currency: "EUR",
        allocated: 3,
        purchaseLimit: 2,
        attemptLimit: 1_000,
        startsAt: new Date(startsAtMs).toISOString(),
        endsAt: null,
        mode,
        payment: { kind: "none" } as const,
        withdrawal: { kind: "days", days: 14, returnsGo: "on_sale" } as const,
        guests: { kind: "everybody" } as const,
        visibility: "listed" as const,
        ...more,
      };
      const deps = { db, gate, records };
      const outcome = await createSale(deps, request, crypto.randomUUID(), anActor, Date.now());
      if (outcome.kind !== "created") throw new Error(outcome.kind);
      return outcome.sale.saleId;
    },

    join: async (
      saleId: SaleId,
      quantity = 1,
      buyerId: BuyerId = aBuyer(),
      demotion: DemotionReason | null = null,
      language: Language = "en",
    ) => {
      const admit = async () => ({ kind: "admitted", why: demotion }) as const;
      const outcome = await joinLine({ ...joining, admit }, { saleId, buyerId, quantity, language });
      if (outcome.kind !== "joined" && outcome.kind !== "present") throw new Error(outcome.kind);
      return { buyerId, ...outcome };
    },

    /** One look of a guardian, by a clock that the test sets. */
    look: async (
      duty: ReturnType<typeof guardian>,
      saleId: SaleId,
      nowMs: number,
      changed: Partial<GateView> = {},
      ofSale: Partial<GuardedSale> = {},
    ) => {
      const sale = (await guardedSales(db)).find((guarded) => guarded.saleId === saleId);
      const view = await gate.inspect(saleId);
      if (!sale || view.kind !== "found") throw new Error("there is no such sale, or no gate");
      await duty({
        sale: { ...sale, ...ofSale },
        view: { ...view, nowMs, ...changed },
        fence: 1,
        comparison: null,
        isSettled: false,
      });
      return logs.read(saleId);
    },

    turnOf: (saleId: SaleId, buyerId: BuyerId, ticket: string) =>
      createTurns({
        signer: testSigner,
        lines: lines(),
        entries: joins,
        files,
        nowMs: systemClock.nowMs,
      }).turnOf(saleId, buyerId, ticket, null),

    /** Without a chain of one's own any signature will do: that it is the chain's was checked by whoever kept it. */
    bringRound: async (saleId: SaleId, list: number): Promise<void> => {
      const root = (await logs.read(saleId)).lists[list]?.root;
      if (!root) throw new Error(`list ${list} has no root`);
      await beacon.putSignature(root.round, own?.sign(root.round) ?? "ab".repeat(48));
    },

    secondsAgo: (seconds: number) => Date.now() - seconds * SECOND_MS,
  };
}
