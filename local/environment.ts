import type { VariableName } from "../core/config.ts";
import { vapidPublicKeyOf } from "../core/push/vapid.ts";
import { sealingKeyOf } from "../core/webhooks/sealed.ts";
import { shopNames } from "../core/contract/shop.ts";
import { functionsUrl } from "./functions-url.ts";
import { LOCAL_PAYMENT_KEY, LOCAL_WEBHOOK_SECRET } from "./payment/payment-provider.ts";
import type { Resources } from "./resources.ts";
import type { RedisStore } from "./stores/redis.ts";

export const OPERATOR_EMAIL = "operator@example.com";
export const ADMIN_EMAIL = "admin@example.com";
export const VIEWER_EMAIL = "viewer@example.com";

/** Signs the sessions of the local cloud; any other stage refuses it. */
export const LOCAL_SESSION_SECRET = "local-only-secret-that-no-other-stage-accepts";

/** Opens the secrets of the local cloud's endpoints; any other stage refuses it. */
const LOCAL_WEBHOOK_KEY = "local-only-key-of-webhooks-that-no-other-stage-accepts";
/** Signs what push services are handed; any other stage refuses it. */
const LOCAL_PUSH_KEY = "local-only-key-of-pushes-that-no-other-stage-accepts";
/** The shop's own sign-in, where somebody runs one. */
const openIdNames = ["OPENID_ISSUER", "OPENID_CLIENT_ID", "OPENID_CLIENT_SECRET"] as const;
/** Signs receipts and reports of the local cloud; any other stage refuses it. */
const LOCAL_EVIDENCE_SECRET = "local-only-secret-of-evidence-that-no-stage-accepts";

/** A small crowd: the stand-in of Lambda notes what an opening would have warm. */
const warming = { WARM_ATTEMPTS_PER_SECOND: "100", WARM_MOST: "20" } as const;

type Variables = Partial<Record<VariableName, string>> & Record<`AWS_${string}`, string>;

/** The environment variables of every function of the local cloud. */
export function functionEnvironment(
  resources: Resources,
  urls: {
    redisUrl: string;
    redisCluster: RedisStore["cluster"];
    databaseUrl: string;
    sqsEndpoint: string;
    dynamoEndpoint: string;
    mailUrl: string;
    lambdaUrl: string;
    siteUrl: string;
    /** The beacon's stand-in, as BEACON_REHEARSAL describes it. */
    rehearsal: string;
    /** The payment provider's stand-in. */
    paymentUrl: string;
  },
): Record<string, string> {
  const variables: Variables = {
    STAGE: "local",
    REDIS_URL: urls.redisUrl,
    REDIS_CLUSTER: urls.redisCluster ? "1" : "0",
    REDIS_CA: urls.redisCluster?.ca ?? "",
    DATABASE_OWNER_URL: urls.databaseUrl,
    DATABASE_URL: functionsUrl(urls.databaseUrl),
    LEDGER_TABLE: resources.ledgerTable,
    IDENTITY_TABLE: resources.identityTable,
    PICTURE_TABLE: resources.pictureTable,
    LINE_TABLE: resources.lineTable,
    DYNAMODB_ENDPOINT: urls.dynamoEndpoint,
    ORDER_QUEUE_URL: resources.orderQueueUrl,
    ORDER_DEAD_LETTERS_URL: resources.orderDeadLettersUrl,
    PAYMENT_QUEUE_URL: resources.paymentQueueUrl,
    MAIL_QUEUE_URL: resources.mailQueueUrl,
    PUSH_QUEUE_URL: resources.pushQueueUrl,
    PUSH_KEY: LOCAL_PUSH_KEY,
    PUSH_PUBLIC_KEY: vapidPublicKeyOf(LOCAL_PUSH_KEY),
    PUSH_SERVICES: process.env["PUSH_SERVICES"] ?? "",
    REHEARSAL_QUEUE_URL: resources.rehearsalQueueUrl,
    MAILS_PER_SECOND: "100",
    WEBHOOK_QUEUE_URL: resources.webhookQueueUrl,
    WEBHOOK_REPORT_QUEUE_URL: resources.webhookReportsUrl,
    WEBHOOK_KEY: LOCAL_WEBHOOK_KEY,
    WEBHOOK_SEAL: sealingKeyOf(LOCAL_WEBHOOK_KEY),
    WEBHOOK_RETRIES: process.env["WEBHOOK_RETRIES"] ?? "",
    SQS_ENDPOINT: urls.sqsEndpoint,
    MAIL_FROM: "sale@example.com",
    SES_ENDPOINT: urls.mailUrl,
    LAMBDA_ENDPOINT: urls.lambdaUrl,
    PURCHASE_FUNCTION: "Purchase",
    PURCHASE_ALIAS: "live",
    ...warming,
    SITE_URL: urls.siteUrl,
    PAYMENT_ENDPOINT: urls.paymentUrl,
    PAYMENT_KEY: LOCAL_PAYMENT_KEY,
    PAYMENT_WEBHOOK_SECRET: LOCAL_WEBHOOK_SECRET,
    BEACON_REHEARSAL: urls.rehearsal,
    SESSION_SECRET: LOCAL_SESSION_SECRET,
    EVIDENCE_SECRET: LOCAL_EVIDENCE_SECRET,
    STAFF: `operator=${OPERATOR_EMAIL},admin=${ADMIN_EMAIL},viewer=${VIEWER_EMAIL}`,
    ...Object.fromEntries([...shopNames, ...openIdNames].map((name) => [name, process.env[name] ?? ""])),
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
  };
  return variables;
}
