import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { loadConfig } from "../../core/config.ts";
import type { PageName } from "../../core/contract/pages.ts";
import { readShop, shopNames } from "../../core/contract/shop.ts";
import { log } from "../../core/log.ts";
import { isStoreSilent } from "../../core/store-errors.ts";
import { httpFunction } from "../../core/topology.ts";
import { problemPage } from "../pages/views/plain/problem.ts";
import { type PlainWords, plainWordsIn } from "../../web/texts/plain.ts";
import { type Answer, refuse, type Refusal } from "../answer/answer.ts";
import { readSource } from "../request/origin.ts";
import { Refused } from "../request/request.ts";
import { respond } from "../answer/respond.ts";
import { readTraceId } from "../request/trace.ts";

/** A request for a page that came through the CDN. */
export type PageRequest = {
  readonly event: APIGatewayProxyEventV2;
  readonly requestId: string;
  /** The caller's address. */
  readonly source: string;
  readonly words: PlainWords;
};

/** A page as an answer. */
export const page = (body: string, status = 200, headers: Answer["headers"] = {}): Answer => ({
  status,
  body,
  headers: { "content-type": "text/html; charset=utf-8", ...headers },
});

/** On to another page, by GET whatever this request was. */
export const seeOther = (location: string, cookies: readonly string[] = []): Answer => ({
  status: 303,
  headers: { location },
  ...(cookies.length > 0 && { cookies }),
});

type Extras = Omit<Parameters<typeof problemPage>[1], "problem" | "said">;

/** A refusal as a page, under the status and with the wait that the API answers it with. */
export const refusalPage = (
  words: PlainWords,
  { problem, said, status, headers }: Refusal,
  extras: Extras = {},
) => page(problemPage(words, { problem, said, ...extras }), status, headers);

/** What an error is told as: a silent store says nothing of anything; any other is a defect. */
export const refusalOf = (error: unknown): Refusal =>
  isStoreSilent(error) ? refuse("unavailable", { retryAfterSeconds: 1 }) : refuse("internal");

/**
 * A Lambda handler for one page, in the language that its address names. Whatever is refused or thrown becomes a page
 * that says so in words, without internals.
 */
export function pageEndpoint(name: PageName, handle: (request: PageRequest) => Promise<Answer>) {
  const config = loadConfig(["ORIGIN_SECRET", ...shopNames]);
  const shop = readShop(config);

  return async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const { requestId } = event.requestContext;
    const locale = event.pathParameters?.["locale"];
    const words = plainWordsIn(locale === "de" ? "de" : "en", shop);
    try {
      const source = readSource(event, config.ORIGIN_SECRET);
      if (locale !== words.locale) throw new Refused(refuse("not_found"));
      return respond(await handle({ event, requestId, source, words }), requestId);
    } catch (error) {
      if (error instanceof Refused) return respond(refusalPage(words, error.answer), requestId);
      log.error("a page failed", {
        route: httpFunction(name).route,
        requestId,
        traceId: readTraceId(event),
        error,
      });
      return respond(refusalPage(words, refusalOf(error)), requestId);
    }
  };
}
