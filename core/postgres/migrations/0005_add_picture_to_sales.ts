import { type Kysely, sql } from "kysely";

/** A sale's picture: all of it or none. Code from before leaves it alone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table sales
      add column picture_id text,
      add column picture_alt text,
      add column picture_format text check (picture_format in ('webp', 'jpeg')),
      add constraint sales_picture_whole check (num_nulls(picture_id, picture_alt, picture_format) in (0, 3))`.execute(
    db,
  );
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table sales
      drop column picture_id,
      drop column picture_alt,
      drop column picture_format`.execute(db);
}
