export type CachedAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

type Entry = {
  readonly answer: CachedAnswer;
  readonly storedMs: number;
  readonly freshMs: number;
  readonly usableMs: number;
};

const ENTRIES_KEPT = 1000;
const PUBLIC_MAX_AGE = /\bpublic\b.*\bmax-age=(\d+)/;
const STALE_WHILE_REVALIDATE = /\bstale-while-revalidate=(\d+)/;
const secondsIn = (header: string, pattern: RegExp) => Number(pattern.exec(header)?.[1] ?? 0);

/**
 * Caches answers for as long as they say (`Cache-Control: public, max-age=N`); requests that come together share one call.
 * For as long as `stale-while-revalidate=N` says after that, the old answer goes out while a new one is fetched.
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
    const ageMs = entry ? this.#nowMs() - entry.storedMs : 0;
    if (entry && ageMs < entry.usableMs) {
      // Whoever comes next is told if it fails.
      if (ageMs >= entry.freshMs) this.#share(key, call).catch(() => {});
      return { ...entry.answer, ageSeconds: Math.floor(ageMs / 1000) };
    }
    this.#entries.delete(key);
    return { ...(await this.#share(key, call)), ageSeconds: undefined };
  }

  #share(key: string, call: () => Promise<CachedAnswer>): Promise<CachedAnswer> {
    const known = this.#calls.get(key);
    if (known) return known;
    const pending = this.#call(key, call).finally(() => this.#calls.delete(key));
    this.#calls.set(key, pending);
    return pending;
  }

  async #call(key: string, call: () => Promise<CachedAnswer>): Promise<CachedAnswer> {
    const answer = await call();
    const header = answer.headers["cache-control"] ?? "";
    const freshMs = secondsIn(header, PUBLIC_MAX_AGE) * 1000;
    if (freshMs > 0) {
      if (this.#entries.size >= ENTRIES_KEPT) this.#entries.clear();
      const usableMs = freshMs + secondsIn(header, STALE_WHILE_REVALIDATE) * 1000;
      this.#entries.set(key, { answer, storedMs: this.#nowMs(), freshMs, usableMs });
    }
    return answer;
  }
}
