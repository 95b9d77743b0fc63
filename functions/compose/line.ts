import { beaconSource } from "../../core/beacon/beacon-source.ts";
import { ledgerClients } from "../../core/clients/ledger.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { lineModeOf } from "../../core/contract/sale-mode.ts";
import type { SaleId } from "../../core/ids.ts";
import type { RememberedLine } from "../../core/line/line-memory.ts";
import { returnsRules, rulesOf } from "../../core/line/line-rules.ts";
import { mayAwaitReturns } from "../../core/line/returns.ts";
import type { LineState } from "../../core/line/line-state.ts";
import type { Rules } from "../../core/line/log-line.ts";
import { lines } from "./line-stores.ts";

const config = loadConfig(["LEDGER_TABLE", "DYNAMODB_ENDPOINT", "BEACON_REHEARSAL"]);
const { chain } = beaconSource(config);

export { lines, lineStores } from "./line-stores.ts";
export const saleRecord = async (saleId: SaleId) => (await ledgerClients(config)).saleRecords.get(saleId);

type SaleOf = typeof saleRecord;

export type FoundLine = {
  readonly state: LineState;
  readonly rules: Rules;
  /** False: nobody waits yet for what comes back to this open sale. */
  readonly isBegun: boolean;
};

/**
 * A line by its log, a second old at most, or by what its sale promises before it has one; null: there is no such sale, or it
 * has no line.
 */
export const findLine = async (saleId: SaleId, saleOf: SaleOf = saleRecord): Promise<FoundLine | null> =>
  lineIn(saleId, await (await lines()).lineOf(saleId), saleOf);

/** The same by the log as it is now: for what will be kept for a second itself. */
export const readLine = async (saleId: SaleId): Promise<FoundLine | null> =>
  lineIn(saleId, await (await lines()).readAnew(saleId), saleRecord);

async function lineIn(saleId: SaleId, { state }: RememberedLine, saleOf: SaleOf): Promise<FoundLine | null> {
  if (state.rules) return { state, rules: state.rules, isBegun: true };
  const sale = await saleOf(saleId);
  if (!sale) return null;
  // Of a line that nobody has joined yet: its first list closes half a minute after somebody does.
  const rules = mayAwaitReturns(sale) ? returnsRules(sale, chain, systemClock.nowMs()) : rulesOf(sale, chain);
  return rules && { state, rules, isBegun: lineModeOf(sale.mode) !== null };
}
