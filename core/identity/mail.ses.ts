import { SendEmailCommand, type SESv2Client } from "@aws-sdk/client-sesv2";

export type Mail = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Where an answer goes; absent: to the sender. */
  readonly replyTo?: string;
  /** Where one click stops mails of this kind (RFC 8058); absent: they go with what the reader has done here. */
  readonly unsubscribeUrl?: string;
};
export type Mailer = (mail: Mail) => Promise<void>;

const unsubscribeHeaders = (url: string) => [
  { Name: "List-Unsubscribe", Value: `<${url}>` },
  { Name: "List-Unsubscribe-Post", Value: "List-Unsubscribe=One-Click" },
];

/** Sends plain text by SES. @throws when SES refuses or does not answer in time. */
export function createMailer(client: SESv2Client, from: string): Mailer {
  return async ({ to, subject, text, replyTo, unsubscribeUrl }) => {
    const Simple = {
      Subject: { Data: subject },
      Body: { Text: { Data: text } },
      ...(unsubscribeUrl !== undefined && { Headers: unsubscribeHeaders(unsubscribeUrl) }),
    };
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
