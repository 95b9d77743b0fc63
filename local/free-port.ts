import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";

/** Below what Linux, macOS and Windows give to whoever asks for any port, so that nobody is given it in the meantime. */
const [LOWEST, HIGHEST] = [20_000, 32_000];
const MOST_TRIES = 100;

/**
 * Finds a free loopback port for a server that cannot choose one itself. Another process that looks as this one does may still
 * take it first.
 *
 * @throws Error when none of a hundred is free.
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const port = randomInt(LOWEST, HIGHEST);
    if (await isFree(port)) return port;
  }
  throw new Error(`No port between ${LOWEST} and ${HIGHEST} is free on 127.0.0.1.`);
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer().listen(port, "127.0.0.1");
  const answer = await Promise.race([
    once(probe, "listening").then(() => true),
    once(probe, "error").then(() => false),
  ]).catch(() => false);
  if (answer) await new Promise((resolve) => probe.close(resolve));
  return answer;
}
