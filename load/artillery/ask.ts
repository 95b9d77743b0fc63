import { Agent, request as httpRequest } from "node:http";
import { Agent as SecureAgent, request as httpsRequest } from "node:https";

export type HttpAnswer = {
  readonly status: number;
  readonly retryAfterSeconds: number | null;
  readonly body: string;
};
export type Call = { readonly token?: string | undefined; readonly key?: string; readonly body?: object };

const ANSWER_LIMIT_MS = 15_000;
const agents = { "http:": new Agent({ keepAlive: true }), "https:": new SecureAgent({ keepAlive: true }) };

/** One request as a page sends it. @throws when the connection breaks, or after 15 s: it may have been carried out. */
export function ask(method: "GET" | "POST", url: string, { token, key, body }: Call): Promise<HttpAnswer> {
  const isSecure = url.startsWith("https:");
  const text = body && JSON.stringify(body);
  const headers = {
    ...(token && { authorization: `Bearer ${token}` }),
    ...(key && { "idempotency-key": key }),
    ...(text && { "content-type": "application/json", "content-length": Buffer.byteLength(text) }),
  };
  const options = { method, headers, timeout: ANSWER_LIMIT_MS, agent: agents[isSecure ? "https:" : "http:"] };
  return new Promise((resolve, reject) => {
    const sent = (isSecure ? httpsRequest : httpRequest)(url, options, (response) => {
      let received = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => (received += part));
      response.on("error", reject);
      response.on("end", () => {
        const retryAfter = response.headers["retry-after"];
        const retryAfterSeconds = retryAfter === undefined ? null : Number(retryAfter);
        resolve({ status: response.statusCode ?? 0, retryAfterSeconds, body: received });
      });
    });
    sent.on("timeout", () => sent.destroy(new Error("no answer in time")));
    sent.on("error", reject);
    sent.end(text);
  });
}
