import { setTimeout as sleep } from "node:timers/promises";
import type { SaleId } from "../../../core/ids.ts";
import type { Books } from "../../../local/payment/books.ts";
import { progress } from "../../../local/start/progress.ts";
import { createSale } from "../../create-sale.ts";
import { ownCloud } from "../../own-cloud.ts";
import { type Facts } from "../../verdict/facts.ts";
import { readFacts } from "../../verdict/read-facts.ts";
import type { CrowdFlags } from "../parse-flags.ts";
import { prepareAttempts } from "../prepare-attempts.ts";
import { sendCrowd } from "../send-crowd.ts";
import { judgePaid } from "./judge-paid.ts";
import { actAsHolder, type Holder, type PaidAnswer } from "./pay-holds.ts";
import { planBuyers } from "./plan-buyers.ts";

const PRICE_MINOR = 4_900;
/** Long enough that a busy machine has opened every page before the first hold is due. */
const HOLD_SECONDS = 120;
/** Those who hold a unit act together, so many at once. */
const AT_ONCE = 32;
const REST_LIMIT_MS = 600_000;
const LOOK_EVERY_MS = 2_000;
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
      payment: { kind: "held", holdSeconds: HOLD_SECONDS },
    });
    const attempts = prepareAttempts(apiUrl, saleId, flags);
    progress(`${flags.buyers} buyers signed in (seed ${flags.seed}), for ${saleId}`);
    const log = await sendCrowd({ apiUrl, attempts, connections: flags.connections });
    const holders = holdersOf(attempts, log, planBuyers(flags.seed));
    progress(`${holders.length} hold units, and pay or do not`);
    const answers = await actAll(apiUrl, holders);
    progress(`${answers.filter(({ hasPaid }) => hasPaid).length} have paid`);
    const facts = await untilAtRest(cloud, saleId);
    const books = (await (await fetch(`${paymentUrl}/books`)).json()) as ReturnType<Books["all"]>;
    const violations = judgePaid(facts, books, answers, PRICE_MINOR);
    report(facts, books, answers);
    for (const { law, says } of violations) console.log(`BROKEN  ${law}: ${says}`);
    return violations.length === 0;
  } finally {
    await cloud.stop();
  }
}

function holdersOf(
  attempts: ReturnType<typeof prepareAttempts>,
  log: Awaited<ReturnType<typeof sendCrowd>>,
  nextKind: () => Holder["kind"],
): Holder[] {
  const tokens = new Map(attempts.map(({ buyer }) => [buyer.buyerId, buyer.token]));
  const held = new Map(
    log.flatMap(({ kind, orderId, buyerId }) =>
      kind === "held" && orderId ? [[orderId, buyerId] as const] : [],
    ),
  );
  return [...held].map(([orderId, buyerId]) => ({
    orderId,
    buyerId,
    token: tokens.get(buyerId) ?? "",
    kind: nextKind(),
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

/** After the time limit the facts are as they are, and the verdict says what is left undone. */
async function untilAtRest(cloud: Parameters<typeof readFacts>[0], saleId: SaleId): Promise<Facts> {
  const endsAtMs = performance.now() + REST_LIMIT_MS;
  for (;;) {
    const facts = await readFacts(cloud, saleId);
    const isUnderWay = facts.ledger.some(({ state }) => ["held", "authorised", "placed"].includes(state));
    if ((!isUnderWay && facts.gate.stock.held === 0) || performance.now() > endsAtMs) return facts;
    await sleep(LOOK_EVERY_MS);
  }
}

function report(
  { gate, ledger }: Facts,
  books: ReturnType<Books["all"]>,
  answers: readonly PaidAnswer[],
): void {
  const counts = [...Map.groupBy(ledger, ({ state }) => state)].map(
    ([state, all]) => `${all.length} ${state}`,
  );
  const kinds = [...Map.groupBy(answers, ({ kind }) => kind)].map(([kind, all]) => `${all.length} ${kind}`);
  const captured = books.intents.reduce((sum, { received, refunded }) => sum + received - refunded, 0);
  const { available, held, sold, allocated } = gate.stock;
  console.log(`
holders       ${kinds.join(", ")}
orders        ${counts.join(", ")}
gate          ${sold} sold, ${held} held, ${available} on sale, of ${allocated}
provider      ${books.sessions.length} pages, ${captured / 100} captured and kept
`);
}
