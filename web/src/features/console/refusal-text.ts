import { consoleTexts as texts } from "../../../texts/console.ts";
import type { Reply } from "../api/request.ts";
import { ofField, said } from "./said.ts";

/** What the API said, whole: an operator must see why, and which request to look for in the logs. */
export function refusalText(reply: Exclude<Reply<unknown>, { kind: "ok" }>): string {
  if (reply.kind === "no_answer") return texts.noAnswer;
  const { kind, title, detail, errors, requestId } = reply.problem;
  const fields = errors?.map(({ field, message }) => ofField(field, message)).join("; ");
  const why = [texts.problems[kind] ?? (title || kind), detail && said(detail), fields]
    .filter(Boolean)
    .join(": ");
  return requestId ? `${why} (${texts.request} ${requestId})` : why;
}
