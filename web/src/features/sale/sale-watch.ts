import { api } from "../api/api.ts";
import type { SaleStatus } from "../api/contract.ts";
import { isMissing } from "../api/request.ts";
import type { ServerClock } from "../clock/server-clock.ts";
import { startPoll } from "../page/poll.ts";
import { backoffMs, drawnOutMs, spreadMs } from "../page/waits.ts";

export type SaleWatch = {
  sale: () => SaleStatus | "unknown" | "unreachable" | "not_found";
  /** The last look failed: what is shown is the last that was known. */
  isStale: () => boolean;
  askNow: () => void;
};

/**
 * At the opening, pages ask within at least this much of each other instead of all at once, and within the wait that the server
 * asked for: the longer, the larger a crowd it expects. Nobody waits for that answer: Buy appears by the page's clock.
 */
const OPENING_SPREAD_MS = 800;
/** Once the opening is due, the server may still answer from a cache of a second ago: nobody waits a long round then. */
const OVERDUE_POLL_MS = 1_000;

/** Follows one sale's status as slowly as the server wants, and takes the server's time from each answer. */
export function watchSale(saleId: string, clock: ServerClock, onChange: () => void): SaleWatch {
  let sale: ReturnType<SaleWatch["sale"]> = "unknown";
  let failures = 0;

  const poll = startPoll(async () => {
    const reply = await api.saleStatus(saleId);
    const isGone = isMissing(reply);
    if (reply.kind === "ok") {
      failures = 0;
      sale = reply.value;
      clock.hear({ ...reply, serverMs: Date.parse(sale.serverTime) });
    } else if (isGone) sale = "not_found";
    else {
      failures += 1;
      if (typeof sale !== "object") sale = "unreachable";
    }
    onChange();
    return reply.kind === "ok" ? nextAskMs(reply.value, clock) : backoffMs(isGone ? Infinity : failures);
  });
  return { sale: () => sale, isStale: () => failures > 0, askNow: poll.askNow };
}

function nextAskMs(sale: SaleStatus, clock: ServerClock): number {
  const waitMs = drawnOutMs(sale.pollAfterMs);
  if (sale.phase !== "scheduled") return waitMs;
  const untilStartMs = Date.parse(sale.startsAt) - (clock.nowMs() ?? 0);
  return Math.min(
    waitMs,
    untilStartMs > 0
      ? untilStartMs + Math.max(OPENING_SPREAD_MS, sale.pollAfterMs) * Math.random()
      : spreadMs(OVERDUE_POLL_MS),
  );
}
