// What Artillery's shoppers do: the functions that the scenarios name. They look and ask as the page does, by its own rules or
// by those that load/capacity holds to it. They outlast a crash of the server and its new start elsewhere: each request goes to
// where the API is now, and what has no answer is asked again.
import { randomInt, randomUUID } from "node:crypto";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { threadId } from "node:worker_threads";
import type { OrderView } from "../../core/contract/order.ts";
import { isUnderWay } from "../../core/contract/order-state.ts";
import type { SaleStatus } from "../../core/contract/sale.ts";
import type { SaleId } from "../../core/ids.ts";
import { publishedAddresses } from "../../local/published-addresses.ts";
import { addSample, type ClockSample, estimateOffsetMs } from "../../web/src/features/clock/clock.ts";
import { backoffMs } from "../../web/src/features/page/waits.ts";
import { nextLookMs } from "../../web/src/features/sale/next-look.ts";
import { OPENING_MS } from "../../web/src/features/sale/opening.ts";
import { createChance } from "../capacity/engine/chance.ts";
import { askedWaitMs, orderLookMs, reactionMs, retryWaitMs } from "../capacity/model/page.ts";
import { localSession, type SignedIn } from "../local-session.ts";
import { answerClass, lookClass } from "../report/answer-class.ts";
import type { RequestLine } from "../report/summarize.ts";
import { isFinal } from "../verdict/client-answer.ts";
import { readAnswer } from "../verdict/read-answer.ts";
import { ask, type HttpAnswer } from "./ask.ts";

type Context = { readonly vars: { shopper?: Shopper } };
type Shopper = SignedIn & {
  readonly saleId: SaleId;
  orderId: string | null;
  /** By which the page knows the server's time. */
  clock: readonly ClockSample[];
};

const environment = (name: string) => process.env[name] ?? "";
/** Each of Artillery's threads writes files of its own. */
const fileOf = (kind: string) => join(environment("LOAD_LOG_FOLDER"), `${kind}-${threadId}.jsonl`);
const saleIds = environment("LOAD_SALE_IDS").split(",") as SaleId[];
const opensAtMs = Number(environment("LOAD_OPENS_AT_MS"));
const dataFolder = environment("LOAD_DATA_FOLDER");
const published = dataFolder === "" ? () => null : publishedAddresses(dataFolder);
const sessionsFile = environment("LOAD_SESSIONS");
/** Of a deployed stage; this machine's are made here. */
const sessions = sessionsFile === "" ? null : (JSON.parse(readFileSync(sessionsFile, "utf8")) as SignedIn[]);

/** So long a shopper goes on asking for an answer that is final. */
const PATIENCE_MS = 300_000;
const MOST_LOOKS_AT_ORDER = 60;
const people = createChance(randomInt(2 ** 31));

let apiUrl = environment("LOAD_TARGET");
let shoppers = 0;

/** A new shopper, at one of the sales in turn. */
export async function signIn({ vars }: Context): Promise<void> {
  const saleId = saleIds[shoppers++ % saleIds.length] as SaleId;
  vars.shopper = { ...nextSession(), saleId, orderId: null, clock: [] };
}

let nextIndex = 0;

/** One that nobody has used: Artillery's threads share the file, and each session is claimed by a file of its own. */
function nextSession(): SignedIn {
  if (!sessions) return localSession();
  for (; nextIndex < sessions.length; nextIndex++)
    try {
      writeFileSync(join(environment("LOAD_LOG_FOLDER"), `session-${nextIndex}`), "", { flag: "wx" });
      return sessions[nextIndex]!;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  throw new Error("no session is left: more shoppers came than were signed in");
}

/** One look at the sale. */
export async function look({ vars }: Context): Promise<void> {
  await lookAtSale(shopperOf(vars));
}

/** Waits until every page offers Buy by its clock, and presses it at once. */
export async function waitForOpening({ vars }: Context): Promise<void> {
  await sleep(Math.max(0, untilStartMs(shopperOf(vars)) + OPENING_MS));
}

/**
 * Looks at the sale when its page does, until that offers Buy: by its clock half a second after the start, or because the sale
 * is open already. Presses it as soon as people do. A page goes on looking then; this one does not.
 */
export async function watchUntilOpen({ vars }: Context): Promise<void> {
  const shopper = shopperOf(vars);
  for (let failures = 0; ;) {
    const sale = await lookAtSale(shopper);
    failures = sale ? 0 : failures + 1;
    if (sale && sale.phase !== "scheduled") break;
    const untilLookMs = sale ? nextLookMs(sale, untilStartMs(shopper)) : backoffMs(failures);
    const untilOfferMs = untilStartMs(shopper) + OPENING_MS;
    await sleep(Math.max(0, Math.min(untilLookMs, untilOfferMs)));
    if (untilOfferMs <= untilLookMs) break;
  }
  await sleep(reactionMs(people));
}

/** Buys one unit; asks again with the same key until the answer is final, after waits as the page's. */
export async function buy({ vars }: Context): Promise<void> {
  const shopper = shopperOf(vars);
  const { saleId, buyerId, token } = shopper;
  const key = randomUUID();
  const untilMs = now() + PATIENCE_MS;
  for (let tries = 1; now() < untilMs; tries++) {
    const sentAtMs = now();
    const answer = await send("POST", "/api/sale/purchase", { token, key, body: { saleId } });
    const line = readAnswer({ buyerId, key, quantity: 1, sentAtMs, answeredAtMs: now() }, answer);
    appendFileSync(fileOf("answers"), `${JSON.stringify({ saleId, ...line })}\n`);
    note({ what: "purchase", ...line, answerClass: answerClass(line.kind) });
    shopper.orderId = line.orderId;
    if (isFinal(line)) return;
    const askedSeconds = answer?.retryAfterSeconds ?? null;
    await sleep(
      askedSeconds === null
        ? retryWaitMs(tries, Math.random())
        : askedWaitMs(askedSeconds * 1_000, Math.random()),
    );
  }
}

/** Looks at the order that it got, the more slowly the longer it takes, until that is decided. */
export async function followOrder({ vars }: Context): Promise<void> {
  const { orderId, token } = shopperOf(vars);
  if (orderId === null) return;
  for (let looks = 0; looks < MOST_LOOKS_AT_ORDER; looks++) {
    await sleep(orderLookMs(looks));
    const answer = await lookAt("order", `/api/sale/order/${orderId}`, token);
    if (answer?.status === 200 && !isUnderWay(JSON.parse(answer.body) as OrderView)) return;
  }
}

/** Null: no answer that says anything. Sets the page's clock. */
async function lookAtSale(shopper: Shopper): Promise<SaleStatus | null> {
  const sentAtMs = now();
  const answer = await lookAt("status", `/api/sale/status/${shopper.saleId}`);
  if (answer?.status !== 200) return null;
  const sale = JSON.parse(answer.body) as SaleStatus;
  const sample = { sentAtMs, receivedAtMs: now(), serverMs: Date.parse(sale.serverTime) };
  shopper.clock = addSample(shopper.clock, sample);
  return sale;
}

/** By the server's clock, as far as its answers tell it. */
const untilStartMs = ({ clock }: Shopper): number => opensAtMs - now() - (estimateOffsetMs(clock) ?? 0);

async function lookAt(what: "status" | "order", path: string, token?: string): Promise<HttpAnswer | null> {
  const sentAtMs = now();
  const answer = await send("GET", path, { token });
  const status = answer?.status ?? 0;
  note({
    what,
    kind: status === 0 ? "no answer" : String(status),
    answerClass: lookClass(status),
    sentAtMs,
    answeredAtMs: now(),
  });
  return answer;
}

async function send(
  method: "GET" | "POST",
  path: string,
  call: Parameters<typeof ask>[2],
): Promise<HttpAnswer | null> {
  apiUrl = published()?.apiUrl ?? apiUrl;
  return ask(method, apiUrl + path, call).catch(() => null);
}

function note({ what, kind, answerClass: means, sentAtMs, answeredAtMs }: RequestLine): void {
  const line: RequestLine = { what, kind, answerClass: means, sentAtMs, answeredAtMs };
  appendFileSync(fileOf("requests"), `${JSON.stringify(line)}\n`);
}

function shopperOf({ shopper }: Context["vars"]): Shopper {
  if (!shopper) throw new Error("signIn comes first in a flow");
  return shopper;
}

/** Since 1970, with fractions: most answers take less than a millisecond. */
const now = () => performance.timeOrigin + performance.now();
