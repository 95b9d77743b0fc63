import type { Clock } from "../clock.ts";
import type { Warn } from "../log.ts";
import type { MailQueue } from "../mail/mail-queue.sqs.ts";
import { orderNotice } from "./order-notice.ts";
import type { PushQueue } from "./push-queue.sqs.ts";

type Dependencies = {
  readonly pushes: Pick<PushQueue, "sendAll">;
  readonly clock: Pick<Clock, "nowMs">;
  readonly warn: Warn;
};

/**
 * A queue of mails that has browsers told, too. The mails first, and a push that its queue does not take is left: nothing of an order
 * waits for it, and the mail says the same.
 */
export const withPushes = (
  mails: Pick<MailQueue, "sendAll">,
  { pushes, clock, warn }: Dependencies,
): Pick<MailQueue, "sendAll"> => ({
  async sendAll(due) {
    await mails.sendAll(due);
    const nowMs = clock.nowMs();
    const notices = due.flatMap((mail) => orderNotice(mail, nowMs) ?? []);
    if (notices.length === 0) return;
    try {
      await pushes.sendAll(notices);
    } catch (error) {
      warn("browsers are not told, mails alone are", { notices: notices.length, error });
    }
  },
});
