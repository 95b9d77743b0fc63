import { setTimeout as sleep } from "node:timers/promises";
import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import type { SolvedChallenge } from "../../core/contract/challenge.ts";
import type { JoinAnswer } from "../../core/contract/line.ts";
import type { HttpAnswer } from "../http-connection.ts";
import { type Call, type Caller } from "./caller.ts";
import { callerOf, type Guest, type Launch } from "./launch.ts";
import { isOfHand } from "./people.ts";

const MOST_TRIES = 60;
const DEFAULT_RETRY_SECONDS = 1;
/** A puzzle is worth nothing after ten minutes; the dear ones of one address take a busy machine longer than the library waits. */
const SOLVE_LIMIT_MS = 9 * 60_000;

/**
 * Joins the line, as a page does: with a solved puzzle if this person solves one and there are defences. Without them nobody
 * solves any, so all stand in one lane, as they would if there were no puzzle.
 */
export async function joinLine(launch: Launch, guest: Guest): Promise<void> {
  const { saleId, plan, solutions, faults } = launch;
  const caller = callerOf(launch, guest);
  const join = (solution?: SolvedChallenge) =>
    untilAnswered(caller, {
      route: `POST /api/sale/${saleId}/line/entry`,
      token: guest.buyer.token,
      address: guest.address,
      body: { quantity: guest.quantity, solution },
    });

  if (guest.kind === "replay" && plan.hasDefences) {
    const stolen = solutions[0];
    if (stolen && (await join(stolen)).status !== 400) faults.push("a solution of another was taken");
  }
  const solution = plan.hasDefences && guest.solves ? await solve(launch, guest) : undefined;
  if (solution && guest.kind === "honest") solutions.push(solution);
  const answer = await join(solution);
  // Whoever comes too late stands in no line.
  if (answer.status === 409 && guest.kind === "late_burst") return;
  if (answer.status !== 201 && answer.status !== 200)
    throw new Error(`a join was answered ${answer.status}: ${answer.body}`);
  guest.entry = JSON.parse(answer.body) as JoinAnswer;
  const lane = solution ? 0 : 1;
  // Of too many behind one address some are put into lane 1, solved or not.
  if (guest.entry.receipt.lane !== lane && !(solution && isOfHand(guest)))
    faults.push(`somebody is in lane ${guest.entry.receipt.lane}, not ${lane}`);
  if (guest.kind === "many_tries") joinAgain(guest, await join(solution), faults);
}

/** A second join is answered with the same entry. */
function joinAgain({ entry }: Guest, answer: HttpAnswer, faults: string[]): void {
  const again = JSON.parse(answer.body) as JoinAnswer;
  if (again.receipt?.leaf !== entry?.receipt.leaf) faults.push("a second join got a second entry");
}

async function solve(launch: Launch, guest: Guest): Promise<SolvedChallenge> {
  const route = `GET /api/sale/${launch.saleId}/line/challenge`;
  const { token } = guest.buyer;
  const answer = await untilAnswered(callerOf(launch, guest), { route, token, address: guest.address });
  const { challenge } = JSON.parse(answer.body) as Pick<SolvedChallenge, "challenge">;
  const solution = await solveChallenge({ challenge, deriveKey, timeout: SOLVE_LIMIT_MS });
  if (!solution) throw new Error("a puzzle was not solved in time");
  return { challenge, solution: { counter: solution.counter, derivedKey: solution.derivedKey } };
}

/** Asks again while the answer is "not now", as told. @throws when it stays so. */
export async function untilAnswered(caller: Caller, call: Call): Promise<HttpAnswer> {
  for (let tries = 1; tries <= MOST_TRIES; tries++) {
    const answer = await caller.call(call);
    if (answer && answer.status < 500 && answer.status !== 429) return answer;
    await sleep((answer?.retryAfterSeconds ?? DEFAULT_RETRY_SECONDS) * 1_000);
  }
  throw new Error(`${call.route} was not answered in ${MOST_TRIES} tries`);
}
