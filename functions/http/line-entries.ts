import { loadConfig } from "../../core/config.ts";
import type { Entry, EntryList } from "../../core/contract/line.ts";
import { sessionSigner } from "../../core/identity/session.ts";
import { buyerEntries, type FoundEntry } from "../../core/line/buyer-entries.ts";
import type { Step } from "../../core/line/line-state.ts";
import { issueTicket } from "../../core/line/ticket.ts";
import { shownUntilMs } from "../../core/line/turn-end.ts";
import { refuse, shownEstimate } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { readLineGate, waitFacts } from "../compose/line-gate.ts";
import { findLine, lineStores } from "../compose/line.ts";
import { readPathId } from "../request/path-id.ts";

const config = loadConfig(["SESSION_SECRET"]);
const signer = sessionSigner(config.SESSION_SECRET, config.STAGE);
const iso = (ms: number) => new Date(ms).toISOString();
const isoIfKnown = (ms: number | null) => (ms === null ? null : iso(ms));

export const handler = endpoint("lineEntries", async ({ event, session }) => {
  const saleId = readPathId(event, "saleId");
  const [found, gate, stores] = await Promise.all([findLine(saleId), readLineGate(saleId), lineStores()]);
  if (!found) return refuse("not_found", { detail: "There is no such sale, or it has no line" });
  const entries = await buyerEntries(stores, saleId, session.buyerId, found.state, waitFacts(gate));
  const shown = entries.map((entry) =>
    shownEntry(entry, (step) => shownUntilMs(step, found.rules.turnSeconds, gate)),
  );
  const body: EntryList = { entries: shown, serverTime: iso(gate.nowMs) };
  return { status: 200, body };
});

const shownEntry = (
  { receipt, state, rank, estimate, step, isUndone, isUnread }: FoundEntry,
  untilMsOf: (step: Step) => number | null,
): Entry => ({
  receipt,
  isUndone,
  ticket: issueTicket(signer, receipt, isUnread),
  state,
  rank,
  estimate: estimate && shownEstimate(estimate),
  turn: step && { step: step.step, from: iso(step.holdsFromMs), to: isoIfKnown(untilMsOf(step)) },
});
