import { setTimeout as sleep } from "node:timers/promises";
import { LocalError } from "../local-error.ts";
import type { Store } from "./store.ts";

const ANSWER_LIMIT_MS = 5_000;

export type ExternalStore = {
  readonly name: string;
  /** Of the environment, for the message. */
  readonly variable: string;
  readonly url: string;
  /** Rejects if the store does not answer as one of its kind. */
  readonly ask: (url: string) => Promise<unknown>;
};

/**
 * A store that somebody else runs: it is asked once whether it is there, and used; never started or stopped.
 *
 * @throws LocalError if the address is none, or nobody answers at it within five seconds. It never says a password.
 */
export async function externalStore({ name, variable, url, ask }: ExternalStore): Promise<Store> {
  const remedy = `correct ${variable}, or leave it out to have ${name} started here.`;
  if (!URL.canParse(url)) throw new LocalError(`${variable} is not an address: ${remedy}`);
  const answer = await Promise.race([
    ask(url).then(
      () => null,
      // Some drivers repeat the address, and with it the password.
      (error: unknown) => reasonOf(error).replaceAll(url, "this address"),
    ),
    sleep(ANSWER_LIMIT_MS, "it did not answer within five seconds", { ref: false }),
  ]);
  if (answer !== null)
    throw new LocalError(`${variable} names no ${name} at ${hostOf(url)} (${answer}): ${remedy}`);
  return { name, url, crashed: new Promise(() => {}), stop: () => Promise.resolve() };
}

const hostOf = (url: string) => new URL(url).host || url;

/** Drivers keep the reason in the cause, or in several errors at once. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message;
}
