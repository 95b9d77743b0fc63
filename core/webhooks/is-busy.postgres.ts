import { type Kysely, sql } from "kysely";
import type { Database } from "../postgres/database.ts";

/** Whether anything is to be sent to an endpoint that takes it, or was just told to the feed. */
export async function hasOpenDeliveries(db: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql<{ busy: boolean }>`
    select exists (
      select from webhook_endpoints w
      where w.state = 'active' and exists (
        select from webhook_deliveries d where d.endpoint_id = w.id and d.state = 'open')
    ) as busy`.execute(db);
  return rows[0]?.busy === true;
}
