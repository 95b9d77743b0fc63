import type { Calendar } from "./calendar.ts";
import type { SharedCores } from "./shared-cores.ts";
import { Waiting } from "./waiting.ts";

/**
 * A resource: servers, and one line in front of them. Whoever is done comes out of the calendar as an event of the station's
 * own kind, and the caller then calls `left`.
 *
 * With `cores` the servers are threads of one machine: what they take is work, and how long it lasts depends on what the
 * machine's other stations do meanwhile.
 */
export class Station {
  readonly name: string;
  readonly servers: number;
  readonly kind: number;
  readonly #calendar: Calendar;
  readonly #cores: SharedCores | undefined;
  readonly #waiting = new Waiting();
  #busy = 0;
  served = 0;
  busyMs = 0;
  waitedMs = 0;
  mostWaiting = 0;

  constructor(
    calendar: Calendar,
    { name, servers, kind, cores }: { name: string; servers: number; kind: number; cores?: SharedCores },
  ) {
    this.name = name;
    this.servers = servers;
    this.kind = kind;
    this.#calendar = calendar;
    this.#cores = cores;
  }

  enter(subject: number, serviceMs: number): void {
    if (this.#busy < this.servers) return this.#start(subject, serviceMs);
    this.#waiting.push(subject, serviceMs, this.#calendar.nowMs);
    this.mostWaiting = Math.max(this.mostWaiting, this.#waiting.length);
  }

  /** The server of whoever is done takes the next in line. */
  left(): void {
    this.#busy--;
    this.served++;
    if (!this.#waiting.take()) return;
    this.waitedMs += this.#calendar.nowMs - this.#waiting.second;
    this.#start(this.#waiting.subject, this.#waiting.first);
  }

  #start(subject: number, serviceMs: number): void {
    this.#busy++;
    this.busyMs += serviceMs;
    if (this.#cores) this.#cores.start(this.kind, subject, serviceMs);
    else this.#calendar.at(this.#calendar.nowMs + serviceMs, this.kind, subject);
  }
}
