import { api } from "../api/api.ts";
import type { SaleStatus } from "../api/contract.ts";
import { isMissing } from "../api/request.ts";
import type { ServerClock } from "../clock/server-clock.ts";
import { startPoll } from "../page/poll.ts";
import { backoffMs } from "../page/waits.ts";
import { nextLookMs } from "./next-look.ts";

export type SaleWatch = {
  sale: () => SaleStatus | "unknown" | "unreachable" | "not_found";
  /** The last look failed: what is shown is the last that was known. */
  isStale: () => boolean;
  askNow: () => void;
};

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
    if (reply.kind !== "ok") return backoffMs(isGone ? Infinity : failures);
    return nextLookMs(reply.value, Date.parse(reply.value.startsAt) - (clock.nowMs() ?? 0));
  });
  return { sale: () => sale, isStale: () => failures > 0, askNow: poll.askNow };
}
