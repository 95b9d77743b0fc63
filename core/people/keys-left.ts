import type { Kysely } from "kysely";
import { keysMadeBy } from "../api-keys/api-keys.postgres.ts";
import type { KeyName } from "../contract/people.ts";
import type { Addresses } from "../identity/addresses.dynamo.ts";
import type { RoleChange } from "../identity/staff-roll.ts";
import type { Warn } from "../log.ts";
import type { Database } from "../postgres/database.ts";

type Dependencies = {
  readonly db: Kysely<Database>;
  readonly addresses: Pick<Addresses, "buyerOf">;
  readonly warn: Warn;
};

/**
 * Good API keys that somebody made who is no admin now: a key is not its maker's, and a shop may live by it, so an admin decides which
 * of them end. Null: they could not be looked up, which stops no change of a role.
 */
export async function keysLeftBy(
  { db, addresses, warn }: Dependencies,
  { email, role }: RoleChange,
  nowMs: number,
): Promise<KeyName[] | null> {
  if (role === "admin") return [];
  try {
    const maker = await addresses.buyerOf(email);
    return maker === null ? [] : await keysMadeBy(db, maker, nowMs);
  } catch (error) {
    warn("the API keys of whoever lost a role were not looked up", { error });
    return null;
  }
}
