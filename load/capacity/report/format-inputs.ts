import { assumed, quotas } from "../quotas.ts";
import type { ServiceTimes } from "../service-times.ts";
import { count, type Row, table } from "./markdown.ts";

const microseconds = (ms: number) => `${Math.round(1000 * ms).toLocaleString("en")} µs`;

/** What was measured, with the machine that it was measured on. */
export function formatServiceTimes({
  function: own,
  gate,
  importMs,
  local,
  hardware,
  ...when
}: ServiceTimes): string {
  const { pipelined, alone } = gate;
  const rows: Row[] = [
    ["function: refused from memory", microseconds(own.memoryMs)],
    ["function: refused by the gate", microseconds(own.refusedMs)],
    ["function: accepted", microseconds(own.acceptedMs)],
    ["function: cold import", `${Math.round(importMs)} ms`],
    ["gate: refuses, call by call", microseconds(alone.refusedMs)],
    ["gate: reserves, call by call", microseconds(alone.reservedMs)],
    ["gate: clears an outbox entry, call by call", microseconds(alone.clearMs)],
    ["gate: refuses, pipelined", microseconds(pipelined.refusedMs)],
    ["gate: reserves, pipelined", microseconds(pipelined.reservedMs)],
    ["consumer: an order, with the local trigger's own work", microseconds(local.consumed.api)],
    ["PostgreSQL: an order", microseconds(local.consumed.database)],
  ];
  return [
    `Measured ${when.measuredAt} at ${when.revision} on ${hardware.processors}, Node ${hardware.node}, Redis ${hardware.redis}; processor time.`,
    table(["service", "takes"], rows),
  ].join("\n\n");
}

/** What was taken from AWS's documents or from memory. */
export function formatSources(): string {
  const rows: Row[] = [
    ...Object.values(quotas).map(({ what, value, source }): Row => [
      what,
      count(value),
      source ?? "remembered, check it",
    ]),
    ...Object.values(assumed).map(({ what, value }): Row => [
      what,
      String(value),
      "remembered, not measured on AWS",
    ]),
  ];
  return table(["quota or assumption (times in ms)", "value", "source"], rows);
}
