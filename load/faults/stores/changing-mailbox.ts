import type { Mail } from "../../../local/mailbox/parse-mail.ts";
import { startMailbox } from "../../../local/mailbox/mailbox.ts";

/** A provider of mail that can be down: nothing listens at its address then, and what it had before is gone. */
export async function startChangingMailbox() {
  let mailbox = await startMailbox(0);
  let isUp = true;
  const { url } = mailbox;
  async function up(): Promise<void> {
    if (!isUp) mailbox = await startMailbox(Number(new URL(url).port));
    isUp = true;
  }
  async function down(): Promise<void> {
    if (isUp) await mailbox.stop();
    isUp = false;
  }
  return {
    url,
    mailboxUrl: `${url}/mailbox`,
    up,
    down,
    stop: down,
    /** How many mails about an order are there. */
    countAbout: async (orderId: string): Promise<number> => {
      const response = await fetch(`${url}/mailbox/api`);
      const { mails } = (await response.json()) as { mails: Mail[] };
      return mails.filter(({ text }) => text.includes(orderId)).length;
    },
  };
}
