import type { Receipt, TurnReason } from "../contract/line.ts";
import type { SessionSigner } from "../identity/session.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import { estimateWait, type WaitEstimate } from "./estimate.ts";
import type { Lane } from "./leaf.ts";
import type { LineFiles } from "./line-files.dynamo.ts";
import type { LineMemory } from "./line-memory.ts";
import type { LineState } from "./line-state.ts";
import { lotOf, rankOf } from "./lot.ts";
import { checkTicket } from "./ticket.ts";
import { stepOf } from "./turn.ts";

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

export type TurnDependencies = {
  readonly signer: SessionSigner;
  readonly lines: LineMemory;
  readonly files: Pick<LineFiles, "hasLeaf">;
};
export type Turns = ReturnType<typeof createTurns>;

type Entry = { readonly list: number; readonly lane: Lane; readonly leaf: string };

/** Where an entry stands; null: its list has no key yet. */
export function rankIn(state: LineState, { list, lane, leaf }: Entry): string | null {
  const key = state.lists[list]?.key?.key;
  return key === undefined ? null : rankOf(list, lane, lotOf(key, leaf));
}

/** Checks tickets. Nobody whose turn has come is ever refused here: only those that no step of the log has reached. */
export function createTurns({ signer, lines, files }: TurnDependencies, nowMs: () => number) {
  /** Of a ticket that was issued before its list was read. An entry that came too late to be read has no lot, and no turn. */
  const stands = async (state: LineState, { saleId, list, leaf }: Receipt) => {
    const root = state.lists[list]?.root?.root;
    return root !== undefined && files.hasLeaf(saleId, { list, root }, leaf);
  };

  return {
    /** @throws what the log's reader throws: then nobody knows. */
    async turnOf(saleId: SaleId, buyerId: BuyerId, ticket: string): Promise<Turn> {
      const checked = checkTicket(signer, ticket, saleId, buyerId);
      if (checked.kind !== "good") return { kind: "not_your_turn", reason: checked.kind };
      const { list, leaf, quantity } = checked.receipt;
      const { state } = await lines.lineOf(saleId);
      const rank = rankIn(state, checked.receipt);
      if (rank === null) return { kind: "not_your_turn", reason: "not_drawn" };
      const step = stepOf(state, { rank, quantity });
      if (step && checked.isUnread && !(await stands(state, checked.receipt)))
        return { kind: "not_your_turn", reason: "not_drawn" };
      if (step) return { kind: "reached", turn: { step: step.step, rank, list, leaf, quantity } };
      if (rank <= state.upTo) return { kind: "not_your_turn", reason: "passed_over", rank };
      const estimate = estimateWait(state, rank, { nowMs: nowMs(), inside: null, available: null });
      return { kind: "not_your_turn", reason: "not_reached", rank, estimate };
    },
  };
}
