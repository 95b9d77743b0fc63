import type { createSaleRequest } from "../../core/contract/admin.ts";
import { loadConfig } from "../../core/config.ts";
import type { Role } from "../../core/contract/identity.ts";
import type { Problem } from "../../core/contract/problem.ts";
import type { PurchaseAnswer } from "../../core/contract/purchase-answer.ts";
import type { BuyerId, SaleId } from "../../core/ids.ts";
import { issueSession, sessionSigner } from "../../core/identity/session.ts";
import type { InferInput } from "valibot";
import { aBuyer, FAR_AHEAD_MS } from "./test-sale.ts";

export type Call = {
  readonly token?: string | undefined;
  readonly key?: string | undefined;
  readonly body?: unknown;
  /** Sent as it is, instead of `body` as JSON. */
  readonly raw?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
};

/** An answer's body, whichever it is; what is not JSON is null. */
type AnswerBody = Partial<Omit<Problem, "kind"> & PurchaseAnswer> & { readonly kind?: string };

/** A session's token, as signing in would give it; valid only once a cloud has started here. */
export const tokenOf = (buyerId: BuyerId = aBuyer(), role: Role = "shopper"): string => {
  const { SESSION_SECRET, STAGE } = loadConfig(["SESSION_SECRET"]);
  return issueSession(sessionSigner(SESSION_SECRET, STAGE), { buyerId, role, expiresAtMs: FAR_AHEAD_MS });
};

/** What API tests do over HTTP; the tokens are those that signing in would give. */
export function testApi(apiUrl: string) {
  async function call(route: string, { token, key, body, raw, headers }: Call = {}) {
    const [method = "", path = ""] = route.split(" ");
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(apiUrl + path, {
      method,
      headers: {
        ...(sent !== undefined && { "content-type": "application/json" }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(key !== undefined && { "idempotency-key": key }),
        ...headers,
      },
      ...(sent !== undefined && { body: sent }),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") === true;
    const answer = (isJson ? JSON.parse(text) : null) as AnswerBody | null;
    return { status: response.status, headers: response.headers, text, body: answer };
  }

  return {
    call,

    /** A sale made by an operator: open, of five units, one a buyer, unless it says otherwise. */
    newSale: async (settings: Partial<InferInput<typeof createSaleRequest>> = {}): Promise<SaleId> => {
      const defaults = { name: "Sneaker", priceMinor: 12_900, currency: "EUR", allocated: 5 };
      const answer = await call("POST /api/admin/sales", {
        token: tokenOf(aBuyer(), "operator"),
        key: crypto.randomUUID(),
        body: { ...defaults, attemptLimit: 1000, startsAt: "2020-01-01T00:00:00.000Z", ...settings },
      });
      if (answer.status !== 201) throw new Error(answer.text);
      return answer.body!.saleId!;
    },

    /** One attempt: of a new buyer, with a new key, unless it says otherwise. */
    buy: (saleId: SaleId, attempt: { buyerId?: BuyerId; key?: string; quantity?: number } = {}) => {
      const { buyerId, key = crypto.randomUUID(), quantity } = attempt;
      const body = { saleId, ...(quantity !== undefined && { quantity }) };
      return call("POST /api/sale/purchase", { token: tokenOf(buyerId), key, body });
    },

    /** An operator's call on a sale. */
    operate: (saleId: SaleId, what: "pause" | "resume" | "end" | object) => {
      const token = tokenOf(aBuyer(), "operator");
      return typeof what === "string"
        ? call(`POST /api/admin/sales/${saleId}/${what}`, { token })
        : call(`PATCH /api/admin/sales/${saleId}`, { token, body: what });
    },
  };
}
