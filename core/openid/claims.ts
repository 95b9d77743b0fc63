import * as v from "valibot";
import { email } from "../contract/identity.ts";

const claims = v.object({ email, email_verified: v.literal(true) });

/**
 * The address that the provider vouches for; null: it vouches for none. An address that nobody has verified is nobody's: who
 * signs in with it would be taken for the buyer that has it.
 */
export function verifiedEmail(given: unknown): string | null {
  const checked = v.safeParse(claims, given);
  return checked.success ? checked.output.email : null;
}
