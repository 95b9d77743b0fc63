import { join } from "node:path";
import {
  consumers,
  httpFunction,
  httpNames,
  migrations,
  operations,
  type ScheduleName,
  schedules,
  smokeSessions,
} from "../../core/topology.ts";
import { type Cloud, startCloud } from "../../local/cloud.ts";
import { startMailbox } from "../../local/mailbox/mailbox.ts";
import { siteDir } from "../../local/start/build-site.ts";
import { type StoresOptions, startStores } from "../../local/stores/start-stores.ts";
import { bundleOf } from "./bundles.ts";
import { type IamProxy, startIamProxy } from "./iam-proxy.ts";
import { settings } from "./sst.ts";
import { statementsOf, view } from "./view.ts";

const titleOf = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** The component of each handler, as the stacks name it. */
export const components: ReadonlyMap<string, string> = new Map([
  ...httpNames.map(
    (name) =>
      [
        httpFunction(name).handler,
        name === "purchase" ? "Purchase" : `ApiRoute${titleOf(name)}Handler`,
      ] as const,
  ),
  [consumers.orderConsumer.handler, "OrderQueueSubscriber"],
  [consumers.paymentWorker.handler, "PaymentQueueSubscriber"],
  [consumers.orderMailer.handler, "MailQueueSubscriber"],
  [consumers.pushSender.handler, "PushQueueSubscriber"],
  [consumers.webhookSender.handler, "WebhookQueueSubscriber"],
  [consumers.webhookReporter.handler, "WebhookReportQueueSubscriber"],
  [consumers.rehearsalCrowd.handler, "RehearsalQueueSubscriber"],
  ...(Object.keys(schedules) as ScheduleName[]).map(
    (name) => [schedules[name].handler, `${titleOf(name)}Handler`] as const,
  ),
  [migrations.handler, "Migrations"],
  [operations.handler, "Operations"],
  [smokeSessions.handler, "SmokeSessions"],
]);

const componentOf = (handler: string) => components.get(handler) ?? handler;

export type DeployedCloud = { readonly cloud: Cloud; readonly iam: IamProxy; stop(): Promise<void> };

/**
 * The local cloud with the deployed bundles in the place of the sources, each in processes of its own, and each refused by
 * AWS's stand-ins whatever the role that production gives it does not allow.
 */
export async function startDeployedCloud(dataDir: string): Promise<DeployedCloud> {
  const options: StoresOptions = { dataDir, external: {}, isDurable: false, onReady: () => {} };
  const stores = await startStores(options);
  const mailbox = await startMailbox(0);
  const roles = view("production").all("iam/role");
  const behind = { dynamodb: stores.dynamo.url, sqs: stores.sqs.url, ses: mailbox.url };
  const iam = await startIamProxy(behind, (component) =>
    roles.filter(({ name }) => name.startsWith(component) && name.endsWith("Role")).flatMap(statementsOf),
  );
  const cloud = await startCloud({
    dataDir: join(dataDir, "cloud"),
    runner: "workers",
    workersPerFunction: 2,
    schedules: "all",
    siteDir,
    external: {
      redisUrl: stores.redis.url,
      databaseUrl: stores.postgres.url,
      sqsEndpoint: stores.sqs.url,
      dynamoEndpoint: stores.dynamo.url,
    },
    moduleOf: (handler) => join(bundleOf(componentOf(handler)), "bundle.mjs"),
    workerEnvironment: (handler) => ({
      DYNAMODB_ENDPOINT: iam.urlFor("dynamodb", componentOf(handler)),
      SQS_ENDPOINT: iam.urlFor("sqs", componentOf(handler)),
      MAIL_FROM: settings.MAIL_FROM,
      // A push service on this machine.
      PUSH_SERVICES: "127.0.0.1",
      SES_ENDPOINT: iam.urlFor("ses", componentOf(handler)),
      ...(componentOf(handler).includes("Health") && { ORIGIN_SECRET: "known-to-the-cdn-alone" }),
    }),
  });
  const stop = async () => {
    await cloud.stop();
    await iam.stop();
    await mailbox.stop();
    await stores.stop();
  };
  // Its own mailbox gets no mail: the bundles write to ours, through the proxy.
  return { cloud: { ...cloud, mailboxUrl: `${mailbox.url}/mailbox` }, iam, stop };
}
