import type { Reply } from "../api/request.ts";

/**
 * Whether nothing will come of what was asked for under this key: another one is needed. Every other refusal says nothing of a try
 * before it, which may have been obeyed: the same key finds that out.
 */
export const isRefusedForGood = (reply: Reply<unknown>): boolean =>
  reply.kind === "refused" &&
  (reply.problem.kind === "invalid_request" || reply.problem.kind === "key_reused");
