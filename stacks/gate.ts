import type { Alarms } from "./alarms.ts";
import { type Grant, secret } from "./grants.ts";
import { type Network, storeDoor } from "./network.ts";
import { stage } from "./stage.ts";

type Parts = { readonly network: Network; readonly alarms: Alarms };

/**
 * The gate: Valkey 9 with a transaction log across zones, so that a reservation that was answered survives the loss of
 * its node. Synchronous durability needs cluster mode, a second zone and a replica, and an instance that is no t4g.
 */
export function createGate({ network, alarms }: Parts): { grants: { gate: Grant }; redis: sst.aws.Redis } {
  const door = $dev ? undefined : storeDoor("Gate", network.vpc, 6379);
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
        args.replicasPerNodeGroup = 1;
        args.multiAzEnabled = true;
        args.durability = "sync";
        args.snapshotRetentionLimit = stage.gate.snapshotDays;
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

/** Per node, whichever it is: the highest value of any of them counts. */
function watchGate(redis: sst.aws.Redis, { watch }: Alarms): void {
  const metric = (metricName: string) => ({
    namespace: "AWS/ElastiCache",
    metricName,
    dimensions: { ReplicationGroupId: redis.nodes.cluster.id },
  });
  // The scripts run one after another on one core: at 70 % the line in front of them grows.
  watch("GateBusy", { ...metric("EngineCPUUtilization"), above: 70, minutes: 2 });
  watch("GateMemory", { ...metric("DatabaseMemoryUsagePercentage"), above: 70, minutes: 2 });
  watch("GateEvictions", { ...metric("Evictions"), above: 0 });
  // ElastiCache refuses the 65,001st.
  watch("GateConnections", { ...metric("CurrConnections"), above: 50_000 });
  watch("GateReplicaLag", { ...metric("ReplicationLag"), above: 5, minutes: 2 });
}
