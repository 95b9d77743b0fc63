import { type Kysely, type Selectable, sql } from "kysely";
import type { KeyName } from "../contract/people.ts";
import type { ApiKey, CreateApiKeyRequest, Scope } from "../contract/api-keys.ts";
import type { Actor } from "../identity/actor.ts";
import type { Addresses } from "../identity/addresses.dynamo.ts";
import { type ApiKeyId, type BuyerId, newApiKeyId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import type { ApiKeysTable } from "../postgres/tables/integrations.ts";
import { recordAudit } from "../sale/audit.postgres.ts";
import { hashOfKey, KEY_BURST, KEY_CALLS_PER_SECOND, newApiKeySecret } from "./api-key.ts";

/** Keys that are good at once. */
export const MOST_KEYS = 100;

const viewOf = (row: Selectable<ApiKeysTable>, emails: ReadonlyMap<BuyerId, string>): ApiKey => ({
  keyId: row.id,
  name: row.name,
  scopes: row.scopes,
  createdBy: row.created_by,
  createdByEmail: emails.get(row.created_by) ?? null,
  createdAt: row.created_at.toISOString(),
  usedAt: row.used_at?.toISOString() ?? null,
  expiresAt: row.expires_at?.toISOString() ?? null,
  revokedAt: row.revoked_at?.toISOString() ?? null,
});

/** Newest first, those that were revoked too: the audit log names them. */
export async function listApiKeys(db: Kysely<Database>, addresses: Pick<Addresses, "of">): Promise<ApiKey[]> {
  const rows = await db.selectFrom("api_keys").selectAll().orderBy("id", "desc").execute();
  const emails = await addresses.of(rows.map((row) => row.created_by));
  return rows.map((row) => viewOf(row, emails));
}

/** Good keys that somebody made: they go on, whatever becomes of who made them. */
export async function keysMadeBy(db: Kysely<Database>, maker: BuyerId, nowMs: number): Promise<KeyName[]> {
  const rows = await db
    .selectFrom("api_keys")
    .select(["id", "name"])
    .where("created_by", "=", maker)
    .where("revoked_at", "is", null)
    .where((eb) => eb.or([eb("expires_at", "is", null), eb("expires_at", ">", new Date(nowMs))]))
    .orderBy("id", "desc")
    .execute();
  return rows.map(({ id, name }) => ({ keyId: id, name }));
}

/** Makes a key, which is answered here and nowhere else. `over`: it would have ended before it began. */
export async function createApiKey(
  db: Kysely<Database>,
  { name, scopes, expiresAt }: CreateApiKeyRequest,
  { actor, nowMs }: { readonly actor: Actor; readonly nowMs: number },
  addresses: Pick<Addresses, "of">,
): Promise<{ readonly key: ApiKey; readonly secret: string } | "too_many" | "over"> {
  if (expiresAt !== null && Date.parse(expiresAt) <= nowMs) return "over";
  const secret = newApiKeySecret();
  const now = new Date(nowMs);
  const emails = await addresses.of([actor.buyerId]);
  return db.transaction().execute(async (trx) => {
    const { count } = await trx
      .selectFrom("api_keys")
      .select((eb) => eb.fn.countAll<string>().as("count"))
      .where("revoked_at", "is", null)
      .where((eb) => eb.or([eb("expires_at", "is", null), eb("expires_at", ">", now)]))
      .executeTakeFirstOrThrow();
    if (Number(count) >= MOST_KEYS) return "too_many";
    const row = await trx
      .insertInto("api_keys")
      .values({
        id: newApiKeyId(nowMs),
        name,
        hash: hashOfKey(secret),
        scopes: [...new Set(scopes)],
        created_by: actor.buyerId,
        created_at: now,
        expires_at: expiresAt === null ? null : new Date(expiresAt),
        next_call_at: now,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    const after = {
      key: row.id,
      name,
      scopes: row.scopes.join(", "),
      ...(expiresAt !== null && { expiresAt }),
    };
    await recordAudit(trx, null, actor, { action: "api_key_made", before: {}, after });
    return { key: viewOf(row, emails), secret };
  });
}

/** From its next call on a key is none; false: there is no such key that is good. */
export async function revokeApiKey(
  db: Kysely<Database>,
  id: ApiKeyId,
  { actor, nowMs }: { readonly actor: Actor; readonly nowMs: number },
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .updateTable("api_keys")
      .set({ revoked_at: new Date(nowMs) })
      .where("id", "=", id)
      .where("revoked_at", "is", null)
      .returning("name")
      .executeTakeFirst();
    if (!row) return false;
    const before = { key: id, name: row.name };
    await recordAudit(trx, null, actor, { action: "api_key_revoked", before, after: {} });
    return true;
  });
}

export type KeyUse =
  | {
      readonly kind: "known";
      readonly keyId: ApiKeyId;
      readonly name: string;
      readonly scopes: readonly Scope[];
    }
  | { readonly kind: "unknown" }
  | { readonly kind: "rate_limited"; readonly retryAfterMs: number };

/** Takes one call of a key, by PostgreSQL's clock: its last use and its rate limit (GCRA) are one statement. */
export async function useApiKey(db: Kysely<Database>, secret: string): Promise<KeyUse> {
  const hash = hashOfKey(secret);
  const { rows } = await sql<Pick<Selectable<ApiKeysTable>, "id" | "name" | "scopes">>`
    update api_keys
    set used_at = now(), next_call_at = greatest(next_call_at, now()) + ${1 / KEY_CALLS_PER_SECOND} * interval '1 second'
    where hash = ${hash} and revoked_at is null and (expires_at is null or expires_at > now())
      and next_call_at <= now() + ${KEY_BURST / KEY_CALLS_PER_SECOND} * interval '1 second'
    returning id, name, scopes`.execute(db);
  const [row] = rows;
  if (row) return { kind: "known", keyId: row.id, name: row.name, scopes: row.scopes };
  const limited = await sql<{ wait: number }>`
    select extract(epoch from next_call_at - now())::float8 * 1000 as wait from api_keys
    where hash = ${hash} and revoked_at is null and (expires_at is null or expires_at > now())`.execute(db);
  const wait = limited.rows[0]?.wait;
  if (wait === undefined) return { kind: "unknown" };
  return {
    kind: "rate_limited",
    retryAfterMs: Math.max(0, wait - (KEY_BURST / KEY_CALLS_PER_SECOND) * 1000),
  };
}
