import type { ChangeLineRequest } from "../contract/line.ts";
import type { SaleId } from "../ids.ts";
import type { LineLogs } from "./line-log.dynamo.ts";
import type { LineState } from "./line-state.ts";

const ATTEMPTS = 10;

export type PaceOutcome =
  { readonly kind: "changed"; readonly state: LineState } | { readonly kind: "no_log" | "ended" };

/** Changes pace, cap, pause or message of a line that has begun; it holds from the guardian's next look. */
export async function changePace(
  logs: Pick<LineLogs, "read" | "append">,
  saleId: SaleId,
  { role, ...change }: ChangeLineRequest & { readonly role: string },
  nowMs: () => number,
): Promise<PaceOutcome> {
  let state = await logs.read(saleId);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (state.end === "ended") return { kind: "ended" };
    if (!state.pace) return { kind: "no_log" };
    const asked = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    const next = await logs.append(
      saleId,
      state,
      { kind: "settings", ...state.pace, ...asked, role },
      nowMs(),
    );
    if (next) return { kind: "changed", state: next };
    state = await logs.read(saleId, state);
  }
  throw new Error(`the log of ${saleId} moved on ${ATTEMPTS} times`);
}
