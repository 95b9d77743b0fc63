import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Statement } from "./view.ts";

type Key = { readonly pk?: { readonly S?: string } };
type Request = {
  readonly TableName?: string;
  readonly RequestItems?: Readonly<Record<string, { readonly Keys?: readonly Key[] }>>;
  readonly QueueUrl?: string;
  readonly Key?: Key;
  readonly Item?: Key;
  readonly FromEmailAddress?: string;
};
export type IamProxy = {
  /** The address that stands for one store, as the function of this name sees it. */
  urlFor(store: "dynamodb" | "sqs" | "ses", functionName: string): string;
  /** What was refused, as `Function action resource`. */
  readonly denied: readonly string[];
  stop(): Promise<void>;
};

/** IAM knows no batches of SQS: the right to send covers sending many. */
const toAction = (store: string, operation: string) =>
  `${store}:${store === "sqs" ? operation.replace(/Batch$/, "") : operation}`;

/** What the local cloud's names are called in the stacks. */
const deployedNames = [
  [/ledger$/, "Ledger"],
  [/identity$/, "Identity"],
  [/pictures$/, "Pictures"],
  [/lines$/, "Lines"],
  [/order-dead-letters$/, "OrderDeadLetters"],
  [/orders$/, "OrderQueue"],
  [/mail-dead-letters$/, "MailDeadLetters"],
  [/mails$/, "MailQueue"],
  [/push-dead-letters$/, "PushDeadLetters"],
  [/pushes$/, "PushQueue"],
  [/webhook-report-dead-letters$/, "WebhookReportDeadLetters"],
  [/webhook-reports$/, "WebhookReportQueue"],
  [/webhook-dead-letters$/, "WebhookDeadLetters"],
  [/webhooks$/, "WebhookQueue"],
  [/payment-dead-letters$/, "PaymentDeadLetters"],
  [/payments$/, "PaymentQueue"],
  [/rehearsal-dead-letters$/, "RehearsalDeadLetters"],
  [/rehearsals$/, "RehearsalQueue"],
] as const;

/** What a condition may ask of a request, by the name of its variable. */
const valuesOf: Readonly<Record<string, (request: Request) => readonly string[]>> = {
  "dynamodb:LeadingKeys": ({ Key, Item, RequestItems = {} }) =>
    [Key ?? Item, ...Object.values(RequestItems).flatMap(({ Keys = [] }) => Keys)].flatMap(
      (key) => key?.pk?.S ?? [],
    ),
  "ses:FromAddress": ({ FromEmailAddress = "" }) => [FromEmailAddress],
};
/** Each kind that the stacks use: whether a value is one that a condition allows. */
const KINDS: Readonly<Record<string, (value: string, allowed: string) => boolean>> = {
  StringEquals: (value, allowed) => value === allowed,
  "ForAllValues:StringEquals": (value, allowed) => value === allowed,
  "ForAllValues:StringLike": (value, allowed) => value.startsWith(allowed.replace(/\*$/, "")),
};

/** Whether a statement's condition holds; one of a kind that the stacks do not use never does. */
const isMet = ({ Condition = {} }: Statement, request: Request): boolean =>
  Object.entries(Condition).every(
    ([kind, variables]) =>
      KINDS[kind] !== undefined &&
      Object.entries(variables).every(([name, allowed]) =>
        (valuesOf[name]?.(request) ?? [""]).every((value) =>
          allowed.some((pattern) => KINDS[kind]!(value, pattern)),
        ),
      ),
  );

function resourcesOf({ TableName, RequestItems, QueueUrl }: Request): string[] {
  const names = [TableName, QueueUrl, ...Object.keys(RequestItems ?? {})].filter(
    (name) => name !== undefined,
  );
  return names.map((name) => deployedNames.find(([pattern]) => pattern.test(name))?.[1] ?? name);
}

/** Local stand-ins ask no rights of anybody: this stands before them, and refuses what a function's deployed role would. */
export async function startIamProxy(
  stores: Readonly<Record<"dynamodb" | "sqs" | "ses", string>>,
  statementsFor: (functionName: string) => readonly Statement[],
): Promise<IamProxy> {
  const denied: string[] = [];

  async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const [, store = "", functionName = "", ...path] = (request.url ?? "").split("/");
    const operation = String(request.headers["x-amz-target"] ?? ".SendEmail").split(".")[1] ?? "";
    const action = toAction(store, operation);
    const input = JSON.parse(body.toString()) as Request;
    const resources = store === "ses" ? [""] : resourcesOf(input);
    const refused = resources.find(
      (resource) =>
        !statementsFor(functionName).some(
          (statement) =>
            statement.Action.includes(action) &&
            statement.Resource.some((arn) => arn.includes(resource)) &&
            isMet(statement, input),
        ),
    );
    if (refused !== undefined) {
      denied.push(`${functionName} ${action} ${refused}`);
      response.writeHead(400, { "content-type": "application/x-amz-json-1.0" });
      response.end(JSON.stringify({ __type: "AccessDeniedException", message: `${action} on ${refused}` }));
      return;
    }
    const { "content-length": _length, host: _host, connection: _connection, ...headers } = request.headers;
    const answer = await fetch(`${stores[store as "sqs"]}/${path.join("/")}`, {
      method: request.method ?? "POST",
      headers: headers as Record<string, string>,
      body,
    });
    const type = answer.headers.get("content-type") ?? "application/json";
    response.writeHead(answer.status, { "content-type": type }).end(Buffer.from(await answer.arrayBuffer()));
  }

  const server = createServer((request, response) => {
    forward(request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    denied,
    urlFor: (store, functionName) => `http://127.0.0.1:${port}/${store}/${functionName}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
