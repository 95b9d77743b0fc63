import { isBurstable } from "../core/preflight/gate-sizes.ts";
import type { Alarms } from "./alarms.ts";
import { type Grant, secret } from "./grants.ts";
import { type Network, storeDoor } from "./network.ts";
import { stage } from "./stage.ts";

type Parts = { readonly network: Network; readonly alarms: Alarms };

const DATABASE = "flash_sale";
/** Amazon's own certificate authorities, which the Lambda runtime ships but Node does not load by itself. */
const LAMBDA_CERTIFICATES = "/var/runtime/ca-cert.pem";

/** Made by the migrations, with the rights that the functions use; see core/postgres/function-role.postgres.ts. */
const FUNCTIONS_ROLE = "flash_sale_functions";
const PASSWORD_LENGTH = 48;

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
        args.backupWindow = stage.maintenance.backup;
        args.maintenanceWindow = stage.maintenance.week;
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
  const through = {
    ...(!$dev && { environment: { NODE_EXTRA_CA_CERTS: LAMBDA_CERTIFICATES } }),
    ...(door && { securityGroup: door.clients.id }),
  };
  // `npm run dev` has given the local database its role, and hands over the role's address.
  const urls = $dev ? undefined : addressesOf(database);
  const grants = {
    orders: {
      ...through,
      secrets: [secret("DATABASE_URL", urls?.functions ?? stage.local.databaseUrl)],
    },
    "orders.owner": urls ? { ...through, secrets: [secret("DATABASE_OWNER_URL", urls.owner)] } : {},
  } satisfies Record<string, Grant>;
  return { grants, database };
}

function localDatabase() {
  const { hostname, port, username, password, pathname } = new URL(
    stage.local.databaseUrl || "postgres://postgres:postgres@localhost:5432/flash_sale",
  );
  return { host: hostname, port: Number(port || 5432), username, password, database: pathname.slice(1) };
}

/** The owner's address, for migrations alone, and that of the functions. */
function addressesOf(database: sst.aws.Postgres) {
  const key = new random.RandomPassword("OrdersKey", { length: PASSWORD_LENGTH, special: false }).result;
  const as = (username: $util.Input<string>, password: $util.Input<string>) =>
    $util
      .all([username, password, database.host, database.port])
      .apply(
        ([user, secretText, host, port]) =>
          `postgres://${user}:${encodeURIComponent(secretText)}@${host}:${port}/${DATABASE}?sslmode=verify-full`,
      );
  return { owner: as(database.username, database.password), functions: as(FUNCTIONS_ROLE, key) };
}

function watchOrders(database: sst.aws.Postgres, { watch }: Alarms): void {
  const metric = (metricName: string) => ({
    namespace: "AWS/RDS",
    metricName,
    dimensions: { DBInstanceIdentifier: database.id },
  });
  watch("OrdersBusy", { ...metric("CPUUtilization"), above: 80, minutes: 5 });
  watch("OrdersStorage", { ...metric("FreeStorageSpace"), below: 5 * 1024 ** 3, minutes: 5 });
  if (isBurstable(stage.orders.instance))
    watch("OrdersCredits", { ...metric("CPUCreditBalance"), below: 30, everyMinutes: 5 });
  watch("OrdersConnections", { ...metric("DatabaseConnections"), above: 60, minutes: 2 });
}
