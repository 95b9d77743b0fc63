import type { ChangeLineRequest } from "../contract/line.ts";
import type { SaleId } from "../ids.ts";
import type { LineLogs } from "./line-log.dynamo.ts";
import type { LineState } from "./line-state.ts";
import type { News, Pace } from "./log-line.ts";

const ATTEMPTS = 10;

export type PaceOutcome =
  | { readonly kind: "changed"; readonly state: LineState }
  /** `one_list`: a draw has one list, which closes at its announced time. */
  | { readonly kind: "no_log" | "ended" | "one_list" };

type Asked = ChangeLineRequest & { readonly role: string };

/**
 * Changes pace, cap, pause or message of a line that has begun, or closes it to newcomers or opens it again: a line of the log, or
 * two. Safe to repeat.
 */
export async function changePace(
  logs: Pick<LineLogs, "read" | "append">,
  saleId: SaleId,
  asked: Asked,
  nowMs: () => number,
): Promise<PaceOutcome> {
  let state = await logs.read(saleId);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (state.end === "ended") return { kind: "ended" };
    if (!state.pace) return { kind: "no_log" };
    if (asked.isClosed !== undefined && state.rules?.mode === "draw") return { kind: "one_list" };
    const [next] = linesFor(state, state.pace, asked);
    if (!next) return { kind: "changed", state };
    state = (await logs.append(saleId, state, next, nowMs())) ?? (await logs.read(saleId, state));
  }
  throw new Error(`the log of ${saleId} moved on ${ATTEMPTS} times`);
}

/** What the log does not say yet of what is asked for. */
function linesFor(state: LineState, pace: Pace, { role, isClosed, ...change }: Asked): News[] {
  const asked = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  const isNew = Object.entries(asked).some(([name, value]) => pace[name as keyof Pace] !== value);
  const isOpening = isClosed !== undefined && isClosed !== (state.lastList !== null);
  return [
    ...(isNew ? [{ kind: "settings", ...pace, ...asked, role } as const] : []),
    ...(isOpening ? [{ kind: "joining", isOpen: !isClosed, role } as const] : []),
  ];
}
