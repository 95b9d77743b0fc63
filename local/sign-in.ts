import { setTimeout as sleep } from "node:timers/promises";
import type { CodeAnswer } from "../core/contract/identity.ts";
import type { Language } from "../core/contract/language.ts";
import { callApi } from "./call-api.ts";
import { newestCode } from "./mailbox/code-in-mail.ts";

const MAIL_LIMIT_MS = 10_000;

type At = { readonly apiUrl: string; readonly mailboxUrl: string };

/** Signs in as anybody would, by the code in the mailbox; answers the session token for the Authorization header. */
export async function signIn(at: At, email: string, language: Language = "en"): Promise<string> {
  const body = { ...(await askCode(at, email, language)), transport: "bearer" };
  const { token } = await callApi<{ token: string }>(at.apiUrl, "POST /api/identity/session", { body });
  return token;
}

/** What somebody signs in with: the code in the mailbox, and what it was asked for by. */
export async function askCode(
  { apiUrl, mailboxUrl }: At,
  email: string,
  language: Language = "en",
): Promise<{ readonly challenge: string; readonly code: string }> {
  const asked = { body: { email, language } };
  const { challenge } = await callApi<CodeAnswer>(apiUrl, "POST /api/identity/code", asked);
  const endsAtMs = Date.now() + MAIL_LIMIT_MS;
  for (;;) {
    // Mails go out before the answer comes; where none did, the newest code is good for this challenge too.
    const code = newestCode(await mailsTo(mailboxUrl, email));
    if (code) return { challenge, code };
    if (Date.now() > endsAtMs) throw new Error(`No sign-in code for ${email} arrived in the mailbox.`);
    await sleep(20);
  }
}

async function mailsTo(mailboxUrl: string, email: string): Promise<{ text: string }[]> {
  const response = await fetch(`${mailboxUrl}/api?to=${encodeURIComponent(email)}`);
  return ((await response.json()) as { mails: { text: string }[] }).mails;
}
