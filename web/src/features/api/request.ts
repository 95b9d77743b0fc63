import type { Problem, ProblemKind } from "./contract.ts";

/**
 * What came back from one request.
 *
 * `no_answer` means that nothing is known: the network broke, the time limit passed, or the answer could not be read.
 * It never means that the server did nothing.
 */
export type Reply<T> =
  | { kind: "ok"; value: T; sentAtMs: number; receivedAtMs: number }
  | { kind: "refused"; problem: Problem }
  | { kind: "no_answer" };

export type Call = {
  method?: "GET" | "POST" | "PATCH" | "DELETE";
  body?: unknown;
  headers?: Record<string, string>;
  limitMs?: number;
  /** Answers that are the same for everybody travel without cookies, so that the CDN may share them. */
  isPublic?: boolean;
};

const DEFAULT_LIMIT_MS = 8_000;

/** What a status means when the body is not a problem document: the CDN and the firewall answer in HTML. */
function kindOfStatus(status: number): ProblemKind {
  if (status === 401) return "unauthenticated";
  if (status === 403) return "forbidden";
  if (status === 404) return "not_found";
  if (status === 429) return "rate_limited";
  return status >= 500 ? "unavailable" : "invalid_request";
}

async function readProblem(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => ({}))) as Partial<Problem>;
  const header = Number(response.headers.get("retry-after") ?? "");
  const retryAfterSeconds = body.retryAfterSeconds ?? (header > 0 ? header : undefined);
  return {
    type: "about:blank",
    title: "",
    ...body,
    kind: body.kind ?? kindOfStatus(response.status),
    status: response.status,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
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
    if (!response.ok) return { kind: "refused", problem: await readProblem(response) };
    const receivedAtMs = performance.now();
    const value = (response.status === 204 ? undefined : await response.json()) as T;
    return { kind: "ok", value, sentAtMs, receivedAtMs };
  } catch {
    return { kind: "no_answer" };
  }
}
