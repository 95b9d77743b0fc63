import { isBurstable } from "../core/preflight/gate-sizes.ts";
import type { Alarms } from "./alarms.ts";
import { stage } from "./stage.ts";

const digits = (number: number, length: number) => String(number).padStart(length, "0");

/** The nodes' names, as ElastiCache makes them: the group's, the shard's number, the node's. */
function nodeSuffixes(): string[] {
  const shards = Array.from({ length: stage.gate.shards }, (_, index) => digits(index + 1, 4));
  const nodes = Array.from({ length: stage.gate.replicas + 1 }, (_, index) => digits(index + 1, 3));
  return shards.flatMap((shard) => nodes.map((node) => `${shard}-${node}`));
}

/**
 * ElastiCache measures each node (`CacheClusterId`); it has none of these metrics for the whole group. Which node is the
 * primary changes with a failover, so each has every alarm.
 */
export function watchGate(redis: sst.aws.Redis, { watch }: Alarms): void {
  for (const suffix of nodeSuffixes()) {
    const metric = (metricName: string) => ({
      namespace: "AWS/ElastiCache",
      metricName,
      dimensions: { CacheClusterId: $interpolate`${redis.nodes.cluster.id}-${suffix}` },
    });
    const name = (what: string) => `Gate${what}${suffix}`;
    // The scripts run one after another on one core: at 70 % the line in front of them grows.
    watch(name("Busy"), { ...metric("EngineCPUUtilization"), above: 70, minutes: 2 });
    watch(name("Memory"), { ...metric("DatabaseMemoryUsagePercentage"), above: 70, minutes: 2 });
    watch(name("Evictions"), { ...metric("Evictions"), above: 0 });
    // ElastiCache refuses the 65,001st.
    watch(name("Connections"), { ...metric("CurrConnections"), above: 50_000 });
    if (stage.gate.replicas > 0)
      watch(name("ReplicaLag"), { ...metric("ReplicationLag"), above: 5, minutes: 2 });
    // Without credits a t4g falls to a fifth of its core.
    if (isBurstable(stage.gate.instance))
      watch(name("Credits"), { ...metric("CPUCreditBalance"), below: 30, everyMinutes: 5 });
  }
}
