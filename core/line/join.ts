import { randomBytes } from "node:crypto";
import type { DemotionReason } from "../contract/demotion.ts";
import type { Language } from "../contract/language.ts";
import type { Receipt } from "../contract/line.ts";
import type { SessionSigner } from "../identity/session.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import type { Warn } from "../log.ts";
import { lineModeOf } from "../contract/sale-mode.ts";
import { type Available, isOver, type Sale } from "../sale/sale.ts";
import type { Joins } from "./joins.dynamo.ts";
import type { LineMemory } from "./line-memory.ts";
import { UNITS_A_RETURN } from "./line-rules.ts";
import { type LineState, mayJoin, openList } from "./line-state.ts";
import { whyNoReturns } from "./returns.ts";
import { issueTicket, receiptOf } from "./ticket.ts";

const SALT_BYTES = 16;
/**
 * A join is answered within this time of the reading that told it which list is open, or not at all: a list is read longer than
 * this after it has closed, so whoever was told that they have joined is in it.
 */
export const JOIN_TIME_LIMIT_MS = 4_000;

type Admitted = { readonly kind: "admitted"; readonly why: DemotionReason | null };

/** `Refused`: what those who solved their puzzle wrongly are told, where one is asked for. */
export type JoinDependencies<Refused = never> = {
  readonly joins: Pick<Joins, "put" | "markJoined">;
  readonly lines: Pick<LineMemory, "lineOf">;
  readonly saleOf: (saleId: SaleId) => Promise<Sale | null>;
  /** What the gate has; null: it cannot be trusted now. Asked for an open sale alone. */
  readonly stockOf: (saleId: SaleId) => Promise<Available | null>;
  readonly signer: SessionSigner;
  readonly warn: Warn;
  /**
   * Into which lane this buyer joins a list: asked of the very list that the entry goes into. A solution is spent for one list, and
   * whoever reads the line a second time may find the next one open.
   */
  readonly admit: (list: number) => Promise<Admitted | Refused>;
};

export type JoinOutcome =
  | { readonly kind: "joined" | "present"; readonly receipt: Receipt; readonly ticket: string }
  | { readonly kind: "unknown_sale" | "no_line" | "line_closed" | "join_unknown" }
  | { readonly kind: "over_limit"; readonly purchaseLimit: number };

type Asked = {
  readonly saleId: SaleId;
  readonly buyerId: BuyerId;
  readonly quantity: number;
  readonly language: Language;
};

/** Joins the list that is open now: once for a buyer, whatever device asks, however often. */
export async function joinLine<Refused extends { readonly kind: "wrong_solution" } = never>(
  deps: JoinDependencies<Refused>,
  { saleId, buyerId, quantity, language }: Asked,
): Promise<JoinOutcome | Refused> {
  const { state, ageMs } = await deps.lines.lineOf(saleId);
  const sale = state.rules ? null : await deps.saleOf(saleId);
  const refusal = refuseJoin(state, sale, quantity) ?? (sale && (await refuseReturns(deps, sale)));
  if (refusal) return refusal;
  const list = openList(state);
  try {
    const admission = await deps.admit(list);
    if (admission.kind !== "admitted") return admission;
    // Before the entry: then nobody is in a line whose mode may still change, or has become another since the sale was read.
    if (sale && !(await deps.joins.markJoined(saleId, sale.revision))) return { kind: "join_unknown" };
    const { why } = admission;
    const salt = randomBytes(SALT_BYTES);
    const asked = { buyerId, list, lane: why === null ? 0 : 1, why, quantity, salt, language } as const;
    const { isNew, entry } = await deps.joins.put(saleId, asked);
    if (ageMs() > JOIN_TIME_LIMIT_MS) return { kind: "join_unknown" };
    const receipt = receiptOf(saleId, entry);
    const ticket = issueTicket(deps.signer, receipt);
    return { kind: isNew ? "joined" : "present", receipt, ticket };
  } catch (error) {
    deps.warn("a join was not answered", { saleId, list, error });
    return { kind: "join_unknown" };
  }
}

/** Null: this buyer may join. `sale` is given while the line has no rules yet. */
function refuseJoin(state: LineState, sale: Sale | null, quantity: number): JoinOutcome | null {
  if (!state.rules && !sale) return { kind: "unknown_sale" };
  const purchaseLimit = state.rules?.purchaseLimit ?? entryLimit(sale!);
  const mode = state.rules?.mode ?? lineModeOf(sale!.mode) ?? "returns";
  if ((sale && isOver(sale)) || !mayJoin(state, mode)) return { kind: "line_closed" };
  return quantity > purchaseLimit ? { kind: "over_limit", purchaseLimit } : null;
}

const entryLimit = ({ mode, purchaseLimit }: Sale): number =>
  mode.kind === "open" ? UNITS_A_RETURN : purchaseLimit;

/** Of an open sale whose line nobody has begun yet: whether there is anything to wait for. */
async function refuseReturns(
  { stockOf }: Pick<JoinDependencies, "stockOf">,
  sale: Sale,
): Promise<JoinOutcome | null> {
  if (lineModeOf(sale.mode) !== null) return null;
  if (sale.payment.kind === "none") return { kind: "no_line" };
  const why = whyNoReturns(await stockOf(sale.saleId));
  if (why === null) return null;
  return {
    kind: ({ unknown: "join_unknown", units_left: "no_line", all_paid: "line_closed" } as const)[why],
  };
}
