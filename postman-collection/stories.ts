import type { RouteName } from "../core/contract/routes.ts";
import { after, afterWaiting, holds, keep, type Script, set, status } from "./scripts.ts";

/** One request of a story. The mailbox is the local cloud's: elsewhere the code is read in a real one. */
export type Step = {
  readonly name: string;
  readonly request: RouteName | "mailbox";
  /** The variable with the session that it is sent under; the API's own habit if absent. */
  readonly token?: string;
  readonly before?: Script;
  readonly after: Script;
};

export type Story = { readonly name: string; readonly about: string; readonly steps: readonly Step[] };

const NOT_KNOWN_YET = "pm.response.code === 503";
const guid = 'pm.variables.replaceIn("{{$guid}}")';
const newKey = set("idempotencyKey", guid);

const signIn = (email: string, token: string): Step[] => [
  {
    name: "ask for a code",
    request: "requestCode",
    before: [set("email", email)],
    after: after(status(202), keep("challenge", "challenge")),
  },
  {
    name: "read the code in the mailbox",
    request: "mailbox",
    after: afterWaiting(
      "answer.mails.length === 0",
      status(200),
      set("code", "(/^(\\S+) is your/.exec(answer.mails[0].subject) || [])[1]"),
    ),
  },
  {
    name: "exchange it for a session",
    request: "signIn",
    after: after(status(200), keep(token, "token"), newKey),
  },
];

const buy: Story = {
  name: "Buy, in order",
  about:
    "Signs in a new shopper by e-mail code, buys one unit, and looks at the order until it is confirmed.",
  steps: [
    {
      name: "find a sale that is open",
      request: "listSales",
      after: after(
        status(200),
        'const open = answer.sales.find(({ phase }) => phase === "open");',
        holds("a sale is open", "open !== undefined"),
        'if (open) pm.collectionVariables.set("saleId", open.saleId);',
      ),
    },
    {
      name: "look at it",
      request: "saleStatus",
      after: after(status(200), holds("units are left", "answer.stock.available > 0")),
    },
    ...signIn("`shopper-${" + guid + ".slice(0, 8)}@example.com`", "token"),
    { name: "see who is signed in", request: "session", after: after(status(200)) },
    {
      name: "buy",
      request: "purchase",
      after: afterWaiting(
        NOT_KNOWN_YET,
        status(202),
        holds("the purchase is accepted", 'answer.outcome === "accepted"'),
        keep("orderId", "orderId"),
      ),
    },
    {
      name: "buy again with the same key, and get the same answer",
      request: "purchase",
      after: afterWaiting(
        NOT_KNOWN_YET,
        status(202),
        holds("the order is the same", 'answer.orderId === pm.collectionVariables.get("orderId")'),
      ),
    },
    {
      name: "look at the order until it is confirmed",
      request: "order",
      after: afterWaiting(
        `${NOT_KNOWN_YET} || answer.state === "accepted"`,
        status(200),
        holds("the order is confirmed", 'answer.state === "confirmed"'),
      ),
    },
    {
      name: "find it among all orders",
      request: "buyerOrders",
      after: after(
        status(200),
        holds(
          "the order is listed",
          'answer.orders.some(({ orderId }) => orderId === pm.collectionVariables.get("orderId"))',
        ),
      ),
    },
  ],
};

const operate: Story = {
  name: "Operate, in order",
  about: "Signs in as an operator, and takes a sale of its own from its creation to its end.",
  steps: [
    ...signIn('pm.collectionVariables.get("operatorEmail")', "operatorToken"),
    {
      name: "create a sale that is open",
      request: "createSale",
      before: [set("startsAt", "new Date(Date.now() - 1000).toISOString()")],
      after: after(status(201), keep("saleId", "saleId")),
    },
    { name: "watch it", request: "saleNumbers", after: after(status(200)) },
    {
      name: "make a link to its preview",
      request: "previewLink",
      after: after(status(201), set("previewToken", 'answer.path.split("#")[1]')),
    },
    {
      name: "look at the preview, as whoever has the link",
      request: "preview",
      after: after(
        status(200),
        holds("it is that sale", 'answer.sale.saleId === pm.collectionVariables.get("saleId")'),
      ),
    },
    {
      name: "ask whether all is well",
      request: "salePreflight",
      after: after(
        status(200),
        holds("each check has a result", "answer.checks.every(({ result }) => result)"),
      ),
    },
    {
      name: "raise its allocation",
      request: "updateSale",
      after: after(status(200), holds("the allocation is raised", "answer.stock.allocated === 120")),
    },
    {
      name: "pause it",
      request: "pauseSale",
      after: after(status(200), holds("the sale is paused", 'answer.state === "paused"')),
    },
    { name: "resume it", request: "resumeSale", after: after(status(200)) },
    {
      name: "compare the stores",
      request: "saleReconciliation",
      after: after(status(200), holds("nothing differs", "answer.driftUnits === 0")),
    },
    {
      name: "end it",
      request: "endSale",
      after: after(status(200), holds("the sale has ended", 'answer.state === "ended"')),
    },
    {
      name: "read who did what",
      request: "saleAudit",
      after: after(status(200), holds("each change is noted", "answer.entries.length === 5")),
    },
  ],
};

export const stories: readonly Story[] = [buy, operate];
