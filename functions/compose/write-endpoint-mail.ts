import type { Mail } from "../../core/identity/mail.ses.ts";
import type { NoticeTask } from "../../core/webhooks/webhook-task.ts";
import { localePath } from "../../web/texts/locale.ts";
import { mailsIn } from "../../web/texts/mails.ts";

/** Tells that an endpoint was paused, in both languages: it is known of nobody here which one they read. */
export function writeEndpointMail({ to, name, host, why }: NoticeTask, siteUrl: string): Mail {
  const mails = (["en", "de"] as const).map((locale) =>
    mailsIn(locale).endpointPaused({
      name,
      host,
      why,
      page: siteUrl + localePath(locale, "/admin/webhooks/"),
    }),
  );
  return { to, subject: mails[0]!.subject, text: mails.map(({ text }) => text).join("\n\n—\n\n") };
}
