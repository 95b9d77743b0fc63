import { type Kysely, sql } from "kysely";

/**
 * The log takes any action that is one lower-case word: which there are, the contract's list says. A list here had to be written
 * anew, and whole, by everybody who adds one.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table audit_log
      drop constraint audit_log_action_check,
      add constraint audit_log_action_check check (action ~ '^[a-z]+(_[a-z]+)*$')`.execute(db);
}

/** Lines that the older list does not know stay: what somebody did is not undone with the schema. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table audit_log
      drop constraint audit_log_action_check,
      add constraint audit_log_action_check check (
        action in ('created', 'changed', 'paused', 'resumed', 'ended', 'cancel_wished')) not valid`.execute(
    db,
  );
}
