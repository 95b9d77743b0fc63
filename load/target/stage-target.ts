import { setTimeout as sleep } from "node:timers/promises";
import type { SaleWatch } from "../../core/contract/admin.ts";
import { MAX_PAGE, type OrderPage } from "../../core/contract/admin-orders.ts";
import type { ReconciliationReport } from "../../core/contract/reconciliation.ts";
import type { SaleId } from "../../core/ids.ts";
import { callApi } from "../../local/call-api.ts";
import type { SignedIn } from "../local-session.ts";
import { formatStageVerdict, judgeStage, type StageFacts } from "./stage-verdict.ts";
import type { LoadTarget } from "./target.ts";

const LOOK_EVERY_MS = 1_000;
const SETTLE_LIMIT_MS = 120_000;

/**
 * A deployed stage, known by its address alone: sessions come from outside, and the verdict from what its operator may ask.
 *
 * @param sessions makes so many shoppers' sessions.
 */
export function stageTarget(
  url: string,
  operatorToken: string,
  sessions: (count: number) => Promise<readonly SignedIn[]>,
  settleLimitMs = SETTLE_LIMIT_MS,
): LoadTarget {
  const get = <Answer>(path: string) => callApi<Answer>(url, `GET ${path}`, { token: operatorToken });

  async function ordersOf(saleId: SaleId): Promise<OrderPage["orders"]> {
    const orders: OrderPage["orders"] = [];
    for (let after: string | null = ""; after !== null;) {
      const page: OrderPage = await get(
        `/api/admin/sales/${saleId}/orders?limit=${MAX_PAGE}${after && `&after=${after}`}`,
      );
      orders.push(...page.orders);
      after = page.next;
    }
    return orders;
  }

  async function settledReport(saleId: SaleId): Promise<ReconciliationReport> {
    const endsAtMs = performance.now() + settleLimitMs;
    for (;;) {
      const report = await get<ReconciliationReport>(`/api/admin/sales/${saleId}/reconciliation`);
      if (report.inFlight + report.undecided === 0 || performance.now() > endsAtMs) return report;
      await sleep(LOOK_EVERY_MS);
    }
  }

  async function stockOf(saleId: SaleId): Promise<StageFacts["stock"]> {
    const { stock } = await get<SaleWatch>(`/api/admin/sales/${saleId}`);
    if (!stock) throw new Error(`the gate of ${saleId} does not tell its stock`);
    return stock;
  }

  return {
    apiUrl: () => url,
    dataDir: null,
    operatorToken,
    sessions,
    versions: async () => ({}),
    async judge(saleId, log) {
      const report = await settledReport(saleId);
      const [stock, orders] = await Promise.all([stockOf(saleId), ordersOf(saleId)]);
      const facts: StageFacts = { stock, orders, report };
      const violations = judgeStage(facts, log);
      return {
        saleId,
        isEqual: violations.length === 0,
        verdict: formatStageVerdict(facts, log, violations),
      };
    },
  };
}
