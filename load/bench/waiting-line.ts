import { beaconSource } from "../../core/beacon/beacon-source.ts";
import { loadConfig } from "../../core/config.ts";
import { openDynamo } from "../../core/dynamo/connect.dynamo.ts";
import { sessionSigner } from "../../core/identity/session.ts";
import type { BuyerId, SaleId } from "../../core/ids.ts";
import { closeList, lanesOf, listedEntry, rootOfList } from "../../core/line/closed-list.ts";
import { createLineLogs } from "../../core/line/line-log.dynamo.ts";
import { firstPace, rulesOf } from "../../core/line/line-rules.ts";
import { noLine } from "../../core/line/line-state.ts";
import type { News } from "../../core/line/log-line.ts";
import { keyOf } from "../../core/line/lot.ts";
import { roundOf } from "../../core/line/round.ts";
import { issueTicket, receiptOf } from "../../core/line/ticket.ts";
import { createSaleRecords } from "../../core/sale/sale-record.dynamo.ts";
import { LOCAL_SESSION_SECRET } from "../../local/environment.ts";
import { createSale } from "../create-sale.ts";
import { localSession, type SignedIn } from "../local-session.ts";
import type { BenchCloud } from "./bench-cloud.ts";

const HOUR_MS = 3_600_000;
const signer = sessionSigner(LOCAL_SESSION_SECRET, "local");
const iso = (ms: number) => new Date(ms).toISOString();
/** Nobody who reads the log verifies it. */
const SIGNATURE = "ab".repeat(48);

/**
 * A sale with a waiting room whose log has begun: list 0 is open, or it is drawn, and nobody is let in.
 *
 * @returns the sale, and tickets of as many people of list 0.
 */
export async function waitingLine(cloud: BenchCloud, is: "joining" | "drawn", people = 0) {
  const startsAtMs = Date.now() + HOUR_MS;
  const saleId = await createSale(cloud.apiUrl, {
    name: `Line, ${is}`,
    allocated: 1_000,
    startsAt: iso(startsAtMs),
    mode: {
      kind: "waiting_room",
      closesAt: iso(startsAtMs - HOUR_MS / 2),
      listSeconds: 30,
      turnSeconds: 300,
      admissionsPerSecond: 10,
      mostInside: 100,
    },
  });
  const guests = Array.from({ length: people }, () => localSession());
  const entries = guests.map(({ buyerId }) => entryOf(buyerId));
  const dynamo = openDynamo(cloud.dynamoEndpoint);
  try {
    await writeLog(dynamo, cloud, saleId, is === "drawn" ? entries : null);
  } finally {
    dynamo.close();
  }
  const turns = guests.map((buyer: SignedIn, i) => ({
    buyer,
    ticket: issueTicket(signer, receiptOf(saleId, entries[i]!)),
  }));
  return { saleId, turns };
}

const entryOf = (buyerId: BuyerId) => ({
  buyerId,
  list: 0,
  lane: 0 as const,
  quantity: 1,
  salt: Buffer.alloc(16, 7),
});

async function writeLog(
  dynamo: ReturnType<typeof openDynamo>,
  { ledgerTable, lineTable }: BenchCloud,
  saleId: SaleId,
  entries: readonly ReturnType<typeof entryOf>[] | null,
): Promise<void> {
  const { chain } = beaconSource(loadConfig(["BEACON_REHEARSAL"]));
  const sale = (await createSaleRecords(dynamo, ledgerTable).get(saleId))!;
  const rules = rulesOf(sale, chain)!;
  const nowMs = Date.now();
  const all: News[] = [rules, { kind: "settings", ...firstPace(sale), role: "operator" }];
  if (entries) {
    const closed = closeList(saleId, 0, entries.map(listedEntry));
    const [root, round] = [rootOfList(closed), roundOf(rules, nowMs, chain)];
    const parts = { saleId, list: 0, root, chainHash: chain.hash, round, signature: SIGNATURE };
    all.push({ kind: "closing", list: 0 });
    all.push({ kind: "root", list: 0, ...lanesOf(closed), root, round });
    all.push({ kind: "key", list: 0, round, signature: SIGNATURE, key: keyOf(parts) });
  }
  const logs = createLineLogs(dynamo, lineTable);
  let state = noLine;
  for (const news of all) state = (await logs.append(saleId, state, news, nowMs))!;
}
