import { HttpConnection } from "../http-connection.ts";

const CONNECTIONS = 64;
const BLOCK_MS = 1_500;

/** Requests that a server answers each second with this status, asked one after another on each of 64 connections. */
export async function requestsPerSecond(
  url: string,
  requests: readonly string[],
  expected: number,
): Promise<number> {
  const startedMs = performance.now();
  const endsAtMs = startedMs + BLOCK_MS;
  let answers = 0;
  const work = async () => {
    const connection = new HttpConnection(url);
    while (performance.now() < endsAtMs) {
      const { status } = await connection.send(requests[answers++ % requests.length]!);
      if (status !== expected) throw new Error(`answered ${status}, not ${expected}`);
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  return answers / ((performance.now() - startedMs) / 1000);
}
