export type Call = {
  readonly body?: unknown;
  readonly token?: string;
  readonly idempotencyKey?: string;
};

/** Longer than the slowest answer that is any use to a shopper. */
const TIME_LIMIT_MS = 15_000;

/**
 * Calls a route such as `POST /api/sale/purchase` at the site's address, as a shopper's page would, and answers its JSON.
 * @throws Error with the problem if the API refuses, or after 15 s
 */
export async function callSite<Answer>(siteUrl: string, route: string, call: Call = {}): Promise<Answer> {
  const [method = "", path = ""] = route.split(" ");
  const response = await fetch(siteUrl + path, {
    method,
    headers: {
      "content-type": "application/json",
      ...(call.token !== undefined && { authorization: `Bearer ${call.token}` }),
      ...(call.idempotencyKey !== undefined && { "idempotency-key": call.idempotencyKey }),
    },
    ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
    signal: AbortSignal.timeout(TIME_LIMIT_MS),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${route} answered ${response.status}: ${text}`);
  return (text === "" ? undefined : JSON.parse(text)) as Answer;
}
