import type { Language } from "../contract/language.ts";
import { beginSession, type SessionDependencies } from "./sign-in.ts";
import type { NewSession } from "./session.ts";
import { normalizeEmail } from "./staff.ts";

/**
 * A session for an address that the merchant's own provider vouches for: the same buyer as by a code to that address. Never one
 * of staff: whoever can make an account at the shop must not become its operator.
 */
export const signInVouched = (
  deps: Omit<SessionDependencies, "roleOf">,
  { email, language }: { readonly email: string; readonly language: Language },
  nowMs: number,
): Promise<NewSession> =>
  beginSession(
    { ...deps, roleOf: async () => "shopper" },
    { email: normalizeEmail(email), language, provesMailbox: false },
    nowMs,
  );
