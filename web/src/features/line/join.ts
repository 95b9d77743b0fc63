import type { JoinAnswer, ProblemKind, SaleId } from "../api/contract.ts";
import { after } from "./ask-again.ts";
import { askChallenge } from "./ask-challenge.ts";
import { joinUntilKnown } from "./join-until-known.ts";
import { afterJoinEvent, type JoinEvent, type Joining, notJoining } from "./joining.ts";
import { lineApi } from "./line-api.ts";
import { canSolve, startSolver } from "./solver.ts";

/** Within a list nobody is earlier: pages spread their joins over this time, so that a crowd does not come at once. */
const JOIN_SPREAD_MS = 2_000;

export type Join = {
  state: () => Joining;
  start: (quantity: number) => void;
  withoutCheck: () => void;
  /** Takes it back, as long as nothing was sent. */
  cancel: () => void;
  /** Forgets it, whatever it is at. */
  drop: () => void;
};

type Surroundings = {
  readonly saleId: SaleId;
  readonly invitation: () => string | null;
  /** An entry, or the kind of the refusal. */
  readonly onAnswer: (answer: JoinAnswer | ProblemKind) => void;
  readonly onChange: () => void;
};

const nothing = () => {};

/** Does what a join needs in each of its states: asks for a challenge, has it solved, sends it. */
export function createJoin({ saleId, invitation, onAnswer, onChange }: Surroundings): Join {
  let state = notJoining;
  let stop = nothing;

  function happen(event: JoinEvent): void {
    const before = state;
    state = afterJoinEvent(before, event);
    if (state === before) return;
    if (state.kind !== before.kind) {
      // What an older state had begun is over: its worker ends, and what is still answered is not heard.
      stop();
      stop = begin(state);
    }
    onChange();
  }

  function begin(next: Joining): () => void {
    if (next.kind === "solving") return startSolver(next.challenge, happen);
    let isWanted = true;
    if (next.kind === "asking") void ask(() => isWanted);
    if (next.kind === "sending") void send(next, () => isWanted);
    return () => {
      isWanted = false;
    };
  }

  function end(answer: JoinAnswer | ProblemKind): void {
    onAnswer(answer);
    happen({ kind: "answered" });
  }

  async function ask(isWanted: () => boolean): Promise<void> {
    await after(Math.random() * JOIN_SPREAD_MS);
    const answer = await askChallenge({ ask: () => lineApi.challenge(saleId), isWanted });
    if (!isWanted()) return;
    if (answer === null) happen({ kind: "failed" });
    else if (typeof answer === "string") end(answer);
    else happen({ kind: "challenged", ...answer });
  }

  async function send(
    { quantity, solved }: Extract<Joining, { kind: "sending" }>,
    isWanted: () => boolean,
  ): Promise<void> {
    const onAgain = () => isWanted() && happen({ kind: "unclear" });
    const answer = await joinUntilKnown({
      saleId,
      invitation: invitation(),
      quantity,
      solved,
      isWanted,
      onAgain,
    });
    if (!isWanted() || answer === null) return;
    if (answer === "wrong_solution") happen({ kind: "wrong_solution" });
    else end(answer);
  }

  return {
    state: () => state,
    start: (quantity) => happen({ kind: "wanted", quantity, canCheck: canSolve() }),
    withoutCheck: () => happen({ kind: "without_check" }),
    cancel: () => happen({ kind: "cancelled" }),
    drop: () => happen({ kind: "dropped" }),
  };
}
