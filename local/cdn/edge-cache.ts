export type CachedAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

type Entry = { readonly answer: CachedAnswer; readonly storedMs: number; readonly freshMs: number };

const ENTRIES_KEPT = 1000;
const PUBLIC_MAX_AGE = /\bpublic\b.*\bmax-age=(\d+)/;

/**
 * Caches answers for as long as they say (`Cache-Control: public, max-age=N`); requests that come together share one call.
 *
 * Times are in milliseconds of a monotonic clock.
 */
export class EdgeCache {
  readonly #entries = new Map<string, Entry>();
  readonly #calls = new Map<string, Promise<CachedAnswer>>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** The answer for `key`, from the cache or by `call`; `ageSeconds` is undefined if it is not from the cache. */
  async get(
    key: string,
    call: () => Promise<CachedAnswer>,
  ): Promise<CachedAnswer & { ageSeconds: number | undefined }> {
    const entry = this.#entries.get(key);
    if (entry) {
      const ageMs = this.#nowMs() - entry.storedMs;
      if (ageMs < entry.freshMs) return { ...entry.answer, ageSeconds: Math.floor(ageMs / 1000) };
      this.#entries.delete(key);
    }
    let pending = this.#calls.get(key);
    if (!pending) {
      pending = this.#call(key, call).finally(() => this.#calls.delete(key));
      this.#calls.set(key, pending);
    }
    return { ...(await pending), ageSeconds: undefined };
  }

  async #call(key: string, call: () => Promise<CachedAnswer>): Promise<CachedAnswer> {
    const answer = await call();
    const seconds = Number(PUBLIC_MAX_AGE.exec(answer.headers["cache-control"] ?? "")?.[1] ?? 0);
    if (seconds > 0) {
      if (this.#entries.size >= ENTRIES_KEPT) this.#entries.clear();
      this.#entries.set(key, { answer, storedMs: this.#nowMs(), freshMs: seconds * 1000 });
    }
    return answer;
  }
}
