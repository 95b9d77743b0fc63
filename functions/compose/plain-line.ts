import { loadConfig } from "../../core/config.ts";
import { sessionSigner } from "../../core/identity/session.ts";
import type { BuyerId, SaleId } from "../../core/ids.ts";
import { buyerEntries } from "../../core/line/buyer-entries.ts";
import { lineView } from "../../core/line/line-view.ts";
import { issueTicket } from "../../core/line/ticket.ts";
import { shownUntilMs } from "../../core/line/turn-end.ts";
import type { PlainLine } from "../pages/views/plain/line-state.ts";
import { readLineGate, waitFacts } from "./line-gate.ts";
import { findLine, lineStores } from "./line.ts";

const config = loadConfig(["SESSION_SECRET"]);
const signer = sessionSigner(config.SESSION_SECRET, config.STAGE);

/** A line as a page without script shows it to a buyer; null: the sale has none. */
export async function plainLine(saleId: SaleId, buyerId: BuyerId | null): Promise<PlainLine | null> {
  const [found, gate] = await Promise.all([findLine(saleId), readLineGate(saleId)]);
  if (!found) return null;
  const view = lineView(saleId, found.state, found.rules, gate.counters, gate.nowMs);
  if (!buyerId) return { view, entry: null };
  const entry = (await buyerEntries(await lineStores(), saleId, buyerId, found.state, waitFacts(gate))).at(
    -1,
  );
  if (!entry) return { view, entry: null };
  const turnToMs = entry.step && shownUntilMs(entry.step, found.rules.turnSeconds, gate);
  const turnTo = turnToMs === null ? null : new Date(turnToMs).toISOString();
  return { view, entry: { ...entry, ticket: issueTicket(signer, entry.receipt, entry.isUnread), turnTo } };
}
