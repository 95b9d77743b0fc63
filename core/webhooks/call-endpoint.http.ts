import { lookup } from "node:dns/promises";
import { type IncomingMessage, request as requestHttp, type RequestOptions } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { isLocalHost, wrongUrl } from "./endpoint-url.ts";
import { isPublicAddress, isThisMachine } from "./public-address.ts";

/** From looking the name up to the end of the answer. */
export const CALL_LIMIT_MS = 10_000;
/** Of an answer: what is longer is not read on. */
const ANSWER_LIMIT_BYTES = 4 * 1024;
const MOST_RETRY_AFTER_SECONDS = 86_400;

export type EndpointCall = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
};
export type CallOutcome = {
  readonly isTaken: boolean;
  /** What it answered; null: nothing. */
  readonly status: number | null;
  /** One word for why not; null if it was taken. */
  readonly error: string | null;
  readonly retryAfterMs: number | null;
  readonly tookMs: number;
};

type Address = { readonly address: string; readonly family: number };
export type CallSettings = {
  /** http to this machine is allowed. */
  readonly isLocalStage: boolean;
  readonly nowMs: () => number;
  readonly limitMs?: number;
  /** Which addresses a name stands for. */
  readonly resolve?: (host: string) => Promise<readonly Address[]>;
};

const resolveAll = (host: string) => lookup(host, { all: true, verbatim: true });
const failure = (name: string) => Object.assign(new Error(name), { name });

/**
 * Posts to an endpoint once. Its name is looked up here, every address that it stands for is checked, and the connection is
 * made to the one that was checked: no second look-up can answer otherwise. Redirects are answers like any other that is not
 * 2xx, and nobody follows them.
 */
export async function callEndpoint(call: EndpointCall, settings: CallSettings): Promise<CallOutcome> {
  const { nowMs, limitMs = CALL_LIMIT_MS } = settings;
  const beganMs = nowMs();
  const signal = AbortSignal.timeout(limitMs);
  try {
    const wrong = wrongUrl(call.url, settings.isLocalStage);
    if (wrong !== null) throw failure("forbidden_address");
    const url = new URL(call.url);
    const address = await inTime(addressOf(url, settings), signal);
    const { status, retryAfterMs } = await post(url, address, call, signal);
    const isTaken = status >= 200 && status < 300;
    const error = isTaken ? null : status >= 300 && status < 400 ? "redirect" : "refused";
    return { isTaken, status, error, retryAfterMs, tookMs: nowMs() - beganMs };
  } catch (error) {
    const why = signal.aborted ? "too_slow" : wordOf(error);
    return { isTaken: false, status: null, error: why, retryAfterMs: null, tookMs: nowMs() - beganMs };
  }
}

/** @throws Error named forbidden_address when any of them is not public: a name that stands for both is a trap. */
async function addressOf(url: URL, settings: CallSettings): Promise<Address> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const family = isIP(host);
  const resolve = settings.resolve ?? resolveAll;
  const all = family === 0 ? await resolve(host) : [{ address: host, family }];
  const [first] = all;
  if (!first) throw failure("no_address");
  const isAllowed = (address: string) =>
    isPublicAddress(address) || (settings.isLocalStage && isLocalHost(url) && isThisMachine(address));
  if (!all.every(({ address }) => isAllowed(address))) throw failure("forbidden_address");
  return first;
}

function post(url: URL, { address, family }: Address, { headers, body }: EndpointCall, signal: AbortSignal) {
  const pinned: LookupFunction = (_host, options, callback) =>
    options.all ? callback(null, [{ address, family }]) : callback(null, address, family);
  const options: RequestOptions = {
    method: "POST",
    // Of its own, and closed after: what another call has opened is not used again.
    agent: false,
    lookup: pinned,
    signal,
    headers: {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
      "user-agent": "flash-sale-webhooks/1",
      ...headers,
    },
  };
  const open = url.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise<{ status: number; retryAfterMs: number | null }>((resolve, reject) => {
    const request = open(url, options);
    request.on("error", reject);
    // A change of protocol (101) ends in neither an error nor an answer, and the time limit ends nothing that is closed.
    let isAnswered = false;
    request.on("close", () => isAnswered || reject(failure("closed")));
    request.on("response", (response) => {
      isAnswered = true;
      const status = response.statusCode ?? 0;
      const done = () => resolve({ status, retryAfterMs: retryAfterOf(response) });
      readOff(response, () => {
        request.destroy();
        done();
      });
      response.on("end", done);
      response.on("error", reject);
    });
    request.end(body);
  });
}

/** Reads an answer to its end or limit: its text says nothing to us. */
function readOff(response: IncomingMessage, onLimit: () => void): void {
  let bytes = 0;
  response.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > ANSWER_LIMIT_BYTES) onLimit();
  });
}

function retryAfterOf({ headers }: IncomingMessage): number | null {
  const seconds = Number(headers["retry-after"]);
  return seconds > 0 ? Math.min(seconds, MOST_RETRY_AFTER_SECONDS) * 1000 : null;
}

async function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const late = new Promise<never>((_resolve, reject) =>
    signal.addEventListener("abort", () => reject(failure("too_slow")), { once: true }),
  );
  return Promise.race([work, late]);
}

/** What the merchant is told: never an address, and nothing that the other side has written. */
function wordOf(error: unknown): string {
  const { name = "", code = "" } = error as { name?: string; code?: string };
  if (name === "forbidden_address" || name === "no_address") return name;
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "no_address";
  if (code === "ECONNREFUSED") return "not_listening";
  if (/CERT|TLS|SSL|SIGNATURE|ALTNAME/.test(code)) return "bad_certificate";
  return "connection_broke";
}
