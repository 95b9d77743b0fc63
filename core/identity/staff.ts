import { type Role, roles } from "../contract/identity.ts";

/** An address in the one form it is stored and compared in. */
export const normalizeEmail = (email: string): string => email.trim().toLowerCase();

/**
 * Reads `role=e-mail` pairs, separated by commas, into roles by address.
 *
 * @throws Error naming the pair that is not one.
 */
export function parseStaff(text: string): ReadonlyMap<string, Role> {
  const staff = new Map<string, Role>();
  for (const pair of text.split(",").filter((part) => part.trim() !== "")) {
    const [name, email] = pair.trim().split("=");
    const role = roles.find((one) => one === name);
    if (!role || !email)
      throw new Error(`STAFF: "${pair}" is not role=e-mail with a role of ${roles.join(", ")}`);
    staff.set(normalizeEmail(email), role);
  }
  return staff;
}
