import { codesIn } from "../../local/mailbox/code-in-mail.ts";
import type { Mail } from "../../local/mailbox/parse-mail.ts";
import { waitFor } from "./wait-for.ts";

/** The newest of at least `count` codes to an address, once it has arrived. */
export async function codeFor(mailboxUrl: string, email: string, count = 1): Promise<string> {
  let codes: string[] = [];
  await waitFor(`${count} codes to ${email}`, async () => {
    codes = codesIn(await mailsTo(mailboxUrl, email));
    return codes.length >= count;
  });
  return codes[0] ?? "";
}

/** The mails to an address, newest first. */
export async function mailsTo(mailboxUrl: string, email: string): Promise<Mail[]> {
  const response = await fetch(`${mailboxUrl}/api?to=${encodeURIComponent(email)}`);
  return ((await response.json()) as { mails: Mail[] }).mails;
}
