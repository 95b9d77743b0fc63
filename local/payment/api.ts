import { createHash } from "node:crypto";
import { type Actions, testCards, testTokens } from "./actions.ts";
import { ApiError, invalid } from "./api-error.ts";
import type { Books, Intent, Session } from "./books.ts";
import { type Fields, listAt, parseForm, textAt } from "./form-fields.ts";
import { shownCharge, shownIntent, shownRefund, shownSession } from "./shown.ts";

export type ApiRequest = {
  readonly method: string;
  readonly path: string;
  /** The form of a POST, or the query of a GET. */
  readonly form: string;
  readonly authorization: string | undefined;
  readonly idempotencyKey: string | undefined;
  /** It breaks while it does this. */
  readonly isDown?: boolean;
};
export type ApiAnswer = { readonly status: number; readonly body: unknown; readonly isReplay?: boolean };

type Handle = (fields: Fields, id: string) => unknown;
/** Method and path with `{id}`, the parameters that may come, and what it does. */
type Route = readonly [route: string, allowed: readonly string[], handle: Handle];

const SESSION =
  "mode client_reference_id line_items payment_intent_data metadata locale success_url cancel_url expand".split(
    " ",
  );

/** The routes of Stripe's API that are played here. Any other is a loud 404, and an unknown parameter a 400. */
function routesOf(books: Books, actions: Actions, pageUrl: (id: string) => string): readonly Route[] {
  /** As much of it as was asked for; `at` is where the intent stands in the answer. */
  function showIntent(intent: Intent, fields: Fields, at = "") {
    const expanded = listAt(fields, "expand");
    const path = `${at}latest_charge`;
    if (expanded.includes(`${path}.refunds`))
      return shownIntent(intent, shownCharge(intent, books.refundsOf(intent.id)));
    return shownIntent(intent, expanded.includes(path) ? shownCharge(intent) : undefined);
  }
  function showSession(session: Session, fields: Fields) {
    const expanded = listAt(fields, "expand");
    const isExpanded = expanded.some((path) => path.split(".")[0] === "payment_intent");
    const intent =
      session.intent !== null && isExpanded
        ? showIntent(books.intent(session.intent), fields, "payment_intent.")
        : session.intent;
    return shownSession(session, intent, pageUrl(session.id));
  }
  return [
    ["POST /v1/checkout/sessions", SESSION, (fields) => showSession(actions.createSession(fields), fields)],
    [
      "GET /v1/checkout/sessions",
      ["limit", "created", "expand", "starting_after"],
      (fields) => {
        const paths = listAt(fields, "expand").map((path) => path.replace(/^data\./, ""));
        const shown = { ...fields, expand: Object.fromEntries(paths.entries()) };
        return {
          ...pageOf(books.all().sessions.toReversed(), fields, (session) => showSession(session, shown)),
          url: "/v1/checkout/sessions",
        };
      },
    ],
    ["GET /v1/checkout/sessions/{id}", ["expand"], (fields, id) => showSession(books.session(id), fields)],
    [
      "POST /v1/checkout/sessions/{id}/expire",
      ["expand"],
      (fields, id) => showSession(actions.expire(books.session(id)), fields),
    ],
    [
      "POST /v1/payment_intents",
      ["amount", "currency", "capture_method", "metadata", "expand"],
      (fields) => showIntent(actions.createIntent(fields), fields),
    ],
    ["GET /v1/payment_intents/{id}", ["expand"], (fields, id) => showIntent(books.intent(id), fields)],
    [
      "POST /v1/payment_intents/{id}/confirm",
      ["payment_method", "return_url", "expand"],
      (fields, id) => showIntent(actions.confirm(books.intent(id), cardOf(fields)), fields),
    ],
    [
      "POST /v1/payment_intents/{id}/capture",
      ["expand"],
      (fields, id) => showIntent(actions.capture(books.intent(id)), fields),
    ],
    [
      "POST /v1/payment_intents/{id}/cancel",
      ["cancellation_reason", "expand"],
      (fields, id) => showIntent(actions.cancel(books.intent(id)), fields),
    ],
    [
      "POST /v1/payment_methods",
      ["type", "card", "billing_details"],
      (fields) => {
        const id = testTokens[textAt(fields, "card", "token") ?? ""];
        if (!id) throw invalid("No such token", { code: "resource_missing", param: "card[token]" });
        return { id, object: "payment_method", type: "card", livemode: false };
      },
    ],
    [
      // Undocumented: by it Stripe's own command line completes a session.
      "POST /v1/payment_pages/{id}/confirm",
      ["payment_method", "expected_amount"],
      (fields, id) => {
        const session = books.session(id);
        if (textAt(fields, "expected_amount") !== String(session.amountTotal))
          throw invalid("The amount of this page is another", { param: "expected_amount" });
        actions.pay(session, cardOf(fields));
        return showSession(session, fields);
      },
    ],
    [
      "POST /v1/refunds",
      ["payment_intent", "amount", "reason", "metadata"],
      (fields) => {
        const intent = books.intent(textAt(fields, "payment_intent") ?? "");
        return shownRefund(actions.refund(intent, fields), intent);
      },
    ],
    [
      "GET /v1/refunds",
      ["payment_intent", "limit", "created", "expand", "starting_after"],
      (fields) => listRefunds(books, fields),
    ],
  ];
}

/** A page of what is there newest first: from an instant on, after the last one of the page before. */
function pageOf<T extends { readonly id: string; readonly created: number }>(
  newestFirst: readonly T[],
  fields: Fields,
  show: (entry: T) => unknown,
) {
  const since = Number(textAt(fields, "created", "gte") ?? 0);
  const after = textAt(fields, "starting_after");
  const limit = Number(textAt(fields, "limit") ?? 10);
  const all = newestFirst.filter(({ created }) => created >= since);
  const start = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
  const data = all.slice(start, start + limit).map(show);
  return { object: "list", has_more: start + limit < all.length, data };
}

/** Of one payment or of all. */
function listRefunds(books: Books, fields: Fields) {
  const of = textAt(fields, "payment_intent");
  const refunds = books.refundsOf(of === undefined ? null : books.intent(of).id);
  const page = pageOf(refunds, fields, (refund) => {
    const intent = books.intent(refund.intent);
    const shown = shownRefund(refund, intent);
    return listAt(fields, "expand").includes("data.payment_intent")
      ? { ...shown, payment_intent: shownIntent(intent) }
      : shown;
  });
  return { ...page, url: "/v1/refunds" };
}

function cardOf(fields: Fields) {
  const card = testCards[textAt(fields, "payment_method") ?? ""];
  if (!card) throw invalid("No such PaymentMethod", { code: "resource_missing", param: "payment_method" });
  return card;
}

export function createApi(books: Books, actions: Actions, key: string, pageUrl: (id: string) => string) {
  const routes = routesOf(books, actions, pageUrl);

  function run(request: ApiRequest): ApiAnswer {
    if (request.isDown) throw new ApiError(500, { type: "api_error", message: "Down" });
    for (const [route, allowed, handle] of routes) {
      const id = matchId(route, `${request.method} ${request.path}`);
      if (id === null) continue;
      const fields = parseForm(request.form);
      const unknown = Object.keys(fields).find((name) => !allowed.includes(name));
      if (unknown !== undefined)
        throw invalid(`Received unknown parameter: ${unknown}`, { code: "parameter_unknown" });
      return { status: 200, body: handle(fields, id) };
    }
    console.error(`The payment provider's stand-in has no ${request.method} ${request.path}`);
    throw new ApiError(404, {
      type: "invalid_request_error",
      message: `Unrecognized request URL (${request.method}: ${request.path}).`,
    });
  }

  /** What a request is answered, errors too. A key gives its first answer again, and takes no other request. */
  return (request: ApiRequest): ApiAnswer => {
    if (request.authorization !== `Bearer ${key}`)
      return answerOf(
        new ApiError(401, { type: "invalid_request_error", message: "Invalid API Key provided" }),
      );
    const { idempotencyKey } = request;
    if (request.method !== "POST" || idempotencyKey === undefined) return attempt(() => run(request));
    const print = printOf(request);
    const before = books.remembered(idempotencyKey);
    if (before && before.print !== print)
      return answerOf(
        new ApiError(400, {
          type: "idempotency_error",
          message: "Keys for idempotent requests can only be used with the same parameters.",
        }),
      );
    if (before) return { status: before.status, body: before.body, isReplay: true };
    const answer = attempt(() => run(request));
    books.remember(idempotencyKey, { print, status: answer.status, body: answer.body });
    return answer;
  };
}

const printOf = ({ method, path, form }: ApiRequest): string =>
  createHash("sha256").update(`${method} ${path}\n${form}`).digest("hex");

function attempt(run: () => ApiAnswer): ApiAnswer {
  try {
    return run();
  } catch (error) {
    if (error instanceof ApiError) return answerOf(error);
    throw error;
  }
}

const answerOf = ({ status, error }: ApiError): ApiAnswer => ({ status, body: { error } });

/** The id in a path; "": the route has none; null: it is another route. */
function matchId(route: string, asked: string): string | null {
  const [before = "", after] = route.split("{id}");
  if (after === undefined) return asked === route ? "" : null;
  if (!asked.startsWith(before) || !asked.endsWith(after)) return null;
  const id = asked.slice(before.length, asked.length - after.length);
  return id === "" || id.includes("/") ? null : id;
}
