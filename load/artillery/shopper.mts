// What Artillery's shoppers do: the functions that the scenarios name. They outlast a crash of the server and its new start
// elsewhere, as a page does: each request goes to where the API is now, and what has no answer is asked again.
import { randomUUID } from "node:crypto";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { threadId } from "node:worker_threads";
import type { OrderView } from "../../core/contract/order.ts";
import type { SaleStatus } from "../../core/contract/sale.ts";
import type { SaleId } from "../../core/ids.ts";
import { publishedAddresses } from "../../local/published-addresses.ts";
import { localSession, type SignedIn } from "../local-session.ts";
import { answerClass, lookClass } from "../report/answer-class.ts";
import type { RequestLine } from "../report/summarize.ts";
import { isFinal } from "../verdict/client-answer.ts";
import { readAnswer } from "../verdict/read-answer.ts";
import { ask, type HttpAnswer } from "./ask.ts";

type Context = { readonly vars: { shopper?: Shopper } };
type Shopper = SignedIn & { readonly saleId: SaleId; orderId: string | null };

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

const MOST_TRIES = 180;
const DEFAULT_RETRY_SECONDS = 1;
/** As the page: what it asks for again and again it spreads. */
const SPREAD = 0.2;
const OPENING_SPREAD_MS = 800;
const FOLLOW_EVERY_MS = 1_000;
const MOST_LOOKS_AT_ORDER = 60;

let apiUrl = environment("LOAD_TARGET");
let shoppers = 0;

/** A new shopper, at one of the sales in turn. */
export async function signIn({ vars }: Context): Promise<void> {
  const saleId = saleIds[shoppers++ % saleIds.length] as SaleId;
  vars.shopper = { ...nextSession(), saleId, orderId: null };
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
  await lookAt("status", `/api/sale/status/${shopperOf(vars).saleId}`);
}

/** Waits for the announced opening, as a countdown does. */
export async function waitForOpening(): Promise<void> {
  await sleep(Math.max(0, opensAtMs - Date.now()));
}

/** Asks for the sale as slowly as the server wants, until it is no longer to come. */
export async function watchUntilOpen({ vars }: Context): Promise<void> {
  const { saleId } = shopperOf(vars);
  for (;;) {
    const answer = await lookAt("status", `/api/sale/status/${saleId}`);
    const sale = answer?.status === 200 ? (JSON.parse(answer.body) as SaleStatus) : null;
    if (sale && sale.phase !== "scheduled") return;
    const untilOpenMs = opensAtMs - Date.now();
    const openingMs = untilOpenMs > 0 ? untilOpenMs + Math.random() * OPENING_SPREAD_MS : FOLLOW_EVERY_MS;
    await sleep(Math.min(spread(sale?.pollAfterMs ?? FOLLOW_EVERY_MS), openingMs));
  }
}

/** Buys one unit; asks again with the same key until the answer is final, as long as each answer wants. */
export async function buy({ vars }: Context): Promise<void> {
  const shopper = shopperOf(vars);
  const { saleId, buyerId, token } = shopper;
  const key = randomUUID();
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const sentAtMs = now();
    const answer = await send("POST", "/api/sale/purchase", { token, key, body: { saleId } });
    const line = readAnswer({ buyerId, key, quantity: 1, sentAtMs, answeredAtMs: now() }, answer);
    appendFileSync(fileOf("answers"), `${JSON.stringify({ saleId, ...line })}\n`);
    note({ what: "purchase", ...line, answerClass: answerClass(line.kind) });
    shopper.orderId = line.orderId;
    if (isFinal(line)) return;
    await sleep(spread((answer?.retryAfterSeconds ?? DEFAULT_RETRY_SECONDS) * 1000));
  }
}

/** Looks at the order that it got, until that is confirmed. */
export async function followOrder({ vars }: Context): Promise<void> {
  const { orderId, token } = shopperOf(vars);
  if (orderId === null) return;
  for (let looks = 0; looks < MOST_LOOKS_AT_ORDER; looks++) {
    await sleep(spread(FOLLOW_EVERY_MS));
    const answer = await lookAt("order", `/api/sale/order/${orderId}`, token);
    if (answer?.status === 200 && (JSON.parse(answer.body) as OrderView).state !== "accepted") return;
  }
}

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

const spread = (ms: number) => ms * (1 + SPREAD * Math.random());
/** Since 1970, with fractions: most answers take less than a millisecond. */
const now = () => performance.timeOrigin + performance.now();
