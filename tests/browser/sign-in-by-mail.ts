import type { Cloud } from "../../local/cloud.ts";
import { codesIn } from "../../local/mailbox/code-in-mail.ts";
import { mailsTo } from "../support/test-mailbox.ts";
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
  const codes = async () => codesIn(await mailsTo(mailboxUrl, email));
  const before = (await codes()).length;
  return async () => {
    await waitFor(`mail to ${email}`, async () => (await codes()).length > before);
    return (await codes())[0] ?? "";
  };
}
