import { kindOfType, type Problem, problemType } from "./contract.ts";

/**
 * What came back from one request.
 *
 * `no_answer` means that nothing is known: the network broke, the time limit passed, or the answer was not the API's.
 * It never means that the server did nothing. `status` is that of whoever answered in the API's stead.
 */
export type Reply<T> =
  | { kind: "ok"; value: T; sentAtMs: number; receivedAtMs: number }
  | { kind: "refused"; problem: Problem }
  | { kind: "no_answer"; status?: number };

/** The API itself says that there is no such thing, or that no such thing can be: an id of a wrong shape. */
export const isMissing = (reply: Reply<unknown>): boolean =>
  reply.kind === "refused" &&
  (reply.problem.kind === "not_found" || reply.problem.kind === "invalid_request");

export type Call = {
  method?: "GET" | "POST" | "PATCH" | "DELETE";
  body?: unknown;
  headers?: Record<string, string>;
  limitMs?: number;
  /** Answers that are the same for everybody travel without cookies, so that the CDN may share them. */
  isPublic?: boolean;
};

const DEFAULT_LIMIT_MS = 8_000;

const typeOf = (response: Response) => response.headers.get("content-type")?.split(";", 1)[0]?.trim();

/**
 * The problem that the API answered with; null: whoever answered was not the API. Firewalls, proxies and the networks of
 * hotels answer in their own words, and under any status: only a problem document of a type that we know says anything
 * about a sale, an order or an account.
 *
 * 429 is the exception, since it says nothing about those: whoever counted the request did not pass it on.
 */
async function readProblem(response: Response): Promise<Problem | null> {
  const isProblem = typeOf(response) === "application/problem+json";
  const body = isProblem ? ((await response.json()) as Partial<Problem>) : {};
  const kind = kindOfType(body.type) ?? (response.status === 429 ? "rate_limited" : null);
  if (kind === null) return null;
  const header = Number(response.headers.get("retry-after") ?? "");
  const retryAfterSeconds = body.retryAfterSeconds ?? (header > 0 ? header : undefined);
  return {
    title: "",
    ...body,
    type: problemType(kind),
    kind,
    status: response.status,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
}

async function readValue(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  if (typeOf(response) !== "application/json") throw new Error("An answer that is not the API's");
  return response.json();
}

export async function request<T>(path: string, call: Call = {}): Promise<Reply<T>> {
  const sentAtMs = performance.now();
  try {
    const response = await fetch(path, {
      method: call.method ?? "GET",
      cache: "no-store",
      credentials: call.isPublic ? "omit" : "same-origin",
      headers: {
        accept: "application/json",
        ...(call.body === undefined ? {} : { "content-type": "application/json" }),
        ...call.headers,
      },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      signal: AbortSignal.timeout(call.limitMs ?? DEFAULT_LIMIT_MS),
    });
    if (!response.ok) {
      const problem = await readProblem(response);
      return problem ? { kind: "refused", problem } : { kind: "no_answer", status: response.status };
    }
    const receivedAtMs = performance.now();
    const value = (await readValue(response)) as T;
    return { kind: "ok", value, sentAtMs, receivedAtMs };
  } catch {
    return { kind: "no_answer" };
  }
}
