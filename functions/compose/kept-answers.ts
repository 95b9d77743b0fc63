import { createHash } from "node:crypto";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { Clock } from "../../core/clock.ts";
import { createFresh } from "../../core/watch/fresh.ts";
import { type Answer, cachedASecond } from "../answer/answer.ts";

type Kept = { readonly text: string; readonly headers: Readonly<Record<string, string>> };

/**
 * Answers that are the same for everybody, kept as they are sent: this instance reads and serializes each at most once a
 * second, however many ask.
 *
 * The tag is of every byte, the server's time included: pages set their clocks by it, and a body that a cache kept for longer
 * would put them late.
 */
export function createKeptAnswers<Key, Body extends object | null>(
  read: (key: Key) => Promise<Body>,
  clock: Clock,
) {
  const fresh = createFresh(async (key: Key) => {
    const body = await read(key);
    return body && keep(JSON.stringify(body));
  }, clock);

  /** Null where `read` answers null. @throws what it throws. */
  return async (event: APIGatewayProxyEventV2, key: Key): Promise<Answer | Extract<Body, null>> => {
    const kept = await fresh(key);
    if (kept === null) return null as Extract<Body, null>;
    const { text, headers } = kept;
    const isKnown = tagsOf(event.headers["if-none-match"]).includes(headers["etag"] ?? "");
    return isKnown ? { status: 304, headers } : { status: 200, body: text, headers };
  };
}

function keep(text: string): Kept {
  const hash = createHash("sha1").update(text).digest("base64url");
  return { text, headers: { ...cachedASecond, etag: `"${hash}"` } };
}

/** The tags that a caller knows; one that a CDN has compressed comes back as weak. */
const tagsOf = (header: string | undefined): string[] =>
  (header ?? "").split(",").map((tag) => tag.trim().replace(/^W\//, ""));
