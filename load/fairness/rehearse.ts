import type { LineView } from "../../core/contract/line.ts";
import type { SaleId } from "../../core/ids.ts";
import { LocalError } from "../../local/local-error.ts";
import { localSession } from "../local-session.ts";
import { runningCloud } from "../running-cloud.ts";
import { createCaller } from "./caller.ts";
import { followLine } from "./follow-line.ts";
import { joinLine, untilAnswered } from "./join-line.ts";
import { acceptedOf, type Guest, type Launch } from "./launch.ts";

export type Rehearsal = {
  readonly saleId: SaleId;
  readonly url: string;
  readonly dataDir: string;
  readonly people: number;
  /** They wait, and nobody of them buys: this command ends with the last join. */
  readonly onlyJoin: boolean;
};

const CONNECTIONS = 8;
const JOINS_AT_ONCE = 8;
/** A puzzle costs this machine some tenths of a second: the others take the slower lane. */
const SOLVES_EVERY = 20;
const REACTIONS_MS = [500, 1_500, 2_500, 4_000];
/** After the opening; a line that takes longer goes on without this crowd. */
const FOLLOW_MS = 60 * 60_000;

/**
 * Brings people to the line of a sale that is there already, in the cloud that `npm start` runs: they join as a page does, wait,
 * and each buys in their turn. @returns whether nothing was found wrong.
 */
export async function rehearse(
  { saleId, url, dataDir, people, onlyJoin }: Rehearsal,
  onProgress: (text: string) => void,
): Promise<boolean> {
  const { apiUrl } = (await runningCloud(url, dataDir)).addresses();
  const caller = createCaller(apiUrl, CONNECTIONS);
  try {
    const answer = await untilAnswered(caller, { route: `GET /api/sale/${saleId}/line` });
    if (answer.status !== 200) throw new LocalError(`${saleId} has no line at ${apiUrl}: ${answer.body}`);
    const view = JSON.parse(answer.body) as LineView;
    const launch = launchOf(apiUrl, saleId, view, people, caller);
    await joinAll(launch);
    onProgress(`${people} people stand in line; ${view.closesAt} its first list closes`);
    if (onlyJoin) return launch.faults.length === 0;
    const waitMs = Math.max(0, Date.parse(view.startsAt) - Date.now());
    await followLine(launch, { limitMs: waitMs + FOLLOW_MS });
    onProgress(`the line has ended; ${acceptedOf(launch)} of them have bought`);
    for (const fault of launch.faults) onProgress(`WRONG: ${fault}`);
    onProgress(`node verify-fairness.mjs ${apiUrl}/api/sale/${saleId}/fairness --rehearsal`);
    return launch.faults.length === 0;
  } finally {
    caller.close();
  }
}

function launchOf(
  apiUrl: string,
  saleId: SaleId,
  { mode, startsAt }: LineView,
  people: number,
  caller: Launch["callers"]["honest"],
): Launch {
  const guests = Array.from({ length: people }, (_, i): Guest => ({
    kind: "honest",
    solves: i % SOLVES_EVERY === 0,
    reactionMs: REACTIONS_MS[i % REACTIONS_MS.length]!,
    address: "127.0.0.1",
    buyer: localSession(),
    quantity: 1,
    entry: null,
    toldTurn: null,
  }));
  const plan = { mode: mode === "returns" ? "open" : mode, hasDefences: true, breakage: null } as const;
  const callers = { honest: caller, bots: caller };
  const startsAtMs = Date.parse(startsAt);
  return { plan, apiUrl, saleId, units: 0, startsAtMs, guests, callers, log: [], solutions: [], faults: [] };
}

/** @throws LocalError when somebody may not join: the line is closed, or nobody joins it yet. */
async function joinAll(launch: Launch): Promise<void> {
  const next = launch.guests.values();
  const work = async () => {
    for (const guest of next) await joinLine(launch, guest);
  };
  try {
    await Promise.all(Array.from({ length: JOINS_AT_ONCE }, work));
  } catch (cause) {
    throw new LocalError((cause as Error).message, { cause });
  }
}
