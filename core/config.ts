import * as v from "valibot";
import { openLinks } from "./links.ts";

const required = (what: string) => () =>
  v.pipe(v.string(`is missing: ${what}`), v.minLength(1, `is empty: ${what}`));
const flag = () =>
  v.pipe(
    v.optional(v.picklist(["0", "1"], "must be 0 or 1"), "0"),
    v.transform((text) => text === "1"),
  );
const text = () => v.optional(v.string(), "");
const optional = () => v.optional(v.string());
const number = (what: string) => () =>
  v.pipe(required(what)(), v.regex(/^\d+$/, "must be a whole number"), v.transform(Number));
const secret = (what: string) => () =>
  v.pipe(required(what)(), v.minLength(32, "must have at least 32 characters"));
const stages = ["local", "dev", "preview", "production"] as const;

/** Every variable that a function may read, and what it must look like. Made when it is read: each function reads a few. */
export const variables = {
  /** Which kind of place this is; anything but `local` refuses default secrets. */
  STAGE: () => v.picklist(stages, `must be one of ${stages.join(", ")}`),
  REDIS_URL: required("the gate's address, such as redis://127.0.0.1:6379/0"),
  REDIS_CLUSTER: flag,
  /** With rediss://: the authority to trust, as PEM text. Empty: those that Node trusts, which AWS's certificates come from. */
  REDIS_CA: () =>
    v.pipe(
      text(),
      v.regex(/^(?:-----BEGIN CERTIFICATE-----[^]+)?$/, "must be a certificate as PEM text, or empty"),
    ),
  /** As the database's owner, for migrations alone. */
  DATABASE_OWNER_URL: required("PostgreSQL's address for who may change the schema and make roles"),
  /** As the role that migrations make for the functions. */
  DATABASE_URL: required("PostgreSQL's address, such as postgres://user:password@127.0.0.1:5432/flash"),
  LEDGER_TABLE: required("the DynamoDB table of the ledger"),
  IDENTITY_TABLE: required("the DynamoDB table of buyers and sign-in codes"),
  PICTURE_TABLE: required("the DynamoDB table of the sales' pictures"),
  LINE_TABLE: required("the DynamoDB table of the lines: who has joined, their logs and public files"),
  DYNAMODB_ENDPOINT: optional,
  ORDER_QUEUE_URL: required("the SQS queue of orders"),
  ORDER_DEAD_LETTERS_URL: required("the SQS queue of dead letters"),
  PAYMENT_QUEUE_URL: required("the SQS queue of what is to be done at the payment provider"),
  MAIL_QUEUE_URL: required("the SQS queue of mails about orders"),
  WEBHOOK_QUEUE_URL: required("the SQS queue of webhooks that are due"),
  WEBHOOK_REPORT_QUEUE_URL: required("the SQS queue of what came of webhooks"),
  /** The secret text whose public half seals the endpoints' secrets, and that public half; see core/webhooks/sealed.ts. */
  WEBHOOK_KEY: secret("the key that opens the endpoints' secrets"),
  WEBHOOK_SEAL: required("the public half of WEBHOOK_KEY"),
  /** Seconds to wait after each failed call of an event; empty: those of core/webhooks/retries.ts. */
  WEBHOOK_RETRIES: text,
  PUSH_QUEUE_URL: required("the SQS queue of what browsers are to be told"),
  /** The secret text that the key towards push services is made from, and that key's public half; see core/push/vapid.ts. */
  PUSH_KEY: secret("the secret of the key that signs pushes"),
  PUSH_PUBLIC_KEY: required("the public half of PUSH_KEY"),
  /** Hosts of push services that may be called, as core/push/push-service.ts reads them; empty: those that are known. */
  PUSH_SERVICES: text,
  REHEARSAL_QUEUE_URL: required("the SQS queue of rehearsals whose crowd is to come"),
  /** How many of them go out in a second; sign-in codes share what SES allows the account. */
  MAILS_PER_SECOND: number("mails about orders in a second"),
  SQS_ENDPOINT: optional,
  /** The payment provider's secret key, and the secret that its messages are signed with. */
  PAYMENT_KEY: required("the payment provider's secret key"),
  PAYMENT_WEBHOOK_SECRET: required("the secret that the payment provider signs its messages with"),
  /** A stand-in for the payment provider, on a developer's machine alone. */
  PAYMENT_ENDPOINT: optional,
  MAIL_FROM: required("the sender of mails"),
  SES_ENDPOINT: optional,
  SESSION_SECRET: secret("the key that signs sessions"),
  /** What the key that signs receipts and reports is derived from; see docs/evidence.md. */
  EVIDENCE_SECRET: secret("the secret of the key that signs evidence"),
  /** The function and alias of the purchase, and how many of its environments a sale may have warm. */
  PURCHASE_FUNCTION: required("the Lambda function of the purchase"),
  PURCHASE_ALIAS: required("its alias"),
  WARM_ATTEMPTS_PER_SECOND: number("attempts a second that an opening brings"),
  WARM_MOST: number("most environments to keep warm"),
  LAMBDA_ENDPOINT: optional,
  /** Where shoppers find the site, without a slash at its end. */
  SITE_URL: () =>
    v.pipe(required("the site's address, such as https://shop.example.com")(), v.url("must be a URL")),
  /** What the CDN adds to each request; empty only where there is no CDN. */
  ORIGIN_SECRET: text,
  /** How Lambda started this environment: with a request waiting, or before there is any. Set by Lambda. */
  AWS_LAMBDA_INITIALIZATION_TYPE: optional,
  /** A beacon of one's own in place of the public one, as JSON of core/beacon/beacon-source.ts; empty where goods are sold. */
  BEACON_REHEARSAL: text,
  /** Only under the fault tests; see fault-point.ts. */
  FAULT_POINT: optional,
  /** `role=e-mail` pairs, separated by commas: who signs in as viewer, operator or admin. */
  STAFF: text,
  /** What providers of mail ignore in an address, as core/identity/aliases.ts reads it; empty: those that are known. */
  MAILBOX_PROVIDERS: text,
  /** The shop that sells here; see contract/shop.ts. */
  SHOP_NAME: text,
  SHOP_ACCENT: text,
  SHOP_IMPRINT_URL: text,
  SHOP_PRIVACY_URL: text,
  SHOP_TERMS_URL: text,
  SHOP_CONTACT: text,
  SHOP_NEXT_STEPS_EN: text,
  SHOP_NEXT_STEPS_DE: text,
  SHOP_TIME_ZONE: text,
  SHOP_SIGN_IN_NAME: text,
  /** The merchant's own sign-in, by OpenID Connect: its issuer (empty: there is none), and what it knows this shop by. */
  OPENID_ISSUER: text,
  OPENID_CLIENT_ID: text,
  OPENID_CLIENT_SECRET: text,
} as const;

export type VariableName = keyof typeof variables;

export type Config<Name extends VariableName = VariableName> = Readonly<{
  [K in Name | "STAGE"]: v.InferOutput<ReturnType<(typeof variables)[K]>>;
}>;

/** Part of every secret that this repository ships for local use; refused anywhere else. */
export const LOCAL_SECRET_MARK = "local-only";

/**
 * Reads and checks the named variables, once, at the start of a function.
 *
 * @throws Error naming every wrong variable together, never a value.
 */
export function loadConfig<Name extends VariableName>(
  names: readonly Name[],
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Config<Name> {
  const wrong: string[] = [];
  const entries = ["STAGE" as const, ...names].map((name) => {
    const result = v.safeParse(variables[name](), environment[name] ?? linkedSecret(name));
    if (!result.success) wrong.push(`${name} ${result.issues[0].message}`);
    return [name, result.output] as const;
  });
  const config = Object.freeze(Object.fromEntries(entries)) as Config<Name>;
  if (isBehindCdn(config.STAGE) && (config as Partial<Config>).ORIGIN_SECRET === "")
    wrong.push("ORIGIN_SECRET is missing: without it the API can be reached around the CDN's firewall");
  if (config.STAGE !== "local") {
    for (const [name, value] of Object.entries(config))
      if (typeof value === "string" && value.includes(LOCAL_SECRET_MARK))
        wrong.push(`${name} is the default for local use: set a secret of your own for this stage`);
  }
  if (wrong.length > 0) throw new Error(`Configuration is not valid:\n  ${wrong.join("\n  ")}`);
  return config;
}

/** The trace of the invocation under way, as Lambda sets it for each one; absent elsewhere. */
export const invocationTrace = (): string | undefined => process.env["_X_AMZN_TRACE_ID"];

/** Under which name CloudWatch keeps the stage's metrics; undefined or empty: they are not written. */
export const metricsNamespace = (): string | undefined => process.env["METRICS_NAMESPACE"];

export type AwsCredentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | undefined;
};

/**
 * What this process may do on AWS. Lambda sets it for an environment's whole life, and ends that before it expires; read
 * anew each second, so that whatever stands there holds.
 *
 * @throws Error named CredentialsProviderError when there is none.
 */
export function awsCredentials(): AwsCredentials {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secretKey, AWS_SESSION_TOKEN: token } = process.env;
  if (!id || !secretKey)
    throw Object.assign(new Error("AWS_ACCESS_KEY_ID or AWS_SECRET_ACCESS_KEY is missing"), {
      name: "CredentialsProviderError",
    });
  return { accessKeyId: id, secretAccessKey: secretKey, sessionToken: token || undefined };
}

/** @throws Error when it is not set; Lambda sets it. */
export function awsRegion(): string {
  const region = process.env["AWS_REGION"];
  if (!region) throw new Error("AWS_REGION is missing");
  return region;
}

const isBehindCdn = (stage: Config["STAGE"]) => stage === "preview" || stage === "production";

const links = openLinks(process.env);

/**
 * A secret of a deployed function: it lies encrypted in the function's bundle, under the name of its variable in
 * Pascal case (SESSION_SECRET: SessionSecret), where SST's links put it. See docs/decisions/0011-secrets-travel-as-links.md.
 */
function linkedSecret(name: VariableName): string | undefined {
  const link = name.toLowerCase().replace(/(?:^|_)([a-z])/g, (_all, letter: string) => letter.toUpperCase());
  return link in links ? links[link]?.value : undefined;
}
