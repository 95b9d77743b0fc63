import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { SaleId } from "../../../core/ids.ts";
import type { Delivery } from "../../../local/payment/webhooks.ts";
import { progress } from "../../../local/start/progress.ts";
import { createSale } from "../../create-sale.ts";
import { ownCloud } from "../../own-cloud.ts";
import { type Facts } from "../../verdict/facts.ts";
import { readFacts } from "../../verdict/read-facts.ts";
import type { CrowdFlags } from "../parse-flags.ts";
import { prepareAttempts } from "../prepare-attempts.ts";
import { sendCrowd } from "../send-crowd.ts";
import { startBuyingAgain, toldSoldOut } from "./buy-again.ts";
import { againReport, judgeAgain } from "./judge-again.ts";
import { judgePaid } from "./judge-paid.ts";
import { judgePaidStores } from "./judge-paid-stores.ts";
import { booksOfSale, isPaidAtRest, type ProviderBooks } from "./paid-rest.ts";
import { actAsHolder, type Holder, type PaidAnswer } from "./pay-holds.ts";
import { judgeShares } from "./judge-shares.ts";
import { judgeTurns } from "./judge-turns.ts";
import { chooseAgain, planBuyers } from "./plan-buyers.ts";
import { judgeRaces, type Race, raceReport, racesOf } from "./race-report.ts";
import { turnBack, type TurnedBack } from "./turn-back.ts";

const PRICE_MINOR = 4_900;
/** Some want two units: of them one goes back and the other stays. */
const MOST_UNITS = 2;
/** Long enough that a busy machine has opened every page before the first hold is due. */
const HOLD_SECONDS = 120;
/** Those who hold a unit act together, so many at once. */
const AT_ONCE = 32;
const REST_LIMIT_MS = 600_000;
/** For what comes again after a minute or two. */
const LATE_LIMIT_MS = 200_000;
const LOOK_EVERY_MS = 2_000;
const FOLDER = ".local/crowd";
/** The provider's messages come twice, and within so long in any order. */
const SWITCHES = { webhooks: { isDouble: true, disorderMs: 3_000 } };

/** `npm run crowd -- --paid`: a crowd at a sale that is paid for. Answers whether all is equal, by the provider's own books. */
export async function paidCrowd(flags: CrowdFlags): Promise<boolean> {
  const cloud = await ownCloud({ schedules: ["guardian", "payments"] });
  try {
    const { apiUrl, paymentUrl } = cloud;
    await fetch(`${paymentUrl}/switches`, { method: "POST", body: JSON.stringify(SWITCHES) });
    const saleId = await createSale(apiUrl, {
      name: "Paid crowd",
      allocated: flags.units,
      priceMinor: PRICE_MINOR,
      purchaseLimit: MOST_UNITS,
      payment: { kind: "held", holdSeconds: HOLD_SECONDS },
    });
    const attempts = prepareAttempts(apiUrl, saleId, { ...flags, mostUnits: MOST_UNITS });
    progress(`${flags.buyers} buyers signed in (seed ${flags.seed}), for ${saleId}`);
    const log = await sendCrowd({ apiUrl, attempts, connections: flags.connections });
    const holders = holdersOf(attempts, log, flags.seed);
    progress(`${holders.length} hold units, and pay or do not`);
    const buyers = attempts.map(({ buyer }) => buyer);
    const hopeful = chooseAgain(flags.seed, toldSoldOut(log, buyers));
    progress(`${hopeful.length} who were told that all is sold out try again`);
    const buyingAgain = startBuyingAgain({ apiUrl, saleId }, hopeful, flags.seed);
    const answers = await actAll(apiUrl, holders);
    const paid = answers.filter(({ hasPaid }) => hasPaid);
    progress(`${paid.length} have paid; some send back what they bought`);
    const turned = await turnBack({ apiUrl, saleId }, paid, flags.seed);
    const racesIn = async ({ ledger }: Facts) =>
      racesOf((await ask(`${paymentUrl}/deliveries`)) as Delivery[], ledger);
    const hasAllComeBack = async (now: Facts) =>
      judgeTurns(now, turned, paid.length).length + judgeRaces(await racesIn(now)).length === 0;
    const isSoldAgain = ({ gate }: Facts) => gate.stock.available === 0 || buyingAgain.waiting() === 0;
    await untilAtRest(cloud, saleId, async (now) => isSoldAgain(now) && (await hasAllComeBack(now)));
    const again = await buyingAgain.stop();
    // Somebody may have been on their way to a unit.
    const { facts, books } = await untilAtRest(cloud, saleId, hasAllComeBack);
    const everybody = [...answers, ...again.answers];
    const races = await racesIn(facts);
    const violations = [
      ...judgePaid(facts, books, everybody, PRICE_MINOR),
      ...judgePaidStores(facts, new Set(everybody.map(({ orderId }) => orderId))),
      ...judgeRaces(races),
      ...judgeShares(answers),
      ...judgeTurns(facts, turned, paid.length),
      ...judgeAgain(facts, again),
    ];
    report(facts, books, answers, turned);
    console.log(againReport(facts, again));
    console.log(`${raceReport(races)}\nevery message in ${writeRaces(saleId, races)}\n`);
    for (const { law, finding } of violations) console.log(`BROKEN  ${law}: ${finding}`);
    return violations.length === 0;
  } finally {
    await cloud.stop();
  }
}

function holdersOf(
  attempts: ReturnType<typeof prepareAttempts>,
  log: Awaited<ReturnType<typeof sendCrowd>>,
  seed: number,
): Holder[] {
  const tokens = new Map(attempts.map(({ buyer }) => [buyer.buyerId, buyer.token]));
  const held = new Map(
    log.flatMap(({ kind, orderId, buyerId }) =>
      kind === "held" && orderId ? [[orderId, buyerId] as const] : [],
    ),
  );
  const plan = planBuyers(seed, held.size);
  return [...held].map(([orderId, buyerId], i) => ({
    orderId,
    buyerId,
    token: tokens.get(buyerId) ?? "",
    kind: plan[i] ?? "pays",
  }));
}

/** The last ones wait for their last second, and hold up nobody. */
async function actAll(apiUrl: string, holders: readonly Holder[]): Promise<PaidAnswer[]> {
  const waiting = [...holders];
  const late: Promise<PaidAnswer>[] = [];
  const answers: PaidAnswer[] = [];
  async function work(): Promise<void> {
    for (let holder = waiting.shift(); holder; holder = waiting.shift()) {
      const acting = actAsHolder(apiUrl, holder);
      if (holder.kind === "last_second") late.push(acting);
      else answers.push(await acting);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return [...answers, ...(await Promise.all(late))];
}

const ask = async (url: string): Promise<unknown> => (await fetch(url)).json();

type Rest = { readonly facts: Facts; readonly books: ProviderBooks };

/**
 * After the time limits the facts are as they are, and the verdict says what is left undone. Wishes that came before their order was
 * settled are sent again after a minute or two, and messages that were refused come again.
 */
async function untilAtRest(
  cloud: Parameters<typeof readFacts>[0] & { readonly paymentUrl: string },
  saleId: SaleId,
  hasAllComeBack: (facts: Facts) => Promise<boolean>,
): Promise<Rest> {
  const endsAtMs = performance.now() + REST_LIMIT_MS;
  let restsSinceMs = Infinity;
  for (;;) {
    const facts = await readFacts(cloud, saleId);
    const books = booksOfSale((await ask(`${cloud.paymentUrl}/books`)) as ProviderBooks, saleId);
    const nowMs = performance.now();
    restsSinceMs = isPaidAtRest(facts, books) ? Math.min(restsSinceMs, nowMs) : Infinity;
    const isRestLong = nowMs - restsSinceMs > LATE_LIMIT_MS;
    const isDone = restsSinceMs < Infinity && (isRestLong || (await hasAllComeBack(facts)));
    if (isDone || nowMs > endsAtMs) return { facts, books };
    await sleep(LOOK_EVERY_MS);
  }
}

function writeRaces(saleId: SaleId, races: readonly Race[]): string {
  const path = join(FOLDER, `payment-races-${saleId}.jsonl`);
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(path, races.map((race) => `${JSON.stringify(race)}\n`).join(""));
  return path;
}

function report(
  { gate, ledger }: Facts,
  books: ProviderBooks,
  answers: readonly PaidAnswer[],
  turned: readonly TurnedBack[],
): void {
  const counts = [...Map.groupBy(ledger, ({ state }) => state)].map(
    ([state, all]) => `${all.length} ${state}`,
  );
  const kinds = [...Map.groupBy(answers, ({ kind }) => kind)].map(([kind, all]) => `${all.length} ${kind}`);
  const captured = books.intents.reduce((sum, { received }) => sum + received, 0);
  const refunded = books.refunds.reduce(
    (sum, { amount, status }) => sum + (status === "failed" ? 0 : amount),
    0,
  );
  const back = [...Map.groupBy(turned, ({ turn }) => turn)].map(
    ([turn, all]) =>
      `${all.reduce((sum, { units }) => sum + units, 0)} units of ${all.length} who ${turn === "withdraws" ? "withdrew" : "were refunded"}`,
  );
  const { available, held, sold, allocated } = gate.stock;
  console.log(`
holders       ${kinds.join(", ")}
orders        ${counts.join(", ")}
gate          ${sold} sold, ${held} held, ${available} on sale, of ${allocated}
sent back     ${back.join(", ")}
provider      ${books.sessions.length} pages, ${captured / 100} captured, ${refunded / 100} given back in ${books.refunds.length} refunds: ${(captured - refunded) / 100} kept
`);
}
