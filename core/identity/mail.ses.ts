import { SendEmailCommand, type SESv2Client } from "@aws-sdk/client-sesv2";

export type Mail = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Where an answer goes; absent: to the sender. */
  readonly replyTo?: string;
};
export type Mailer = (mail: Mail) => Promise<void>;

/** Sends plain text by SES. @throws when SES refuses or does not answer in time. */
export function createMailer(client: SESv2Client, from: string): Mailer {
  return async ({ to, subject, text, replyTo }) => {
    const Simple = { Subject: { Data: subject }, Body: { Text: { Data: text } } };
    await client.send(
      new SendEmailCommand({
        FromEmailAddress: from,
        Destination: { ToAddresses: [to] },
        ...(replyTo && { ReplyToAddresses: [replyTo] }),
        Content: { Simple },
      }),
    );
  };
}
