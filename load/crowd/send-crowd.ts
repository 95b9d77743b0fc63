import { setTimeout as sleep } from "node:timers/promises";
import { HttpConnection } from "../http-connection.ts";
import { type ClientAnswer, isFinal } from "../verdict/client-answer.ts";
import { readAnswer } from "../verdict/read-answer.ts";
import type { Attempt } from "./purchase-attempt.ts";

export type CrowdOptions = {
  /** As a function: asked whenever a connection is opened. */
  readonly apiUrl: string | (() => string);
  /** In the order in which they are sent; one that stands there twice is sent twice. */
  readonly attempts: readonly Attempt[];
  /** Keep-alive connections; each carries one request at a time. */
  readonly connections: number;
};

/** After these, a buyer gives up: the verdict then counts them as unresolved. */
const MOST_TRIES = 60;
const DEFAULT_RETRY_SECONDS = 1;

/**
 * Sends the attempts as fast as the connections carry them, and each again while its answer is not final, after the
 * time that the answer asks for. Waiting takes no connection.
 *
 * @returns the client log: every answer to every try, in the order in which they came.
 */
export async function sendCrowd({ apiUrl, attempts, connections }: CrowdOptions): Promise<ClientAnswer[]> {
  const log: ClientAnswer[] = [];
  const ready = attempts.map((attempt) => ({ attempt, tries: 0 }));
  let next = 0;
  let unfinished = ready.length;
  let changed = Promise.withResolvers<void>();
  const announce = () => {
    changed.resolve();
    changed = Promise.withResolvers();
  };

  async function work(): Promise<void> {
    const connection = new HttpConnection(apiUrl);
    while (unfinished > 0) {
      const job = ready[next];
      if (!job) {
        await changed.promise;
        continue;
      }
      next++;
      const { line, retryAfterSeconds } = await send(connection, job.attempt);
      log.push(line);
      if (isFinal(line) || ++job.tries === MOST_TRIES) {
        if (--unfinished === 0) announce();
        continue;
      }
      void sleep(retryAfterSeconds * 1000).then(() => {
        ready.push(job);
        announce();
      });
    }
    connection.close();
  }

  await Promise.all(Array.from({ length: connections }, work));
  return log;
}

async function send(connection: HttpConnection, { buyer: { buyerId }, key, quantity, request }: Attempt) {
  const sentAtMs = nowMs();
  const answer = await connection.send(request).catch(() => null);
  const sent = { buyerId, key, quantity, sentAtMs, answeredAtMs: nowMs() };
  return {
    line: readAnswer(sent, answer),
    retryAfterSeconds: answer?.retryAfterSeconds ?? DEFAULT_RETRY_SECONDS,
  };
}

/** Since 1970, with fractions: most answers take less than a millisecond. */
const nowMs = () => performance.timeOrigin + performance.now();
