import { startAuthentication, startRegistration, WebAuthnError } from "@simplewebauthn/browser";
import { passkeyTexts } from "../../../texts/passkeys.ts";
import type { Passkey, SessionView } from "../api/contract.ts";
import { request } from "../api/request.ts";

type RequestOptions = Parameters<typeof startAuthentication>[0]["optionsJSON"];
type CreationOptions = Parameters<typeof startRegistration>[0]["optionsJSON"];

const LIMIT_MS = 15_000;
const post = <T>(path: string, body?: unknown) =>
  request<T>(`/api/identity/${path}`, {
    method: "POST",
    limitMs: LIMIT_MS,
    ...(body !== undefined && { body }),
  });

/** A session; a text: why there is none. */
export async function signInWithPasskey(): Promise<SessionView | string> {
  const texts = await passkeyTexts();
  const options = await post<RequestOptions>("passkey/challenge");
  if (options.kind !== "ok") return texts.noAnswer;
  let response;
  try {
    response = await startAuthentication({ optionsJSON: options.value });
  } catch {
    return texts.cancelled;
  }
  const reply = await post<SessionView>("passkey/session", { response });
  if (reply.kind === "ok") return reply.value;
  return reply.kind === "refused" && reply.problem.kind === "unauthenticated"
    ? texts.unknown
    : texts.noAnswer;
}

/** The passkey that was made; a text: why there is none. */
export async function addPasskey(name: string): Promise<Passkey | string> {
  const texts = await passkeyTexts();
  const options = await post<CreationOptions>("passkeys/options");
  if (options.kind !== "ok") return texts.noAnswer;
  let response;
  try {
    response = await startRegistration({ optionsJSON: options.value });
  } catch (error) {
    const isThere =
      error instanceof WebAuthnError && error.code === "ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED";
    return isThere ? texts.there : texts.cancelled;
  }
  const reply = await post<Passkey>("passkeys", { response, name });
  if (reply.kind === "ok") return reply.value;
  if (reply.kind === "no_answer") return texts.noAnswer;
  return reply.problem.kind === "conflict" ? texts.tooMany : texts.refused;
}
