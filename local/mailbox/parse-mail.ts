import * as v from "valibot";

export type Mail = {
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly sentAt: string;
  /** Where an answer goes, if not to the sender. */
  readonly replyTo: string | null;
  /** By name. */
  readonly headers: Readonly<Record<string, string>>;
};

const content = v.object({ Data: v.string() });
const sendEmail = v.object({
  FromEmailAddress: v.string(),
  Destination: v.object({ ToAddresses: v.pipe(v.array(v.string()), v.minLength(1)) }),
  ReplyToAddresses: v.optional(v.array(v.string()), []),
  Content: v.object({
    Simple: v.object({
      Subject: content,
      Body: v.object({ Text: v.optional(content), Html: v.optional(content) }),
      Headers: v.optional(v.array(v.object({ Name: v.string(), Value: v.string() })), []),
    }),
  }),
});

/** Reads the body of SES's SendEmail: one mail per recipient; undefined if it is not a simple e-mail. */
export function parseMail(body: string, now: Date): Mail[] | undefined {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), sendEmail), body);
  if (!parsed.success) return undefined;
  const { FromEmailAddress, Destination, ReplyToAddresses, Content } = parsed.output;
  const { Subject, Body, Headers } = Content.Simple;
  return Destination.ToAddresses.map((to) => ({
    to,
    from: FromEmailAddress,
    subject: Subject.Data,
    text: Body.Text?.Data ?? Body.Html?.Data ?? "",
    sentAt: now.toISOString(),
    replyTo: ReplyToAddresses[0] ?? null,
    headers: Object.fromEntries(Headers.map(({ Name, Value }) => [Name, Value])),
  }));
}
