import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { bodyOf } from "../api-gateway/read-body.ts";
import { serveHttp } from "../http-server.ts";
import { escapeHtml } from "../escape-html.ts";
import { isOwnHost } from "../mailbox/own-host.ts";
import { type Card, createActions } from "./actions.ts";
import { ApiError, busy } from "./api-error.ts";
import { createApi } from "./api.ts";
import { type Books, openBooks } from "./books.ts";
import { parseForm } from "./form-fields.ts";
import { authenticationPage, choicePage, consolePage, overPage } from "./hosted-page.ts";
import { createWebhooks, type WebhookSwitches } from "./webhooks.ts";

/** Accepted by this stand-in alone: Stripe knows no such key, and any stage but the local one refuses it. */
export const LOCAL_PAYMENT_KEY = "sk_test_local-only";
export const LOCAL_WEBHOOK_SECRET = "whsec_local-only";

const BODY_LIMIT_BYTES = 256 * 1024;
/** Longer than any caller waits. */
const SILENCE_MS = 60_000;
/** Within what a caller waits. */
const SLOWNESS_MS = 1_500;

/**
 * What the provider itself does wrong. unanswered: it does what a POST asks for, and the answer is lost. slow: it does it, and
 * answers so late that its own message comes first. key_in_use: another request with the same key is under way.
 */
export type Outage = "none" | "silent" | "errors" | "rate_limited" | "key_in_use" | "unanswered" | "slow";

export type PaymentProviderOptions = {
  /** Absent: it forgets all when it stops. */
  readonly file?: string;
  /** Where its page is found by a browser, without a slash at its end; null: at its own address. */
  readonly siteUrl?: () => string | null;
  /** Where its messages go; null: nowhere. */
  readonly webhookUrl?: () => string | null;
};

export type LocalPaymentProvider = {
  readonly url: string;
  /** Its books: what a verdict compares with. */
  readonly books: Books["all"];
  setWebhooks(switches: WebhookSwitches): void;
  /** Every message so far that names this id comes again, signed at this instant. @returns the statuses of the answers. */
  sendAgain(about: string, signedAtMs: number): Promise<readonly number[]>;
  setOutage(outage: Outage): void;
  /** The bank of the shopper does not take back what was given back of this payment intent. */
  failRefunds(intentId: string): void;
  /** What that bank says of a refund that is pending. */
  endRefund(refundId: string, end: "succeeded" | "failed"): void;
  stop(): Promise<void>;
};

/**
 * Stands in for Stripe: the routes that the SDK asks for, its hosted page, on which a person chooses what happens, and its
 * signed messages. `GET /console` is the merchant's own console there. `GET /books` shows all that it knows, `GET /deliveries` which of its
 * messages arrived when; `POST /switches` makes messages and answers misbehave.
 */
export async function startPaymentProvider(
  options: PaymentProviderOptions = {},
  port = 0,
): Promise<LocalPaymentProvider> {
  const books = openBooks(options.file ?? null);
  const webhooks = createWebhooks(LOCAL_WEBHOOK_SECRET, options.webhookUrl ?? (() => null));
  let own = "";
  let outage: Outage = "none";
  const pageUrl = (id: string) => `${options.siteUrl?.() ?? own}/pay/${id}`;
  const actions = createActions(books, webhooks, pageUrl);
  const api = createApi(books, actions, LOCAL_PAYMENT_KEY, pageUrl);

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isOwnHost(request.headers.host)) return sendJson(response, 421, { message: "Misdirected" });
    const url = new URL(request.url ?? "/", "http://provider");
    const body = await bodyOf(request, BODY_LIMIT_BYTES);
    if (body === "gone") return;
    const form = Buffer.isBuffer(body) ? body.toString("utf8") : "";
    const { method = "GET" } = request;
    if (url.pathname.startsWith("/v1/")) return serveApi(request, response, method, url, form);
    const [, top, id = "", chosen] = url.pathname.split("/");
    if (top === "pay") return servePage(response, method, id, chosen);
    if (top === "console") return serveConsole(response, method, url.pathname, form);
    if (`${method} ${url.pathname}` === "GET /books") return sendJson(response, 200, books.all());
    if (`${method} ${url.pathname}` === "GET /deliveries")
      return sendJson(response, 200, webhooks.deliveries());
    if (`${method} ${url.pathname}` === "POST /switches") {
      const switches = JSON.parse(form) as { readonly webhooks?: WebhookSwitches; readonly outage?: Outage };
      if (switches.webhooks) webhooks.set(switches.webhooks);
      if (switches.outage) outage = switches.outage;
      return sendJson(response, 200, switches);
    }
    sendJson(response, 404, { message: `There is no ${method} ${url.pathname} here` });
  }

  async function serveApi(
    request: IncomingMessage,
    response: ServerResponse,
    method: string,
    url: URL,
    form: string,
  ): Promise<void> {
    if (outage === "silent") await sleep(SILENCE_MS, undefined, { ref: false });
    if (outage === "rate_limited" || (outage === "key_in_use" && method === "POST")) {
      const { status, error } = busy[outage];
      return sendJson(response, status, { error });
    }
    const answer = api({
      method,
      path: url.pathname,
      form: method === "GET" ? url.searchParams.toString() : form,
      authorization: request.headers.authorization,
      idempotencyKey: request.headers["idempotency-key"] as string | undefined,
      isDown: outage === "errors",
    });
    if (outage === "unanswered" && method === "POST") return void request.socket.destroy();
    if (outage === "slow" && method === "POST") await sleep(SLOWNESS_MS);
    if (answer.isReplay) response.setHeader("idempotent-replayed", "true");
    sendJson(response, answer.status, answer.body);
  }

  /** The merchant gives money back there, or lets a bank have its say. */
  function serveConsole(response: ServerResponse, method: string, path: string, form: string): void {
    const [, , kind, id = "", what] = path.split("/");
    try {
      if (method === "POST" && kind === "payments" && what === "refund")
        actions.refund(books.intent(id), parseForm(form));
      else if (method === "POST" && kind === "refunds")
        actions.endRefund(books.refund(id), what === "succeed" ? "succeeded" : "failed");
      else return sendPage(response, 200, consolePage(books));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return sendPage(response, error.status, escapeHtml(error.message));
    }
    return seeOther(response, "/console");
  }

  /** Looks at the page, or does what was chosen on it. */
  function servePage(response: ServerResponse, method: string, id: string, chosen?: string): void {
    const session = sessionOr404(books, id);
    if (!session) return sendPage(response, 404, "There is no such payment");
    if (session.status !== "open") return sendPage(response, 200, overPage(session));
    if (method !== "POST" || chosen === undefined) return sendPage(response, 200, choicePage(session));
    if (chosen === "later") return seeOther(response, session.cancelUrl);
    const card = cards[chosen];
    if (!card) return sendPage(response, 404, "There is no such choice");
    try {
      const intent = actions.pay(session, card);
      if (intent.status === "requires_action") return sendPage(response, 200, authenticationPage(session));
      return seeOther(response, session.successUrl.replace("{CHECKOUT_SESSION_ID}", session.id));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return sendPage(response, 200, choicePage(session, error.message));
    }
  }

  const server = await serveHttp("payment provider", port, (request, response) => {
    serve(request, response).catch((error: unknown) => {
      console.error(error);
      if (!response.headersSent)
        sendJson(response, 500, { error: { type: "api_error", message: "A defect" } });
    });
  });
  own = server.url;
  return {
    url: server.url,
    books: books.all,
    setWebhooks: webhooks.set,
    sendAgain: webhooks.sendAgain,
    setOutage: (next) => void (outage = next),
    failRefunds: (intentId) => actions.failRefunds(books.intent(intentId)),
    endRefund: (refundId, end) => void actions.endRefund(books.refund(refundId), end),
    async stop() {
      webhooks.stop();
      await server.stop();
    },
  };
}

/** What each choice on the page does. */
const cards: Readonly<Record<string, Card>> = {
  pay: "good",
  approve: "good",
  decline: "declined",
  refuse: "declined",
  authenticate: "needs_authentication",
  uncapturable: "uncapturable",
  refunds_pending: "refunds_pending",
  refunds_sent_back: "refunds_sent_back",
};

function sessionOr404(books: Books, id: string) {
  try {
    return books.session(id);
  } catch {
    return null;
  }
}

const sendJson = (response: ServerResponse, status: number, body: unknown): void =>
  void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));

const sendPage = (response: ServerResponse, status: number, body: string): void =>
  void response
    .writeHead(status, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" })
    .end(body);

const seeOther = (response: ServerResponse, location: string): void =>
  void response.writeHead(303, { location }).end();
