import { setTimeout as sleep } from "node:timers/promises";

export type Waited<Value> =
  | { readonly kind: "done"; readonly value: Value }
  /** It goes on; ask again with the same key. */
  | { readonly kind: "working" };

/**
 * Work that may take longer than a request may wait. Whoever asks again for the same key waits for the same work instead of
 * beginning it once more. It goes on while this environment serves a request, and stands still in between.
 */
export function createSharedWork<Value>(waitMs: number) {
  const running = new Map<string, Promise<Value>>();

  function begin(key: string, start: () => Promise<Value>): Promise<Value> {
    const work = start().finally(() => running.delete(key));
    // Whoever waits for it is told; it may fail while nobody does.
    work.catch(() => {});
    running.set(key, work);
    return work;
  }

  return async (key: string, start: () => Promise<Value>): Promise<Waited<Value>> => {
    const work = running.get(key) ?? begin(key, start);
    const waiting = new AbortController();
    const late = sleep(waitMs, { kind: "working" } as const, { signal: waiting.signal });
    late.catch(() => {});
    try {
      return await Promise.race([work.then((value) => ({ kind: "done", value }) as const), late]);
    } finally {
      waiting.abort();
    }
  };
}
