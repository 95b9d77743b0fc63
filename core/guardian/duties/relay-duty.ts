import type { Measure } from "../../metrics.ts";
import { relay, type RelayDependencies } from "../relay.ts";
import type { Duty } from "./duty.ts";

/** Finishes purchases that nobody finished. Needs no PostgreSQL, and so comes before what does. */
export const relayDuty =
  (deps: RelayDependencies & { readonly measure: Measure }): Duty =>
  async ({ sale, view }) => {
    const { relayed, oldestMs } = await relay(deps, sale.saleId, view.nowMs);
    deps.measure("OutboxAgeMs", oldestMs);
    if (relayed > 0) deps.measure("RelayedOrders", relayed);
    return "next";
  };
