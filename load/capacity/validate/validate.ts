import { availableParallelism } from "node:os";
import { progress } from "../../../local/start/progress.ts";
import { type OwnCloud, ownCloud } from "../../own-cloud.ts";
import { CONNECTIONS, measureLocalDemands, modelled } from "../measure/local-demands.ts";
import { localStage } from "../model/local-stage.ts";
import { simulate } from "../model/simulate.ts";
import { count, seconds, table } from "../report/markdown.ts";
import { type CrowdSize, type Measured, measureCrowd } from "./measure-crowd.ts";

/** Each lasts seconds: a sale that is over within half of one hangs on what the machine did in it. */
const CROWDS: readonly CrowdSize[] = [
  { buyers: 5_000, units: 2_000 },
  { buyers: 8_000, units: 3_000 },
  { buyers: 10_000, units: 4_000 },
];
/** A process that has just started compiles: code takes twice as long then. */
const WARM_UPS = 4;
export const MOST_DIFFERENCE = 0.25;

type Compared = CrowdSize & {
  readonly measured: Measured;
  readonly predicted: Pick<Measured, "soldOutMs" | "p50Ms" | "p95Ms">;
};

/** Runs small crowds at a local cloud of its own, beside what the model says of them; answers whether all agree. */
export async function validate(seed: number): Promise<boolean> {
  const cloud = await ownCloud(modelled);
  try {
    for (let i = 0; i < WARM_UPS; i++) await measureLocalDemands(cloud);
    progress("warm");
    const all: Compared[] = [];
    for (const size of CROWDS) {
      all.push(await compare(cloud, size, seed));
      progress(`${count(size.buyers)} buyers, ${count(size.units)} units`);
    }
    console.log(`\n${format(all)}`);
    return all.every((crowd) => Math.abs(differenceOf(crowd)) <= MOST_DIFFERENCE);
  } finally {
    await cloud.stop();
  }
}

/**
 * Service times are measured just before, by processor time. How many cores the rest of the machine left is known only
 * afterwards: it is no part of what is predicted, so the model is told.
 */
async function compare(cloud: OwnCloud, size: CrowdSize, seed: number): Promise<Compared> {
  const demands = await measureLocalDemands(cloud);
  const measured = await measureCrowd(cloud, size);
  const { soldOutMs, latency } = simulate(
    {
      crowd: size.buyers,
      units: size.units,
      seed,
      arrivals: { mode: "connections", connections: CONNECTIONS },
    },
    localStage(demands, measured.coresLeft),
  );
  return { ...size, measured, predicted: { soldOutMs: soldOutMs ?? Infinity, ...latency } };
}

const differenceOf = ({ measured, predicted }: Compared) => predicted.soldOutMs / measured.soldOutMs - 1;

const ms = (value: number) => `${value.toFixed(1)} ms`;
const acceptedPerSecond = (units: number, soldOutMs: number) => count((1000 * units) / soldOutMs);

function format(all: readonly Compared[]): string {
  const rows = all.map((crowd) => {
    const { buyers, units, measured, predicted } = crowd;
    const both = (of: (from: Compared["predicted"]) => string) => `${of(predicted)} / ${of(measured)}`;
    return [
      `${count(buyers)} / ${count(units)}`,
      both(({ soldOutMs }) => seconds(soldOutMs)),
      `${(100 * differenceOf(crowd)).toFixed(0)} %`,
      both(({ soldOutMs }) => acceptedPerSecond(units, soldOutMs)),
      both(({ p50Ms }) => ms(p50Ms)),
      both(({ p95Ms }) => ms(p95Ms)),
      measured.coresLeft.toFixed(1),
    ];
  });
  const head = [
    "buyers / units",
    "sold out: model / seen",
    "off by",
    "accepted a second",
    "p50",
    "p95",
    "cores left",
  ];
  return `${table(head, rows)}\n\nOf ${availableParallelism()} cores, which the load client, the API and every store shared with what else the machine did.`;
}
