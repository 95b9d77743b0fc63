import * as v from "valibot";
import { type VariableName, variables } from "../../core/config.ts";
import { helpText } from "../../local/start/parse-flags.ts";

type Described = Readonly<Record<string, string>>;

/** What whoever deploys may set, read by stacks/stage.ts; a test compares the names. */
export const deploySettings: Described = {
  MAIL_FROM: "The sender of mails: an address of an identity that SES has verified. Every stage needs it.",
  MAILS_PER_SECOND:
    "Mails about orders in a second. Sign-in codes share what SES allows the account: leave them half. Without it: 5.",
  ALARM_EMAIL: "Who is told of alarms and of the budget. Production needs it.",
  ALARM_PAGER: "A second way to be told: `https://…` of a paging service, or a telephone number as `+49…`.",
  ACCOUNT_CONCURRENCY:
    "Executions that Lambda runs at once for the account (`aws lambda get-account-settings`). Production needs it.",
  SHOP_NAME: "The shop, on every page and in every mail. Without it: Flash sale.",
  SHOP_ACCENT:
    "The shop's colour as `#rrggbb`: buttons, links' focus, marks. Its dark shade is made from it.",
  SHOP_IMPRINT_URL:
    "Where the imprint is: a link at the foot of every page; `{language}` in it becomes `en` or `de`. Production needs it.",
  SHOP_PRIVACY_URL: "The same for the privacy notice. Production needs it.",
  SHOP_TERMS_URL: "The same for the terms of sale. Production needs it.",
  SHOP_CONTACT: "The mail address at which buyers reach the shop; answers to mails about orders go there.",
  SHOP_NEXT_STEPS_EN:
    "What happens once an order is confirmed, in English: it stands in the mail that says so.",
  SHOP_NEXT_STEPS_DE: "The same in German.",
  SHOP_TIME_ZONE:
    "The zone in which mails name times, such as `Europe/Berlin`; each mail says which. Without it: UTC.",
  SHOP_SIGN_IN_NAME:
    "What the shop's own sign-in is called on its button, such as `Acme`. Empty: it has none.",
  OPENID_ISSUER: "The issuer of that sign-in, by OpenID Connect, such as `https://login.example.com`.",
  OPENID_CLIENT_ID: "What it knows this shop by. Its secret: `sst secret set OpenidClientSecret`.",
  STAFF: "`role=e-mail` pairs, separated by commas: who signs in as viewer, operator or admin.",
  PUSH_SERVICES:
    "Which push services may be called, as `host` or `*.host` separated by commas. Empty: those of Chrome, Firefox, Safari and Edge (`core/push/push-service.ts`).",
  MAILBOX_PROVIDERS:
    "Which addresses are one mailbox, as `domain=+.` pairs (`core/identity/aliases.ts`). Empty: the providers that are known.",
  SITE_DOMAIN: "Production's own domain, in Route 53. Without it: CloudFront's.",
  GATE_INSTANCE: "A larger gate from the day before a sale until the day after, such as `r7g.large`.",
  ORDERS_INSTANCE: "A larger database for the same time, such as `t4g.medium`.",
  ATTEMPTS_PER_SECOND: "The attempts a second to keep purchase functions warm for, around each opening.",
  JOINS_PER_SECOND: "The people a second who join a line, at most; above 800 their table is warmed for them.",
  REDIS_URL: "For `npm run dev` alone: the Redis on your machine.",
  DATABASE_URL: "For `npm run dev` alone: the PostgreSQL on your machine.",
};

/** Read by `npm start`, `npm run ops` and `npm run db:migrate`: stores that already run. */
export const localSettings: Described = {
  REDIS_URL: "A Redis or Valkey that already runs, such as `redis://127.0.0.1:6379/0`.",
  REDIS_CLUSTER: "`1`: REDIS_URL names a node of a Redis Cluster.",
  REDIS_CA:
    "The certificate (PEM) of the authority that the cluster's certificates come from, if Node does not know it.",
  DATABASE_URL: "A PostgreSQL that already runs, with a user who may make roles.",
  SQS_ENDPOINT: "An SQS that already runs.",
  DYNAMODB_ENDPOINT: "A DynamoDB that already runs.",
};

const functionVariables: Record<VariableName, string> = {
  STAGE: "Which kind of place this is; anything but `local` refuses the secrets that this repository ships.",
  REDIS_URL: "The gate's address.",
  REDIS_CLUSTER: "`1`: the gate is a Redis Cluster.",
  REDIS_CA: "With `rediss://`: the authority to trust, as PEM. Empty: those that Node trusts.",
  DATABASE_OWNER_URL: "PostgreSQL as the owner, for migrations alone.",
  DATABASE_URL: "PostgreSQL as the role that migrations make for the functions.",
  LEDGER_TABLE: "The DynamoDB table of the ledger.",
  IDENTITY_TABLE: "The DynamoDB table of buyers and sign-in codes.",
  PICTURE_TABLE: "The DynamoDB table of the sales' pictures.",
  LINE_TABLE: "The DynamoDB table of the lines: who has joined, their logs and public files.",
  DYNAMODB_ENDPOINT: "DynamoDB, where it is not AWS's own.",
  BEACON_REHEARSAL: "On this machine only: a beacon of one's own, as JSON. Empty: drand's quicknet.",
  ORDER_QUEUE_URL: "The SQS queue of orders.",
  ORDER_DEAD_LETTERS_URL: "The SQS queue of dead letters.",
  PAYMENT_QUEUE_URL: "The SQS queue of what is to be done at the payment provider.",
  MAIL_QUEUE_URL: "The SQS queue of mails about orders.",
  PUSH_QUEUE_URL: "The SQS queue of what browsers are to be told by push.",
  PUSH_KEY: "What the key towards push services is made from, for the sender alone. A secret.",
  PUSH_PUBLIC_KEY: "Its public half, which browsers bind their subscriptions to.",
  PUSH_SERVICES:
    "Hosts of push services that may be called, such as `fcm.googleapis.com,*.push.apple.com`. Empty: those of Chrome, Firefox, Safari and Edge.",
  REHEARSAL_QUEUE_URL: "The SQS queue of rehearsals whose crowd is to come.",
  MAILS_PER_SECOND: "How many of them go out in a second.",
  WEBHOOK_QUEUE_URL: "The SQS queue of webhooks that are due.",
  WEBHOOK_REPORT_QUEUE_URL: "The SQS queue of what came of them.",
  WEBHOOK_KEY: "What opens the secrets of the endpoints that webhooks go to, for the sender alone. A secret.",
  WEBHOOK_SEAL: "Its public half, which seals them.",
  WEBHOOK_RETRIES:
    "Seconds to wait after each failed call of an event, such as `5,30,120`. Empty: three days in thirteen steps.",
  SQS_ENDPOINT: "SQS, where it is not AWS's own.",
  PAYMENT_KEY: "The payment provider's secret key. A secret.",
  PAYMENT_WEBHOOK_SECRET: "What the payment provider signs its messages with. A secret.",
  PAYMENT_ENDPOINT: "On this machine only: the payment provider's stand-in.",
  MAIL_FROM: "The sender of mails.",
  SES_ENDPOINT: "SES, where it is not AWS's own.",
  EVIDENCE_SECRET:
    "What the key that signs receipts and reports is derived from, 32 characters or more. A secret.",
  SESSION_SECRET: "The key that signs sessions, 32 characters or more. A secret.",
  PURCHASE_FUNCTION: "The Lambda function of the purchase, to be kept warm.",
  PURCHASE_ALIAS: "Its alias.",
  WARM_ATTEMPTS_PER_SECOND: "Attempts a second that an opening brings.",
  WARM_MOST: "Most environments to keep warm.",
  LAMBDA_ENDPOINT: "Lambda, where it is not AWS's own.",
  SITE_URL: "Where shoppers find the site, without a slash at its end.",
  ORIGIN_SECRET: "What the CDN adds to each request, so that nobody goes around it. A secret.",
  AWS_LAMBDA_INITIALIZATION_TYPE: "Set by Lambda: how it started this environment.",
  FAULT_POINT: "Under the fault tests only.",
  STAFF: "`role=e-mail` pairs, separated by commas.",
  SHOP_NAME: "The shop, as pages and mails name it.",
  SHOP_ACCENT: "Its colour; the site is built with it, no function uses it.",
  SHOP_IMPRINT_URL: "A link at the foot of pages.",
  SHOP_PRIVACY_URL: "A link at the foot of pages.",
  SHOP_TERMS_URL: "A link at the foot of pages.",
  SHOP_CONTACT: "Where answers to mails about orders go.",
  SHOP_NEXT_STEPS_EN: "What mails say of what happens next, in English.",
  SHOP_NEXT_STEPS_DE: "The same in German.",
  SHOP_TIME_ZONE: "The zone in which mails name times. Empty: UTC.",
  SHOP_SIGN_IN_NAME: "What the shop's own sign-in is called on its button. Empty: it has none.",
  OPENID_ISSUER: "The issuer of the shop's own sign-in. Empty: it has none.",
  OPENID_CLIENT_ID: "What that sign-in knows this shop by.",
  OPENID_CLIENT_SECRET: "What the shop shows it. A secret.",
  MAILBOX_PROVIDERS: "What providers of mail ignore in an address. Empty: those that are known.",
};

/** `docs/environment.md` and `.env.example`, made from the code that reads the environment. */
export function environmentDocs() {
  return { "docs/environment.md": markdown(), ".env.example": example() };
}

const table = (head: string, rows: readonly string[]) =>
  [head, head.replace(/[^|]/g, "-"), ...rows].join("\n");

const describedTable = (described: Described) =>
  table(
    "| variable | meaning |",
    Object.entries(described).map(([name, meaning]) => `| \`${name}\` | ${meaning} |`),
  );

function needOf(name: VariableName): string {
  const result = v.safeParse(variables[name](), undefined);
  if (!result.success) return "required";
  return result.output === undefined || result.output === "" ? "optional" : `optional, ${result.output}`;
}

const markdown = () => `# The environment

Made by \`npm run environment\` from the code that reads it.

## To deploy

In the environment of \`sst deploy\`, or in \`.env\` (start from \`.env.example\`). [deploying.md](deploying.md) says when and why.
Secrets are no variables: \`sst secret set\`.

${describedTable(deploySettings)}

## On this machine

For \`npm start\`, \`npm run ops\` and \`npm run db:migrate\`. All are optional: what is not named is started.

${describedTable(localSettings)}

The flags of \`npm start\`. Each process of the API has its own memory of sales and its own limits of
\`--concurrency\`, as Lambda's environments have theirs; [load.md](load.md) has the figures.

\`\`\`text
${helpText}
\`\`\`

## What the functions read

Nobody sets these by hand: the stacks give them to the functions that need them, and \`npm start\` to all. Each is checked once, when
a function starts (\`core/config.ts\`).

${table(
  "| variable | need | meaning |",
  Object.entries(functionVariables).map(
    ([name, meaning]) => `| \`${name}\` | ${needOf(name as VariableName)} | ${meaning} |`,
  ),
)}
`;

const example = () =>
  `# Settings of a deploy; copy to .env, which git ignores. docs/environment.md has them all.\n${Object.entries(
    deploySettings,
  )
    .map(([name, meaning]) => `\n# ${meaning.replaceAll("`", "")}\n#${name}=`)
    .join("\n")}\n`;
