import { Calendar } from "../engine/calendar.ts";
import { type Chance, createChance } from "../engine/chance.ts";
import { SharedCores } from "../engine/shared-cores.ts";
import { Station } from "../engine/station.ts";
import { TokenBucket } from "../engine/token-bucket.ts";
import { Environments, oneProcess } from "./environments.ts";
import { Shoppers } from "./shoppers.ts";
import type { Scenario, Stage } from "./stage.ts";
import { Tally } from "./tally.ts";

/** Kinds of events; those of the stations follow. */
export const kinds = {
  send: 0,
  go: 1,
  machine: 2,
  release: 3,
  step: 4,
  lapse: 5,
  window: 6,
  throttle: 7,
} as const;
const FIRST_STATION = 16;

/** Everything that a run changes. */
export type World = {
  readonly scenario: Scenario;
  readonly stage: Stage;
  readonly calendar: Calendar;
  readonly chance: Chance;
  readonly shoppers: Shoppers;
  readonly tally: Tally;
  readonly cores: SharedCores | null;
  readonly throttle: TokenBucket | null;
  readonly environments: Environments;
  readonly stations: Stations;
  /** By its kind. */
  readonly stationOf: ReadonlyMap<number, Station>;
  available: number;
  soldOutMs: number | null;
};

type Stations = {
  readonly client: Station | null;
  /** The process that runs all functions; null: each environment has a processor of its own. */
  readonly api: Station | null;
  readonly beside: Station | null;
  readonly gate: Station;
  readonly ledger: readonly Station[];
  readonly queue: Station | null;
  readonly database: Station;
};

export function createWorld(scenario: Scenario, stage: Stage): World {
  const calendar = new Calendar();
  const cores = stage.sharedCores ? new SharedCores(calendar, stage.sharedCores, kinds.machine) : null;
  const stationOf = new Map<number, Station>();
  const station = (name: string, servers: number): Station => {
    const kind = FIRST_STATION + stationOf.size;
    const made = new Station(calendar, { name, servers, kind, ...(cores && { cores }) });
    stationOf.set(kind, made);
    return made;
  };
  const { throttle, consumer, ledger, queue } = stage;
  const stations: Stations = {
    client: stage.client ? station("load client", 1) : null,
    api: cores ? station("API process", 1) : null,
    beside: cores ? station("the runtime's other threads", 2) : null,
    gate: station("gate", 1),
    ledger: Array.from({ length: ledger.parts }, () => station("ledger", 1)),
    queue: queue.servers ? station("queue", queue.servers) : null,
    database: station("PostgreSQL", consumer.databaseServers),
  };
  return {
    scenario,
    stage,
    calendar,
    chance: createChance(scenario.seed),
    shoppers: new Shoppers(scenario.crowd),
    tally: new Tally(),
    cores,
    throttle: throttle ? new TokenBucket(throttle.perSecond, throttle.burst, 0) : null,
    environments: new Environments(stage.environments ?? oneProcess, 0),
    stations,
    stationOf,
    available: scenario.units,
    soldOutMs: null,
  };
}
