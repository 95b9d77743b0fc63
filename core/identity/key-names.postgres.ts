import type { Kysely } from "kysely";
import { type ApiKeyId, apiKeyIdPattern } from "../ids.ts";
import type { Database } from "../postgres/database.ts";

/** What the API keys among those who acted are called: a key is never forgotten, only revoked. */
export async function keyNames(
  db: Kysely<Database>,
  actorIds: readonly string[],
): Promise<Map<string, string>> {
  const ids = [...new Set(actorIds)].filter((id) => apiKeyIdPattern.test(id)) as ApiKeyId[];
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom("api_keys").select(["id", "name"]).where("id", "in", ids).execute();
  return new Map(rows.map(({ id, name }) => [id as string, name]));
}
