import type { Receipt } from "../contract/line.ts";
import type { TurnReason } from "../contract/turn.ts";
import type { SessionSigner } from "../identity/session.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import { estimateWait, type WaitEstimate } from "./estimate.ts";
import type { Lane } from "./leaf.ts";
import type { LineFiles } from "./line-files.dynamo.ts";
import type { LineMemory } from "./line-memory.ts";
import { type LineState, readListOf } from "./line-state.ts";
import { lotOf, rankOf } from "./lot.ts";
import type { EntryReader } from "./entries.dynamo.ts";
import { checkTicket, inLane0, receiptOf } from "./ticket.ts";
import { isPassedOver, stepOf } from "./turn.ts";

/** What a ticket comes to, by a copy of the log that is a second old at most. */
export type Turn =
  /** The line has come to the entry: whether its turn holds, or has lapsed, the gate knows. */
  | {
      readonly kind: "reached";
      readonly turn: {
        readonly step: number;
        readonly rank: string;
        readonly list: number;
        readonly leaf: string;
        readonly quantity: number;
      };
    }
  | NotYourTurn;

export type NotYourTurn = {
  readonly kind: "not_your_turn";
  readonly reason: TurnReason;
  readonly rank?: string;
  readonly estimate?: WaitEstimate;
};

export type Turns = ReturnType<typeof createTurns>;

type Entry = { readonly list: number; readonly lane: Lane; readonly leaf: string };

/** Where an entry stands; null: its list has no key yet. */
export function rankIn(state: LineState, { list, lane, leaf }: Entry): string | null {
  const key = state.lists[list]?.key?.key;
  return key === undefined ? null : rankOf(list, lane, lotOf(key, leaf));
}

type Facts = Parameters<typeof estimateWait>[2];

/** Instances know this many entries at most. */
const MOST_ENTRIES = 10_000;

export type TurnsDependencies = {
  readonly signer: SessionSigner;
  readonly lines: Pick<LineMemory, "present" | "lineOf">;
  readonly entries: Pick<EntryReader, "find">;
  readonly files: Pick<LineFiles, "hasLeaf">;
  readonly nowMs: () => number;
};

/**
 * Checks tickets. Nobody whose turn has come is ever refused here: only those that no step of the log has reached, and those who
 * left. A ticket says what its entry was when it was signed. Once the line may have come to it, the entry itself is read: a buyer
 * who left an open list and joined it again has one entry, however many tickets, and an operator may have undone its lane.
 */
export function createTurns({ signer, lines, entries, files, nowMs }: TurnsDependencies) {
  /** Of lists that have closed, in which entries stay as they are. */
  const known = new Map<string, Receipt | null>();

  async function receiptNow({ saleId, list, buyerId, leaf }: Receipt): Promise<Receipt | null> {
    const found = known.get(leaf);
    if (found !== undefined) return found;
    const entry = await entries.find(saleId, list, buyerId);
    const receipt = entry && receiptOf(saleId, entry);
    if (known.size >= MOST_ENTRIES) known.clear();
    known.set(leaf, receipt);
    return receipt;
  }

  /** Of a ticket that was issued before its list was read. An entry that came too late to be read has no lot, and no turn. */
  const stands = async (state: LineState, { saleId, list, leaf }: Receipt) => {
    const read = readListOf(state, list);
    return read !== null && files.hasLeaf(saleId, read, leaf);
  };

  const factsNow = (available: number | null): Facts => ({
    nowMs: nowMs(),
    inside: null,
    available,
    startsAtMs: null,
  });

  return {
    /**
     * A refusal that needs nobody to be asked: a flood of them must cost little.
     *
     * @param available units that nobody has; null: not known.
     * @returns null: ask `turnOf`.
     */
    refusalAtOnce(
      saleId: SaleId,
      buyerId: BuyerId,
      ticket: string,
      available: number | null,
    ): NotYourTurn | null {
      const line = lines.present(saleId);
      if (!line) return null;
      const checked = checkTicket(signer, ticket, saleId, buyerId);
      if (checked.kind !== "good") return { kind: "not_your_turn", reason: checked.kind };
      const turn = certain(line.state, checked.receipt, factsNow(available));
      return turn?.kind === "not_your_turn" ? turn : null;
    },

    /** @throws what the readers of log and entries throw: then nobody knows. */
    async turnOf(saleId: SaleId, buyerId: BuyerId, ticket: string, available: number | null): Promise<Turn> {
      const checked = checkTicket(signer, ticket, saleId, buyerId);
      if (checked.kind !== "good") return { kind: "not_your_turn", reason: checked.kind };
      const { receipt } = checked;
      const { state } = await lines.lineOf(saleId);
      const facts = factsNow(available);
      const refusal = certain(state, receipt, facts);
      if (refusal) return refusal;
      const turn = turnIn(state, receipt, facts);
      const now = await receiptNow(receipt);
      if (!now) return { kind: "not_your_turn", reason: "left" };
      if (checked.isUnread && !(await stands(state, now)))
        return { kind: "not_your_turn", reason: "not_drawn" };
      return now.leaf === receipt.leaf ? turn : turnIn(state, now, facts);
    },
  };
}

const isReached = ({ kind }: Turn): boolean => kind === "reached";

/** What is certain of a checked ticket without reading its entry; null: the line may have come to it. */
function certain(state: LineState, receipt: Receipt, facts: Facts): Turn | null {
  const turn = turnIn(state, receipt, facts);
  if (turn.kind === "reached") return null;
  return receipt.lane === 0 || !isReached(turnIn(state, inLane0(receipt), facts)) ? turn : null;
}

function turnIn(state: LineState, receipt: Receipt, facts: Facts): Turn {
  const { list, leaf, quantity } = receipt;
  const rank = rankIn(state, receipt);
  if (rank === null) return { kind: "not_your_turn", reason: "not_drawn" };
  const step = stepOf(state, { rank, quantity });
  if (step) return { kind: "reached", turn: { step: step.step, rank, list, leaf, quantity } };
  if (isPassedOver(state, rank)) return { kind: "not_your_turn", reason: "passed_over", rank };
  const estimate = estimateWait(state, rank, facts);
  return { kind: "not_your_turn", reason: "not_reached", rank, estimate };
}
