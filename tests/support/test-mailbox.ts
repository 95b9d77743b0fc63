import { codeInMail } from "../../local/mailbox/code-in-mail.ts";
import { waitFor } from "./wait-for.ts";

type Mail = { readonly to: string; readonly text: string };

/** The code of the newest of at least `count` mails to an address, once it has arrived. */
export async function codeFor(mailboxUrl: string, email: string, count = 1): Promise<string> {
  let mails: Mail[] = [];
  await waitFor(`${count} mails to ${email}`, async () => {
    const response = await fetch(`${mailboxUrl}/api?to=${encodeURIComponent(email)}`);
    ({ mails } = (await response.json()) as { mails: Mail[] });
    return mails.length >= count;
  });
  return codeInMail(mails[0]?.text) ?? "";
}
