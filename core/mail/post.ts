import { setTimeout as sleep } from "node:timers/promises";
import type { Mail, Mailer } from "../identity/mail.ses.ts";
import type { Warn } from "../log.ts";
import { failureOf, type MailFailure } from "./mail-failure.ts";

export type Post = ReturnType<typeof createPost>;

/** So many mails in a row that nobody took: something is broken, and the next run goes on. */
const MOST_IN_VAIN = 4;
/** An account in SES's sandbox sends one mail a second. */
const LONGEST_GAP_MS = 2_000;

type PostDependencies = {
  readonly sendMail: Mailer;
  readonly mailsPerSecond: number;
  readonly warn: Warn;
};

/** Sends one mail after another, no more a second than agreed, and slower where that is too many. */
export function createPost({ sendMail, mailsPerSecond, warn }: PostDependencies, hasTime: () => boolean) {
  let [gapMs, nextAtMs, taken, inVain] = [1_000 / mailsPerSecond, 0, 0, 0];
  return {
    isOpen: () => hasTime() && inVain < MOST_IN_VAIN,
    taken: () => taken,
    async send(mail: Mail): Promise<"taken" | MailFailure> {
      await sleep(Math.max(0, nextAtMs - performance.now()));
      nextAtMs = Math.max(nextAtMs, performance.now()) + gapMs;
      try {
        await sendMail(mail);
        taken++;
        inVain = 0;
        return "taken";
      } catch (error) {
        const why = failureOf(error);
        // What SES says may name the address, which no log is to bear.
        warn("a mail was not sent", { why, error: error instanceof Error ? error.name : "unknown" });
        if (why !== "never") inVain++;
        if (why === "not_sent") {
          gapMs = Math.min(gapMs * 2, LONGEST_GAP_MS);
          nextAtMs = performance.now() + gapMs;
        }
        return why;
      }
    },
  };
}
