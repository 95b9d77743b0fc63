import { schedules } from "../../core/topology.ts";
import { memoryMegabytes } from "../../stacks/memory.ts";
import type { Stage } from "../synth/synthesize.ts";
import { view } from "../synth/view.ts";
import { type PriceName, prices } from "./prices.ts";

export type CostLine = { readonly what: string; readonly price: PriceName; readonly quantity: number };

const HOURS = 730;
/** The names in core/metrics.ts, and the refusals by outcome. */
const OWN_METRICS = 20;

const number = (value: unknown) => Number(value ?? 0);

export const usdOf = ({ price, quantity }: CostLine): number => quantity * prices[price].usd;

/** What a stage costs in a month in which nobody buys: counted in what its deploy makes. */
export function idleCosts(stage: Stage): CostLine[] {
  const { all } = view(stage);
  const lines: CostLine[] = [];
  for (const { inputs } of all("elasticache/replicationGroup")) {
    const nodes = number(inputs["numNodeGroups"]) * (number(inputs["replicasPerNodeGroup"]) + 1);
    const price = `${inputs["nodeType"] as "cache.r7g.large"}, Valkey` as const;
    lines.push({ what: `gate: ${nodes} nodes`, price, quantity: nodes * HOURS });
  }
  for (const { inputs } of all("rds/instance")) {
    const copies = inputs["multiAz"] === true ? 2 : 1;
    const gigabytes = number(inputs["allocatedStorage"]);
    const price = inputs["instanceClass"] as "db.m7g.large";
    lines.push({ what: `PostgreSQL: ${copies} zones`, price, quantity: copies * HOURS });
    const what = `its storage: ${gigabytes} GB in each`;
    lines.push({ what, price: "gp3 storage of RDS", quantity: copies * gigabytes });
  }
  const zones = all("ec2/vpcEndpoint").flatMap(({ inputs }) => (inputs["subnetIds"] as string[]) ?? []);
  lines.push({ what: "the way to SQS", price: "interface endpoint", quantity: zones.length * HOURS });
  if (stage !== "dev") lines.push(guardianCosts());
  for (const { inputs } of all("wafv2/webAcl")) {
    lines.push({ what: "firewall", price: "WAF ACL", quantity: 1 });
    lines.push({ what: "its rules", price: "WAF rule", quantity: (inputs["rules"] as object[]).length });
  }
  const alarms = all("cloudwatch/metricAlarm").length;
  lines.push({ what: `${alarms} alarms`, price: "CloudWatch alarm", quantity: alarms });
  const dashboards = all("cloudwatch/dashboard").length;
  lines.push({ what: "dashboard", price: "CloudWatch dashboard", quantity: dashboards });
  const metrics = dashboards * OWN_METRICS;
  lines.push({ what: `${metrics} metrics of our own`, price: "CloudWatch metric", quantity: metrics });
  const secrets = all("secretsmanager/secret").length;
  lines.push({ what: "secrets that SST keeps", price: "secret in Secrets Manager", quantity: secrets });
  return lines.filter(({ quantity }) => quantity > 0);
}

function guardianCosts(): CostLine {
  const { guardian } = schedules;
  const gigabytes = memoryMegabytes(guardian.handler) / 1024;
  const runs = (HOURS * 3600) / guardian.everySeconds;
  const what = `guardian: ${gigabytes} GB for ${guardian.runSeconds} s of each minute`;
  return { what, price: "Lambda, arm64", quantity: runs * guardian.runSeconds * gigabytes };
}
