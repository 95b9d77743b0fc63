import { gateClient } from "../../core/clients/gate.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import type { SaleId } from "../../core/ids.ts";
import type { LineGate } from "../../core/line/line-view.ts";
import { readGate } from "../../core/watch/read-gate.ts";
import type { GateReading } from "../../core/watch/sale-view.ts";

const config = loadConfig(["REDIS_URL", "REDIS_CLUSTER", "REDIS_CA"]);
const gate = gateClient(config);

/** What is left and what is held; null: the gate cannot be trusted now. */
export const stockOf = async (saleId: SaleId) => (await readLineGate(saleId)).counters;

type LineReading = { readonly counters: LineGate; readonly nowMs: number; readonly isTrusted: boolean };

/** The gate's counters for a line, and its clock where it answers. */
export const readLineGate = async (saleId: SaleId): Promise<LineReading> =>
  lineGateOf(await readGate(gate, saleId));

/** The same of a gate that was asked already. */
export function lineGateOf(view: GateReading): LineReading {
  if (view?.kind !== "found") return { counters: null, nowMs: systemClock.nowMs(), isTrusted: false };
  if (view.isRecovering) return { counters: null, nowMs: view.nowMs, isTrusted: false };
  const { available, held } = view.stock;
  return { counters: { available, held, inside: view.line.inside }, nowMs: view.nowMs, isTrusted: true };
}
