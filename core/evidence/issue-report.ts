import type { Kysely } from "kysely";
import type { ReportStatement, SignedStatement } from "../contract/evidence.ts";
import type { LineLogs } from "../line/line-log.dynamo.ts";
import type { Database } from "../postgres/database.ts";
import { reportOf } from "../reconciliation/compare-stores.ts";
import type { FactsDependencies } from "../reconciliation/read-facts.ts";
import type { Sale } from "../sale/sale.ts";
import type { Issuer } from "./issue-receipt.ts";
import { tallyOf } from "./reported-orders.postgres.ts";
import { signStatement } from "./signing-key.ts";

export type ReportDependencies = FactsDependencies & {
  readonly db: Kysely<Database>;
  readonly logs: Pick<LineLogs, "read">;
};

const iso = (ms: number): string => new Date(ms).toISOString();

/** A signed report of a sale as it is now. Of one that is closed it stays the same but for its date. */
export async function issueReport(
  deps: ReportDependencies,
  issuer: Issuer,
  sale: Sale,
): Promise<SignedStatement> {
  // Before anything is read: whatever was decided until then is in it. But not before the key's first use: clocks differ.
  const nowMs = issuer.nowMs();
  const issuedAtMs = Math.max(nowMs, await issuer.keys.publish(issuer.key, nowMs));
  const log = sale.mode.kind === "open" ? null : await deps.logs.read(sale.saleId);
  const [compared, { tally, recoveries }] = await Promise.all([
    reportOf(deps, sale),
    tallyOf(deps.db, sale.saleId),
  ]);
  const { lines, sold, withheld, byState, sha256 } = tally;
  const statement: ReportStatement = {
    statement: "flash-sale/report/1",
    issuer: issuer.issuer,
    shop: issuer.shop,
    issuedAt: iso(issuedAtMs),
    saleId: sale.saleId,
    sale: sale.name,
    mode: sale.mode.kind,
    startsAt: iso(sale.startsAtMs),
    endsAt: sale.endsAtMs === null ? null : iso(sale.endsAtMs),
    closedAt: sale.closedAtMs === null ? null : iso(sale.closedAtMs),
    priceMinor: sale.priceMinor,
    currency: sale.currency,
    counts: { allocated: sale.allocated, sold, withheld, orders: lines, byState },
    identities: compared && compared.identities.map((identity) => ({ ...identity })),
    recoveries: recoveries.map(({ epoch, why, started_at, finished_at }) => ({
      epoch,
      why,
      startedAt: started_at.toISOString(),
      finishedAt: finished_at.toISOString(),
    })),
    orders: { lines, sha256 },
    log: log && { lines: log.lines, hash: log.hash },
  };
  return signStatement(issuer.key, statement);
}
