import { gateClient } from "../../core/clients/gate.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import type { SaleId } from "../../core/ids.ts";
import type { LineGate } from "../../core/line/line-view.ts";
import { readGate } from "../../core/watch/read-gate.ts";
import type { GateReading } from "../../core/watch/sale-view.ts";

const config = loadConfig(["REDIS_URL", "REDIS_CLUSTER", "REDIS_CA"]);
const gate = gateClient(config);

type ReadGate = {
  readonly counters: LineGate;
  readonly nowMs: number;
  readonly isTrusted: boolean;
  /** Neither paused nor recovering: the time of turns runs. */
  readonly isServed: boolean;
};
const untrusted = { counters: null, isTrusted: false, isServed: false };

/** What an entry's wait is estimated from. */
export const waitFacts = ({ counters, nowMs }: ReadGate) => ({
  nowMs,
  inside: counters?.inside ?? null,
  available: counters?.available ?? null,
  startsAtMs: counters?.startsAtMs ?? null,
});

/** What is left and what is held; null: the gate cannot be trusted now. */
export const stockOf = async (saleId: SaleId) => (await readLineGate(saleId)).counters;

/** The gate's counters for a line, and its clock where it answers. */
export const readLineGate = async (saleId: SaleId): Promise<ReadGate> =>
  lineGateOf(await readGate(gate, saleId));

/** The same of a gate that was asked already. */
export function lineGateOf(view: GateReading): ReadGate {
  if (view?.kind !== "found") return { ...untrusted, nowMs: systemClock.nowMs() };
  if (view.isRecovering) return { ...untrusted, nowMs: view.nowMs };
  const { available, held } = view.stock;
  const counters = { available, held, inside: view.line.inside, startsAtMs: view.startsAtMs };
  return { counters, nowMs: view.nowMs, isTrusted: true, isServed: view.state === "running" };
}
