import type { Cloud } from "../../local/cloud.ts";
import { waitFor } from "../wait-for.ts";
import type { Shopper } from "./shopper.ts";

/** Signs in on the page that is open, with the code from the mailbox, as a person does. */
export async function signInByMail({ mailboxUrl }: Cloud, { part }: Shopper, email: string): Promise<void> {
  const before = (await mailsTo(mailboxUrl, email)).length;
  await part("email").fill(email);
  await part("send-code").click();
  await part("code").waitFor();
  await waitFor(`mail to ${email}`, async () => (await mailsTo(mailboxUrl, email)).length > before);
  const [mail] = await mailsTo(mailboxUrl, email);
  await part("code").fill(/\b\d{6}\b/.exec(mail?.text ?? "")?.[0] ?? "");
  await part("submit-code").click();
  await part("signed-in").waitFor();
}

async function mailsTo(mailboxUrl: string, email: string): Promise<readonly { text: string }[]> {
  const response = await fetch(`${mailboxUrl}/api?to=${encodeURIComponent(email)}`);
  return ((await response.json()) as { mails: { text: string }[] }).mails;
}
