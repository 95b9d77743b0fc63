import type { Calendar } from "./calendar.ts";

type Job = { readonly kind: number; readonly subject: number; readonly endsAt: number };

/**
 * Cores that the threads of several stations share, each at most one: a fair scheduler. Work is counted in a time of its
 * own that runs slower while more threads than cores have something to do, so that one number per thread is kept.
 */
export class SharedCores {
  readonly #calendar: Calendar;
  readonly #cores: number;
  readonly #kind: number;
  readonly #running: Job[] = [];
  #worked = 0;
  #sinceMs = 0;
  #version = 0;

  /** @param kind of the event on which the caller must call `due` with the event's subject. */
  constructor(calendar: Calendar, cores: number, kind: number) {
    this.#calendar = calendar;
    this.#cores = cores;
    this.#kind = kind;
  }

  start(kind: number, subject: number, workMs: number): void {
    this.#passTime();
    this.#running.push({ kind, subject, endsAt: this.#worked + workMs });
    this.#announceNext();
  }

  /** The next job that is done, as the event of its own kind; null: the machine's plans have changed since. */
  due(version: number): Job | null {
    if (version !== this.#version) return null;
    this.#passTime();
    const [done] = this.#running.splice(this.#indexOfNext(), 1);
    this.#announceNext();
    return done ?? null;
  }

  #rate(): number {
    return Math.min(1, this.#cores / this.#running.length);
  }

  #passTime(): void {
    const { nowMs } = this.#calendar;
    if (this.#running.length > 0) this.#worked += (nowMs - this.#sinceMs) * this.#rate();
    this.#sinceMs = nowMs;
  }

  #indexOfNext(): number {
    let next = 0;
    for (let i = 1; i < this.#running.length; i++)
      if (this.#running[i]!.endsAt < this.#running[next]!.endsAt) next = i;
    return next;
  }

  #announceNext(): void {
    this.#version++;
    const next = this.#running[this.#indexOfNext()];
    if (!next) return;
    const leftMs = Math.max(0, next.endsAt - this.#worked) / this.#rate();
    this.#calendar.at(this.#calendar.nowMs + leftMs, this.#kind, this.#version);
  }
}
