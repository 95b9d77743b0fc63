import type { Alarms } from "./alarms.ts";
import { type Grant, secret } from "./grants.ts";
import { type Network, storeDoor } from "./network.ts";
import { stage } from "./stage.ts";

type Parts = { readonly network: Network; readonly alarms: Alarms };

const DATABASE = "flash_sale";
/** Amazon's own certificate authorities, which the Lambda runtime ships but Node does not load by itself. */
const LAMBDA_CERTIFICATES = "/var/runtime/ca-cert.pem";

/** The merchant's system of record. Few connect to it: the consumer's concurrency is bounded, so it needs no proxy. */
export function createOrders({ network, alarms }: Parts) {
  const door = $dev ? undefined : storeDoor("Orders", network.vpc, 5432);
  const database = new sst.aws.Postgres("Orders", {
    vpc: network.vpc,
    version: "17",
    instance: stage.orders.instance,
    storage: stage.orders.storage,
    multiAz: stage.orders.isMultiAz,
    database: DATABASE,
    dev: localDatabase(),
    transform: {
      parameterGroup: (args) => {
        args.parameters = [{ name: "rds.force_ssl", value: "1" }];
      },
      instance: (args) => {
        args.storageEncrypted = true;
        args.publiclyAccessible = false;
        args.deletionProtection = stage.isProduction;
        args.backupRetentionPeriod = stage.orders.backupDays;
        args.copyTagsToSnapshot = true;
        args.skipFinalSnapshot = !stage.isProduction;
        if (stage.isProduction) args.finalSnapshotIdentifier = `${stage.prefix}-orders-final`;
        // A new major version is a decision, with a rehearsal.
        args.allowMajorVersionUpgrade = false;
        if (door) args.vpcSecurityGroupIds = [door.store.id];
      },
    },
  });
  if (!$dev) watchOrders(database, alarms);
  const url = $dev ? stage.local.databaseUrl : addressOf(database);
  const grants = {
    orders: {
      ...(!$dev && { environment: { NODE_EXTRA_CA_CERTS: LAMBDA_CERTIFICATES } }),
      secrets: [secret("DATABASE_URL", url)],
      ...(door && { securityGroup: door.clients.id }),
    },
  } satisfies Record<string, Grant>;
  return { grants, database };
}

function localDatabase() {
  const { hostname, port, username, password, pathname } = new URL(
    stage.local.databaseUrl || "postgres://postgres:postgres@localhost:5432/flash_sale",
  );
  return { host: hostname, port: Number(port || 5432), username, password, database: pathname.slice(1) };
}

const addressOf = (database: sst.aws.Postgres) =>
  $util
    .all([database.username, database.password, database.host, database.port])
    .apply(
      ([username, password, host, port]) =>
        `postgres://${username}:${encodeURIComponent(password)}@${host}:${port}/${DATABASE}?sslmode=verify-full`,
    );

function watchOrders(database: sst.aws.Postgres, { watch }: Alarms): void {
  const metric = (metricName: string) => ({
    namespace: "AWS/RDS",
    metricName,
    dimensions: { DBInstanceIdentifier: database.id },
  });
  watch("OrdersBusy", { ...metric("CPUUtilization"), above: 80, minutes: 5 });
  watch("OrdersStorage", { ...metric("FreeStorageSpace"), below: 5 * 1024 ** 3, minutes: 5 });
  watch("OrdersConnections", { ...metric("DatabaseConnections"), above: 60, minutes: 2 });
}
