// What Artillery's virtual buyers do besides sending requests: sign in, keep the client log, ask again when told to.
import { randomUUID } from "node:crypto";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { threadId } from "node:worker_threads";
import { localSession, type SignedIn } from "../local-session.ts";
import { type ClientAnswer, isFinal } from "../verdict/client-answer.ts";
import { readAnswer } from "../verdict/read-answer.ts";

type Context = {
  readonly vars: SignedIn & {
    readonly key: string;
    sentAtMs: number | undefined;
    mustAskAgain: boolean;
    retryAfterSeconds: number;
  };
};
type Response = {
  readonly statusCode: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
};

/** Each of Artillery's threads writes a file of its own. */
const file = join(process.env["LOAD_LOG_FOLDER"] ?? "", `${threadId}.jsonl`);
const DEFAULT_RETRY_SECONDS = 1;

export async function signIn(context: Context): Promise<void> {
  const saleId = process.env["LOAD_SALE_ID"];
  Object.assign(context.vars, localSession(), { saleId, key: randomUUID() });
}

export async function startWatch(_request: unknown, { vars }: Context): Promise<void> {
  vars.sentAtMs = Date.now();
}

export async function recordAnswer(_request: unknown, response: Response, { vars }: Context): Promise<void> {
  const answer = record(vars, { status: response.statusCode, body: response.body });
  vars.mustAskAgain = !isFinal(answer);
  vars.retryAfterSeconds = Number(response.headers["retry-after"] ?? DEFAULT_RETRY_SECONDS);
}

/** Artillery ends the scenario after it, so a purchase without an answer stays unresolved, and the verdict says so. */
export async function recordNoAnswer(_error: Error, _request: unknown, { vars }: Context): Promise<void> {
  if (vars.sentAtMs !== undefined) record(vars, null);
}

/** Waits as long as the answer asked for; Artillery wants a callback here. */
export function mustAskAgain({ vars }: Context, done: (isAgain: boolean) => void): void {
  if (!vars.mustAskAgain) return done(false);
  void sleep(vars.retryAfterSeconds * 1000).then(() => done(true));
}

function record(vars: Context["vars"], answer: { status: number; body: string } | null): ClientAnswer {
  const { buyerId, key, sentAtMs = Date.now() } = vars;
  const line = readAnswer({ buyerId, key, quantity: 1, sentAtMs, answeredAtMs: Date.now() }, answer);
  vars.sentAtMs = undefined;
  appendFileSync(file, `${JSON.stringify(line)}\n`);
  return line;
}
