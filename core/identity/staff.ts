import { createHmac, type KeyObject } from "node:crypto";
import { type Role, roles } from "../contract/roles.ts";
import { isAllowed, type Session } from "./session.ts";

/** Whose role a session bears, in a form that only we can tell from an address. */
export const staffMark = (key: KeyObject, email: string): string =>
  createHmac("sha256", key).update(`staff:${email}`).digest("base64url").slice(0, 22);

/** The roles that hold now, by mark instead of address. */
export const byMark = (key: KeyObject, held: ReadonlyMap<string, Role>): ReadonlyMap<string, Role> =>
  new Map([...held].map(([email, role]) => [staffMark(key, email), role] as const));

/**
 * What a session may do now: its role was given when it began, and may have been lowered or taken since. A session without a
 * mark is no person's; it lives for minutes.
 */
export function roleNow(
  { role, staffMark: mark }: Pick<Session, "role" | "staffMark">,
  rolesByMark: ReadonlyMap<string, Role>,
): Role {
  if (mark === undefined) return role;
  const held = rolesByMark.get(mark) ?? "shopper";
  return isAllowed(role, held) ? held : role;
}

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
    const role = roles.find((known) => known === name);
    if (!role || !email)
      throw new Error(`STAFF: "${pair}" is not role=e-mail with a role of ${roles.join(", ")}`);
    staff.set(normalizeEmail(email), role);
  }
  return staff;
}
