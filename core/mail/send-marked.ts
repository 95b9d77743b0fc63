import type { Clock } from "../clock.ts";
import { faultPoint } from "../fault-point.ts";
import type { Mail } from "../identity/mail.ses.ts";
import type { BuyerId } from "../ids.ts";
import type { Warn } from "../log.ts";
import type { Measure } from "../metrics.ts";
import type { Marks } from "./marks.dynamo.ts";
import type { Post } from "./post.ts";

type Dependencies = { readonly clock: Clock; readonly warn: Warn; readonly measure: Measure };

/**
 * Sends a buyer one mail, marked before and after. Without an address there is nothing to send. Where nobody knows whether it went
 * out, it goes once more later, and never a third time.
 *
 * @returns whether nothing is left to do.
 */
export async function sendMarked(
  { clock, warn, measure }: Dependencies,
  marks: Pick<Marks, "begin" | "end" | "takeBack">,
  post: Post,
  buyerId: BuyerId,
  mail: Mail | null,
): Promise<boolean> {
  if (!(await marks.begin(buyerId, clock.nowMs()))) return false;
  const sent = mail === null ? "no_address" : await post.send(mail);
  await faultPoint("notice_after_send");
  if (sent === "unclear") return false;
  if (sent === "not_sent") {
    await marks.takeBack(buyerId);
    return false;
  }
  await marks.end(buyerId, sent === "taken" ? "told" : "let_go", clock.nowMs());
  if (sent === "never") {
    warn("a mail was refused, and is not sent again", { buyerId });
    measure("MailsGivenUp", 1);
  }
  return true;
}
