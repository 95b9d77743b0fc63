import type { Problem } from "../../core/contract/problem.ts";
import type { PurchaseAnswer } from "../../core/contract/purchase-answer.ts";
import type { ClientAnswer } from "./client-answer.ts";

type Sent = Pick<ClientAnswer, "buyerId" | "key" | "quantity" | "sentAtMs" | "answeredAtMs">;

/** The line of the client log for what came back from a purchase; null: nothing did. */
export function readAnswer(
  sent: Sent,
  answer: { readonly status: number; readonly body: string } | null,
): ClientAnswer {
  const line = { ...sent, status: answer?.status ?? 0, orderId: null, place: null, orderQuantity: null };
  if (!answer) return { ...line, kind: "no_answer" };
  try {
    const body = JSON.parse(answer.body) as PurchaseAnswer | Problem;
    if ("outcome" in body) {
      const { outcome, state, orderId, place, quantity } = body;
      // A repeat is answered with what became of the order since.
      const kind = state === "rejected" ? state : outcome;
      return { ...line, kind, orderId, place, orderQuantity: quantity };
    }
    return { ...line, kind: body.kind ?? kindByStatus(answer.status) };
  } catch {
    return { ...line, kind: kindByStatus(answer.status) };
  }
}

/** Of an answer that no function of ours gave: API Gateway's throttle says 429, and 503 where Lambda had no environment. */
function kindByStatus(status: number): ClientAnswer["kind"] {
  if (status === 429) return "rate_limited";
  return status === 503 ? "unavailable" : "unreadable";
}
