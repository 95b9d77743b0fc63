import { gateConnection } from "../../core/clients/purchase-gate.ts";
import { loadConfig } from "../../core/config.ts";
import type { LineNumbers } from "../../core/contract/line.ts";
import { createGateContents } from "../../core/gate/gate-contents.redis.ts";
import type { SaleId } from "../../core/ids.ts";
import { changeHeldFromMs } from "../../core/line/change-held.ts";
import { lineCounts } from "../../core/line/line-counts.ts";
import { lineView } from "../../core/line/line-view.ts";
import { readLineGate } from "./line-gate.ts";
import type { FoundLine } from "./line.ts";

const config = loadConfig(["REDIS_URL", "REDIS_CLUSTER", "REDIS_CA"]);

const iso = (ms: number) => new Date(ms).toISOString();

/** A line as operators see it. @throws when the gate does not answer: its counts would be wrong. */
export async function numbersOfLine(saleId: SaleId, { state, rules }: FoundLine): Promise<LineNumbers> {
  const contents = createGateContents(gateConnection(config));
  const [{ counters, nowMs }, bought] = await Promise.all([
    readLineGate(saleId),
    contents.boughtInSteps(saleId),
  ]);
  return {
    line: lineView(saleId, state, rules, counters, nowMs),
    change: changeOf(state),
    lists: lineCounts(state, bought),
  };
}

function changeOf(state: FoundLine["state"]): LineNumbers["change"] {
  if (!state.lastChange) return null;
  const { what, role, atMs } = state.lastChange;
  const holdsFromMs = changeHeldFromMs(state);
  return { what, role, at: iso(atMs), holdsFrom: holdsFromMs === null ? null : iso(holdsFromMs) };
}
