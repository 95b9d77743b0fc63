import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type { FairnessIndex } from "../../core/contract/line.ts";
import { localSession } from "../local-session.ts";
import { unitsLeft } from "../verdict/units.ts";
import type { LedgerOrder } from "../verdict/facts.ts";
import { untilAnswered } from "./join-line.ts";
import type { Launch } from "./launch.ts";
import { misplacedTurns, publishedPlaces, type PublishedFiles } from "./published-order.ts";

const LOOK_EVERY_MS = 1_000;
const MOST_TRIES = 3;
/** A large sale is compared seldom. */
const PUBLISHED_LIMIT_MS = 600_000;
const script = join(import.meta.dirname, "..", "..", "verify-fairness.mjs");
const run = promisify(execFile);

export type Verified = {
  readonly code: number;
  /** What the script wrote. */
  readonly said: string;
  readonly misplaced: readonly string[];
};

/**
 * Ends the sale, so that its table of orders is final and every law holds of it, has the outside script check what this launch has
 * published, and holds every turn that somebody was told against the order
 * that the files give which it has checked.
 */
export async function verifyLaunch(
  launch: Launch,
  orders: readonly LedgerOrder[],
  folder: string,
): Promise<Verified> {
  const ended = await untilAnswered(launch.callers.honest, {
    route: `POST /api/admin/sales/${launch.saleId}/end`,
    token: localSession("operator").token,
  });
  if (ended.status !== 200) throw new Error(`the sale was not ended: ${ended.body}`);
  await untilFinal(launch, orders);
  const file = join(folder, `${launch.saleId}.json`);
  const url = `${launch.apiUrl}/api/sale/${launch.saleId}/fairness`;
  const verified = await saveVerified(url, file);
  const files = JSON.parse(readFileSync(file, "utf8")) as PublishedFiles;
  const receipts = launch.guests.flatMap(({ entry }) => (entry ? [entry.receipt] : []));
  const places = publishedPlaces(files, receipts);
  const turns = launch.guests.flatMap((guest) => (guest.toldTurn ? [guest.toldTurn] : []));
  return { ...verified, misplaced: misplacedTurns(turns, places, leavesOfBuyers(launch, orders)) };
}

/** The leaves of those who hold an order. */
function leavesOfBuyers({ guests }: Launch, orders: readonly LedgerOrder[]): Set<string> {
  const buyers = new Set<string>(
    orders.filter((order) => unitsLeft([order]) > 0).map((order) => order.buyerId),
  );
  return new Set(
    guests.flatMap(({ buyer, entry }) => (entry && buyers.has(buyer.buyerId) ? [entry.receipt.leaf] : [])),
  );
}

/** Orders are published after the guardian has compared the stores, and final once the log says what became of each. */
async function untilFinal({ callers, saleId }: Launch, orders: readonly LedgerOrder[]): Promise<void> {
  const endsAtMs = performance.now() + PUBLISHED_LIMIT_MS;
  for (;;) {
    const answer = await untilAnswered(callers.honest, { route: `GET /api/sale/${saleId}/fairness` });
    const index = JSON.parse(answer.body) as FairnessIndex;
    const isFinal = answer.status === 200 && index.orders.isFinal;
    if (isFinal && index.orders.count === orders.length) return;
    if (performance.now() > endsAtMs)
      throw new Error(
        `${index.orders?.count} orders are published, there are ${orders.length}, and final is ${index.orders?.isFinal}`,
      );
    await sleep(LOOK_EVERY_MS);
  }
}

/** A busy machine may leave a file unanswered: then the script can read nothing, keeps nothing, and is called again. */
async function saveVerified(url: string, file: string): Promise<Omit<Verified, "misplaced">> {
  for (let tries = 1; ; tries++) {
    const verified = await runScript([url, "--rehearsal", "--save", file]);
    if (existsSync(file)) return verified;
    if (tries === MOST_TRIES) throw new Error(`${url} was not verified: ${verified.said}`);
    await sleep(tries * LOOK_EVERY_MS);
  }
}

async function runScript(args: readonly string[]): Promise<Omit<Verified, "misplaced">> {
  try {
    const { stdout } = await run(process.execPath, [script, ...args]);
    return { code: 0, said: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code?: number; stdout?: string; stderr?: string };
    return { code: typeof code === "number" ? code : 1, said: `${stdout ?? ""}${stderr ?? String(error)}` };
  }
}
