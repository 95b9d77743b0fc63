import { type Clock, startStopwatch } from "../clock.ts";
import type { SaleId } from "../ids.ts";
import { type LineState, noLine } from "./line-state.ts";

/** A copy of the log so old still has every step before it counts. */
const MEMORY_MS = 1_000;
const MOST_SALES = 200;

/** The state of a line, and how long ago the log was asked for it at most. */
export type RememberedLine = { readonly state: LineState; readonly ageMs: () => number };
export type LineMemory = ReturnType<typeof createLineMemory>;

/** What this instance knows of the lines, a second old at most: it reads what was added since, and whoever asks meanwhile waits. */
export function createLineMemory(
  read: (saleId: SaleId, known: LineState) => Promise<LineState>,
  clock: Clock,
) {
  const remembered = new Map<SaleId, RememberedLine>();
  const reading = new Map<SaleId, Promise<RememberedLine>>();

  async function refresh(saleId: SaleId): Promise<RememberedLine> {
    const ageMs = startStopwatch(clock);
    const state = await read(saleId, remembered.get(saleId)?.state ?? noLine);
    const line = { state, ageMs };
    // What was asked for last stands last.
    remembered.delete(saleId);
    remembered.set(saleId, line);
    if (remembered.size > MOST_SALES) forgetOne();
    return line;
  }

  /** Sales without a log first: anybody can make up such, and nothing is lost with them. Else the one that was asked for longest ago. */
  function forgetOne(): void {
    let oldest: SaleId | undefined;
    for (const [saleId, { state }] of remembered) {
      oldest ??= saleId;
      if (state.lines > 0) continue;
      remembered.delete(saleId);
      return;
    }
    if (oldest) remembered.delete(oldest);
  }

  /** Null: it is not known, or was read too long ago. */
  function present(saleId: SaleId): RememberedLine | null {
    const known = remembered.get(saleId);
    return known && known.ageMs() < MEMORY_MS ? known : null;
  }

  return {
    /** The line as far as it is known without asking anybody. */
    present,

    /** The line as its log has it from now on, whatever is remembered. @throws as `lineOf`. */
    readAnew: refresh,

    /** @throws what the log's reader throws: then nobody knows. */
    async lineOf(saleId: SaleId): Promise<RememberedLine> {
      const known = present(saleId);
      if (known) return known;
      const pending = reading.get(saleId) ?? refresh(saleId).finally(() => reading.delete(saleId));
      reading.set(saleId, pending);
      return pending;
    },
  };
}
