import { type Kysely, sql } from "kysely";

/**
 * Who sees a sale; sales from before are listed, as they were. The indexes serve the console's list, which is read from the
 * newest sale down: one of the few drafts is not looked for among ten thousand others.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table sales
      add column visibility text not null default 'listed'
        constraint sales_visibility_check check (visibility in ('draft', 'listed', 'unlisted', 'retired'))`.execute(
    db,
  );
  // Of a draft nothing stands in any other store.
  await sql`
    alter table sales add constraint sales_draft_has_no_gate check (visibility <> 'draft' or epoch = 0)`.execute(
    db,
  );
  await sql`create index sales_by_visibility on sales (visibility, id)`.execute(db);
  // The words are those of the contract: a list here would be changed with each new one, and two changes undo each other.
  await sql`
    alter table audit_log
      drop constraint audit_log_action_check,
      add constraint audit_log_action_check check (action ~ '^[a-z_]{1,40}$')`.execute(db);
}

/** Lines about visibility stay, and what says which words there are: what somebody did is not undone with the schema. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop index sales_by_visibility`.execute(db);
  await sql`alter table sales drop column visibility`.execute(db);
}
