import type { Redis } from "ioredis";
import type { Kysely } from "kysely";
import type { BeaconRecords } from "./beacon/beacon.dynamo.ts";
import type { BeaconChain } from "./beacon/chain.ts";
import type { BotRecords } from "./bots/bots.dynamo.ts";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import { connectGate, type GateConfig } from "./redis/connect.redis.ts";
import { createGate, type Gate } from "./gate/gate.redis.ts";
import { createPurchaseGate, type PurchaseGate } from "./gate/purchase-gate.redis.ts";
import type { Addresses } from "./identity/addresses.dynamo.ts";
import type { IdentityStore } from "./identity/identity.dynamo.ts";
import type { Mailboxes } from "./identity/mailbox.dynamo.ts";
import type { Mailer } from "./identity/mail.ses.ts";
import type { Standings } from "./identity/standing.dynamo.ts";
import type { Ledger } from "./reservation/ledger.dynamo.ts";
import type { Joins } from "./line/joins.dynamo.ts";
import type { LineFiles } from "./line/line-files.dynamo.ts";
import type { LineLogs } from "./line/line-log.dynamo.ts";
import type { Results } from "./line/results.dynamo.ts";
import { log } from "./log.ts";
import { closeOpened, once } from "./opened.ts";
import type { Database } from "./postgres/database.ts";
import type { OrderQueue } from "./orders/order-queue.sqs.ts";
import type { Pictures } from "./picture/pictures.dynamo.ts";
import type { GuardianSigns } from "./guardian/guardian-signs.dynamo.ts";
import type { WarmEnvironments } from "./preflight/warm-environments.lambda.ts";
import type { GuardianLease } from "./guardian/lease.dynamo.ts";
import type { SaleRecords } from "./sale/sale-record.dynamo.ts";

/** The gate's connection and what speaks over it. */
let redis: Redis | undefined;
let purchaseGate: PurchaseGate | undefined;
let gate: Gate | undefined;

/** Closes every client, for a process that hosts functions and stops in good order. */
export async function closeClients(): Promise<void> {
  redis?.disconnect();
  redis = purchaseGate = gate = undefined;
  await closeOpened();
}

/**
 * The gate's connection, for what only the guardian and the operators' tools do with it. Alone among the clients it is
 * imported with the function: most attempts end at the gate.
 */
export const gateConnection = (config: GateConfig): Redis =>
  (redis ??= connectGate(config, (error) => log.warn("the gate's connection broke", { error })));

/** The gate. */
export const gateClient = (config: GateConfig): Gate => (gate ??= createGate(gateConnection(config)));

/** As much of the gate as a purchase needs. */
export const purchaseGateClient = (config: GateConfig): PurchaseGate =>
  (purchaseGate ??= createPurchaseGate(gateConnection(config)));

type TableConfig = Config<"LEDGER_TABLE" | "DYNAMODB_ENDPOINT">;
type LedgerClients = { readonly ledger: Ledger; readonly saleRecords: SaleRecords };

/** The ledger's table: the reservations, and the copies of the sales. */
export const ledgerClients = (config: TableConfig): Promise<LedgerClients> =>
  once("ledger", async () => {
    const [{ openDynamo }, { createLedger }, { createSaleRecords }] = await Promise.all([
      import("./dynamo/connect.dynamo.ts"),
      import("./reservation/ledger.dynamo.ts"),
      import("./sale/sale-record.dynamo.ts"),
    ]);
    const dynamo = openDynamo(config.DYNAMODB_ENDPOINT);
    const ledger = createLedger(dynamo, config.LEDGER_TABLE);
    const saleRecords = createSaleRecords(dynamo, config.LEDGER_TABLE);
    return { client: { ledger, saleRecords }, close: async () => dynamo.close() };
  });

type LeaseOf = (owner: string, clock: Clock) => GuardianLease;
type GuardianClients = { readonly leaseOf: LeaseOf; readonly signs: GuardianSigns };

/** What the guardians keep in the ledger's table: their lease and their signs of life. */
export const guardianClients = (config: TableConfig): Promise<GuardianClients> =>
  once("guardian", async () => {
    const [{ openDocumentClient }, { createLease }, { createGuardianSigns }] = await Promise.all([
      import("./dynamo/sdk-client.dynamo.ts"),
      import("./guardian/lease.dynamo.ts"),
      import("./guardian/guardian-signs.dynamo.ts"),
    ]);
    const dynamo = openDocumentClient(config.DYNAMODB_ENDPOINT);
    const leaseOf = (owner: string, clock: Clock) => createLease(dynamo, config.LEDGER_TABLE, owner, clock);
    const signs = createGuardianSigns(dynamo, config.LEDGER_TABLE);
    return { client: { leaseOf, signs }, close: async () => dynamo.destroy() };
  });

type IdentityClients = {
  readonly store: IdentityStore;
  readonly mailboxes: Mailboxes;
  readonly standings: Standings;
  readonly addresses: Addresses;
};

/** The table of buyers and of what it takes to sign in. */
export const identityClient = (
  config: Config<"IDENTITY_TABLE" | "DYNAMODB_ENDPOINT">,
): Promise<IdentityClients> =>
  once("identity", async () => {
    const [
      { openDocumentClient },
      { createAddresses },
      { createIdentityStore },
      { createMailboxes },
      { createStandings },
    ] = await Promise.all([
      import("./dynamo/sdk-client.dynamo.ts"),
      import("./identity/addresses.dynamo.ts"),
      import("./identity/identity.dynamo.ts"),
      import("./identity/mailbox.dynamo.ts"),
      import("./identity/standing.dynamo.ts"),
    ]);
    const dynamo = openDocumentClient(config.DYNAMODB_ENDPOINT);
    const table = config.IDENTITY_TABLE;
    const client = {
      store: createIdentityStore(dynamo, table),
      mailboxes: createMailboxes(dynamo, table),
      standings: createStandings(dynamo, table),
      addresses: createAddresses(dynamo, table),
    };
    return { client, close: async () => dynamo.destroy() };
  });

/** What is known of joins that may be a bot's, in the table of the lines. */
export const botsClient = (config: Config<"LINE_TABLE" | "DYNAMODB_ENDPOINT">): Promise<BotRecords> =>
  once("bots", async () => {
    const [{ openDynamo }, { createBotRecords }] = await Promise.all([
      import("./dynamo/connect.dynamo.ts"),
      import("./bots/bots.dynamo.ts"),
    ]);
    const dynamo = openDynamo(config.DYNAMODB_ENDPOINT);
    const client = createBotRecords(dynamo, config.LINE_TABLE);
    return { client, close: async () => dynamo.close() };
  });

type LineClients = {
  readonly joins: Joins;
  readonly logs: LineLogs;
  readonly files: LineFiles;
  readonly results: Results;
};

/** The table of the lines. */
export const lineClients = (config: Config<"LINE_TABLE" | "DYNAMODB_ENDPOINT">): Promise<LineClients> =>
  once("line", async () => {
    const [{ openDynamo }, { createJoins }, { createLineLogs }, { createLineFiles }, { createResults }] =
      await Promise.all([
        import("./dynamo/connect.dynamo.ts"),
        import("./line/joins.dynamo.ts"),
        import("./line/line-log.dynamo.ts"),
        import("./line/line-files.dynamo.ts"),
        import("./line/results.dynamo.ts"),
      ]);
    const dynamo = openDynamo(config.DYNAMODB_ENDPOINT);
    const table = config.LINE_TABLE;
    const client = {
      joins: createJoins(dynamo, table),
      logs: createLineLogs(dynamo, table),
      files: createLineFiles(dynamo, table),
      results: createResults(dynamo, table),
    };
    return { client, close: async () => dynamo.close() };
  });

/** Which rounds of the beacon are needed, and the signatures that came; in the ledger's table. */
export const beaconClient = (
  config: Config<"LEDGER_TABLE" | "DYNAMODB_ENDPOINT">,
  chain: BeaconChain,
): Promise<BeaconRecords> =>
  once("beacon", async () => {
    const [{ openDynamo }, { createBeaconRecords }] = await Promise.all([
      import("./dynamo/connect.dynamo.ts"),
      import("./beacon/beacon.dynamo.ts"),
    ]);
    const dynamo = openDynamo(config.DYNAMODB_ENDPOINT);
    const client = createBeaconRecords(dynamo, config.LEDGER_TABLE, chain.hash);
    return { client, close: async () => dynamo.close() };
  });

export const picturesClient = (config: Config<"PICTURE_TABLE" | "DYNAMODB_ENDPOINT">): Promise<Pictures> =>
  once("pictures", async () => {
    const [{ openDocumentClient }, { createPictures }] = await Promise.all([
      import("./dynamo/sdk-client.dynamo.ts"),
      import("./picture/pictures.dynamo.ts"),
    ]);
    const dynamo = openDocumentClient(config.DYNAMODB_ENDPOINT);
    return { client: createPictures(dynamo, config.PICTURE_TABLE), close: async () => dynamo.destroy() };
  });

export const orderQueueClient = (config: Config<"ORDER_QUEUE_URL" | "SQS_ENDPOINT">): Promise<OrderQueue> =>
  queueClient(config.ORDER_QUEUE_URL, config.SQS_ENDPOINT);

export const deadLettersClient = (
  config: Config<"ORDER_DEAD_LETTERS_URL" | "SQS_ENDPOINT">,
): Promise<OrderQueue> => queueClient(config.ORDER_DEAD_LETTERS_URL, config.SQS_ENDPOINT);

const queueClient = (queueUrl: string, endpoint: string | undefined): Promise<OrderQueue> =>
  once(queueUrl, async () => {
    const [{ openSqs }, { createOrderQueue }] = await Promise.all([
      import("./aws/connect.sqs.ts"),
      import("./orders/order-queue.sqs.ts"),
    ]);
    const sqs = openSqs(queueUrl, endpoint);
    return { client: createOrderQueue(sqs), close: async () => sqs.close() };
  });

export const mailClient = (config: Config<"MAIL_FROM" | "SES_ENDPOINT">): Promise<Mailer> =>
  once("mail", async () => {
    const [{ SESv2Client }, { awsClientSettings }, { createMailer }] = await Promise.all([
      import("@aws-sdk/client-sesv2"),
      import("./aws/sdk-settings.ts"),
      import("./identity/mail.ses.ts"),
    ]);
    const ses = new SESv2Client(awsClientSettings(config.SES_ENDPOINT));
    return { client: createMailer(ses, config.MAIL_FROM), close: async () => ses.destroy() };
  });

export const databaseClient = (config: Config<"DATABASE_URL">): Promise<Kysely<Database>> =>
  once("database", async () => {
    const { connectDatabase } = await import("./postgres/connect.postgres.ts");
    const db = connectDatabase(config.DATABASE_URL);
    return { client: db, close: () => db.destroy() };
  });

/** Of the same table, who has which mail address. */
export const addressesClient = (config: Config<"IDENTITY_TABLE" | "DYNAMODB_ENDPOINT">): Promise<Addresses> =>
  once("addresses", async () => {
    const [{ openDocumentClient }, { createAddresses }] = await Promise.all([
      import("./dynamo/sdk-client.dynamo.ts"),
      import("./identity/addresses.dynamo.ts"),
    ]);
    const dynamo = openDocumentClient(config.DYNAMODB_ENDPOINT);
    const client = createAddresses(dynamo, config.IDENTITY_TABLE);
    return { client, close: async () => dynamo.destroy() };
  });

type WarmConfig = Config<"PURCHASE_FUNCTION" | "PURCHASE_ALIAS" | "LAMBDA_ENDPOINT">;

export const warmEnvironments = (config: WarmConfig): Promise<WarmEnvironments> =>
  once("warm", async () => {
    const [{ LambdaClient }, { awsClientSettings }, { createWarmEnvironments }] = await Promise.all([
      import("@aws-sdk/client-lambda"),
      import("./aws/sdk-settings.ts"),
      import("./preflight/warm-environments.lambda.ts"),
    ]);
    const lambda = new LambdaClient(awsClientSettings(config.LAMBDA_ENDPOINT));
    const client = createWarmEnvironments(lambda, config.PURCHASE_FUNCTION, config.PURCHASE_ALIAS);
    return { client, close: async () => lambda.destroy() };
  });
