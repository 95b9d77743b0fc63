export type Call = {
  readonly body?: unknown;
  readonly token?: string;
  readonly idempotencyKey?: string;
};

/** Calls a route such as `POST /api/sale/purchase` and answers its JSON. @throws if the API refuses, with its problem. */
export async function callApi<Answer>(apiUrl: string, route: string, call: Call = {}): Promise<Answer> {
  const [method = "", path = ""] = route.split(" ");
  const response = await fetch(apiUrl + path, {
    method,
    headers: {
      "content-type": "application/json",
      ...(call.token !== undefined && { authorization: `Bearer ${call.token}` }),
      ...(call.idempotencyKey !== undefined && { "idempotency-key": call.idempotencyKey }),
    },
    ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${route} answered ${response.status}: ${text}`);
  return (text === "" ? undefined : JSON.parse(text)) as Answer;
}
