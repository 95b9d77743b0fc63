import { loadConfig } from "../../core/config.ts";
import { sessionSigner } from "../../core/identity/session.ts";
import type { BuyerId } from "../../core/ids.ts";
import { buyerEntries } from "../../core/line/buyer-entries.ts";
import { lineView } from "../../core/line/line-view.ts";
import { issueTicket } from "../../core/line/ticket.ts";
import { shownUntilMs } from "../../core/line/turn-end.ts";
import type { ShownSale } from "../../core/watch/read-shown.ts";
import type { PlainLine } from "../pages/views/plain/line-state.ts";
import { lineGateOf, waitFacts } from "./line-gate.ts";
import { findLine, lineStores } from "./line.ts";

const config = loadConfig(["SESSION_SECRET"]);
const signer = sessionSigner(config.SESSION_SECRET, config.STAGE);

/** A line as a page without script shows it to a buyer, who is asked for in the stores; null: the sale has none. */
export async function plainLine(
  { sale, gate }: ShownSale,
  buyerId: BuyerId | null,
): Promise<PlainLine | null> {
  const { saleId } = sale;
  const found = await findLine(saleId, async () => sale);
  if (!found) return null;
  const reading = lineGateOf(gate);
  const view = lineView(saleId, found.state, found.rules, reading.counters, reading.nowMs);
  if (!buyerId) return { view, entry: null };
  const entry = (await buyerEntries(await lineStores(), saleId, buyerId, found.state, waitFacts(reading))).at(
    -1,
  );
  if (!entry) return { view, entry: null };
  const turnToMs = entry.step && shownUntilMs(entry.step, found.rules.turnSeconds, reading);
  const turnTo = turnToMs === null ? null : new Date(turnToMs).toISOString();
  return { view, entry: { ...entry, ticket: issueTicket(signer, entry.receipt, entry.isUnread), turnTo } };
}
