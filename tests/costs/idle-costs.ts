import { schedules } from "../../core/topology.ts";
import { memoryMegabytes } from "../../stacks/memory.ts";
import type { Stage } from "../synth/synthesize.ts";
import { view } from "../synth/view.ts";
import { type PriceName, prices } from "./prices.ts";

export type CostLine = { readonly what: string; readonly price: PriceName; readonly quantity: number };

const HOURS = 730;
const MILLION = 1_000_000;
/** In a month without a sale: the guardian's heartbeat; and with a canary, what its purchases make. */
const IDLE_METRICS = { production: 8, preview: 1, dev: 0 } as const;
/** A canary's purchase has the guardian watch until its sale is closed: two of its runs at most. */
const WATCHED_RUNS = 2;
const CANARY_SECONDS = 15;
const WARM_UP_SECONDS = 1;

const number = (value: unknown) => Number(value ?? 0);

export const usdOf = ({ price, quantity }: CostLine): number => quantity * prices[price].usd;

/** What a stage costs in a month in which nobody buys: counted in what its deploy makes. */
export function idleCosts(stage: Stage): CostLine[] {
  const lines = [...storeCosts(stage), ...functionCosts(stage), ...watchCosts(stage)];
  return lines.filter(({ quantity }) => quantity > 0);
}

function storeCosts(stage: Stage): CostLine[] {
  const { all } = view(stage);
  const gate = all("elasticache/replicationGroup").map(({ inputs }): CostLine => {
    const nodes = number(inputs["numNodeGroups"]) * (number(inputs["replicasPerNodeGroup"]) + 1);
    const price = `${inputs["nodeType"] as "cache.t4g.small"}, Valkey` as const;
    return { what: `gate: ${nodes} nodes`, price, quantity: nodes * HOURS };
  });
  const orders = all("rds/instance").flatMap(({ inputs }): CostLine[] => {
    const copies = inputs["multiAz"] === true ? 2 : 1;
    const gigabytes = number(inputs["allocatedStorage"]);
    const price = inputs["instanceClass"] as "db.t4g.small";
    const what = `its storage: ${gigabytes} GB in each`;
    return [
      { what: `PostgreSQL: ${copies} zones`, price, quantity: copies * HOURS },
      { what, price: "gp3 storage of RDS", quantity: copies * gigabytes },
    ];
  });
  const zones = all("ec2/vpcEndpoint").flatMap(({ inputs }) => (inputs["subnetIds"] as string[]) ?? []);
  const secrets = all("secretsmanager/secret").length;
  return [
    ...gate,
    ...orders,
    {
      what: `the way to SQS: ${zones.length} zones`,
      price: "interface endpoint",
      quantity: zones.length * HOURS,
    },
    { what: "secrets that SST keeps", price: "secret in Secrets Manager", quantity: secrets },
  ];
}

const runsOf = (everySeconds: number) => (HOURS * 3600) / everySeconds;
const lambda = (what: string, handler: string, seconds: number): CostLine => ({
  what,
  price: "Lambda, arm64",
  quantity: (seconds * memoryMegabytes(handler)) / 1024,
});

/** What runs by itself: schedules, and what each starts. */
function functionCosts(stage: Stage): CostLine[] {
  if (stage === "dev") return [];
  const { beacon, canary, drawResults, erasures, guardian, staffMails, warmUp } = schedules;
  const deployed = view(stage)
    .all("scheduler/schedule")
    .map(({ name }) => name);
  const canaries = deployed.some((name) => name.startsWith("Canary")) ? runsOf(canary.everySeconds) : 0;
  const looks = runsOf(guardian.everySeconds);
  const starts =
    looks +
    runsOf(beacon.everySeconds) +
    runsOf(drawResults.everySeconds) +
    runsOf(erasures.everySeconds) +
    runsOf(staffMails.everySeconds) +
    runsOf(warmUp.everySeconds) +
    canaries;
  return [
    lambda("guardian: a look each minute", guardian.handler, looks * guardian.idleSeconds),
    lambda(
      "guardian: beside each canary",
      guardian.handler,
      canaries * WATCHED_RUNS * (guardian.runSeconds - guardian.idleSeconds),
    ),
    lambda("canary: a purchase each hour", canary.handler, canaries * CANARY_SECONDS),
    lambda("warming: a look each minute", warmUp.handler, runsOf(warmUp.everySeconds) * WARM_UP_SECONDS),
    lambda("beacon: a look each minute", beacon.handler, runsOf(beacon.everySeconds) * beacon.idleSeconds),
    lambda("draws to be told of: a look each minute", drawResults.handler, runsOf(drawResults.everySeconds)),
    lambda("deletions: a look each quarter of an hour", erasures.handler, runsOf(erasures.everySeconds)),
    lambda("mails to the staff: a look each minute", staffMails.handler, runsOf(staffMails.everySeconds)),
    { what: "their starts", price: "EventBridge Scheduler", quantity: starts / MILLION },
  ];
}

/** What watches it: firewall, alarms, metrics, dashboard. */
function watchCosts(stage: Stage): CostLine[] {
  const { all } = view(stage);
  const firewalls = all("wafv2/webAcl");
  const rules = firewalls.flatMap(({ inputs }) => inputs["rules"] as object[]);
  // An alarm on a sum is paid for each metric in it.
  const alarms = all("cloudwatch/metricAlarm").reduce((sum, { inputs }) => {
    const queries = (inputs["metricQueries"] ?? []) as { metric?: object }[];
    return sum + Math.max(1, queries.filter(({ metric }) => metric).length);
  }, 0);
  return [
    { what: "firewall", price: "WAF ACL", quantity: firewalls.length },
    { what: `its ${rules.length} rules`, price: "WAF rule", quantity: rules.length },
    { what: `${alarms} alarmed metrics`, price: "CloudWatch alarm", quantity: alarms },
    { what: "dashboard", price: "CloudWatch dashboard", quantity: all("cloudwatch/dashboard").length },
    { what: "metrics of our own", price: "CloudWatch metric", quantity: IDLE_METRICS[stage] },
  ];
}
