import type { Cloud } from "../../local/cloud.ts";
import { codeInMail } from "../../local/mailbox/code-in-mail.ts";
import { waitFor } from "../support/wait-for.ts";
import type { Shopper } from "./shopper.ts";

/** Signs in on the page that is open, with the code from the mailbox, as a person does. */
export async function signInByMail(cloud: Cloud, shopper: Shopper, email: string): Promise<void> {
  const nextCode = await awaitCode(cloud, email);
  await shopper.part("email").fill(email);
  await shopper.part("send-code").click();
  await shopper.part("code").fill(await nextCode());
  await shopper.part("submit-code").click();
  await shopper.part("signed-in").waitFor();
}

/** Call it before the code is asked for; what it answers waits for the code in the mail. */
export async function awaitCode({ mailboxUrl }: Cloud, email: string): Promise<() => Promise<string>> {
  const before = (await mailsTo(mailboxUrl, email)).length;
  return async () => {
    await waitFor(`mail to ${email}`, async () => (await mailsTo(mailboxUrl, email)).length > before);
    const [mail] = await mailsTo(mailboxUrl, email);
    return codeInMail(mail?.text) ?? "";
  };
}

async function mailsTo(mailboxUrl: string, email: string): Promise<readonly { text: string }[]> {
  const response = await fetch(`${mailboxUrl}/api?to=${encodeURIComponent(email)}`);
  return ((await response.json()) as { mails: { text: string }[] }).mails;
}
