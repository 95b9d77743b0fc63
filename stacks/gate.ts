import type { Alarms } from "./alarms.ts";
import { watchGate } from "./gate-alarms.ts";
import { type Grant, secret } from "./grants.ts";
import { type Network, storeDoor } from "./network.ts";
import { stage } from "./stage.ts";

type Parts = { readonly network: Network; readonly alarms: Alarms };

/**
 * The gate: Valkey 9 in cluster mode, in production with a replica in a second zone. A replica that is promoted has another
 * life, so its sales are rebuilt from the ledger: it is there for speed, not for its copy (docs/decisions/0024).
 */
export function createGate({ network, alarms }: Parts): { grants: { gate: Grant }; redis: sst.aws.Redis } {
  const door = $dev ? undefined : storeDoor("Gate", network.vpc, 6379);
  const logs = $dev ? undefined : gateLogs();
  const redis = new sst.aws.Redis("Gate", {
    vpc: network.vpc,
    engine: "valkey",
    version: "9.0",
    instance: stage.gate.instance,
    cluster: { nodes: stage.gate.shards },
    // An evicted key would be a lost sale.
    parameters: { "maxmemory-policy": "noeviction" },
    dev: localGate(),
    transform: {
      cluster: (args) => {
        args.replicasPerNodeGroup = stage.gate.replicas;
        args.multiAzEnabled = stage.gate.replicas > 0;
        args.snapshotRetentionLimit = stage.gate.snapshotDays;
        args.maintenanceWindow = stage.maintenance.week;
        if (stage.gate.snapshotDays > 0) args.snapshotWindow = stage.maintenance.backup;
        if (logs) args.logDeliveryConfigurations = logs;
        if (door) args.securityGroupIds = [door.store.id];
      },
    },
  });
  if (!$dev) watchGate(redis, alarms);
  const url = $dev ? stage.local.redisUrl : addressOf(redis);
  return {
    redis,
    grants: {
      gate: {
        environment: { REDIS_CLUSTER: $dev ? "0" : "1" },
        secrets: [secret("REDIS_URL", url)],
        ...(door && { securityGroup: door.clients.id }),
      },
    },
  };
}

function localGate() {
  const { hostname, port, username, password } = new URL(stage.local.redisUrl || "redis://localhost:6379");
  return {
    host: hostname,
    port: Number(port || 6379),
    username: username || "default",
    ...(password && { password }),
  };
}

const addressOf = (redis: sst.aws.Redis) =>
  $util
    .all([redis.username, redis.password, redis.host, redis.port])
    .apply(
      ([username, password, host, port]) =>
        `rediss://${username}:${encodeURIComponent(password ?? "")}@${host}:${port}`,
    );

/** What the engine says of itself, and the commands that took it longer than 10 ms. */
function gateLogs() {
  return ["slow-log", "engine-log"].map((logType) => {
    const name = logType === "slow-log" ? "GateSlowLog" : "GateEngineLog";
    const retentionInDays = stage.logs === "1 month" ? 30 : 7;
    const group = new aws.cloudwatch.LogGroup(name, {
      name: `/elasticache/${stage.prefix}/${logType}`,
      retentionInDays,
    });
    return {
      logType,
      destination: group.name,
      destinationType: "cloudwatch-logs",
      logFormat: "json",
    };
  });
}
