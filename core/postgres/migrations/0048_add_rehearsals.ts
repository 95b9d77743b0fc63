import { type Kysely, sql } from "kysely";

/**
 * Rehearsals, and the one function that removes what a rehearsal's sale left: the functions' role may delete nothing itself.
 *
 * It removes only the sale of a rehearsal, and only one in the currency for tests, whatever it is asked. Which tables have something
 * of a sale, the catalogue says: one that a later migration adds is cleared too.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table rehearsals (
      id text primary key,
      creation_key text not null unique,
      creation_hash text not null,
      sale_id text unique,
      buyers integer not null check (buyers > 0),
      units integer not null check (units > 0),
      fault text not null,
      state text not null default 'waiting' check (state in ('waiting', 'selling', 'purging', 'done')),
      verdict jsonb,
      started_by text not null,
      started_at timestamptz not null default now(),
      begun_at timestamptz,
      done_at timestamptz
    )`.execute(db);
  await sql`
    create function purge_rehearsal(rehearsal_id text) returns integer
    language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      of_sale text;
      held record;
      removed integer;
      total integer := 0;
    begin
      select sale_id into of_sale from rehearsals where id = rehearsal_id and state = 'purging' for update;
      if of_sale is null then return 0; end if;
      if exists (select from sales where id = of_sale and currency <> 'XTS') then
        raise exception '% is the sale of no rehearsal', of_sale using errcode = 'check_violation';
      end if;
      for held in
        select c.table_name as name, bool_or(c.column_name = 'sale_id') as by_sale
        from information_schema.columns c
        join information_schema.tables t using (table_schema, table_name)
        where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.column_name in ('sale_id', 'order_id')
          and c.table_name <> 'rehearsals'
        group by c.table_name
        order by c.table_name = 'orders', bool_or(c.column_name = 'sale_id'), c.table_name
      loop
        if held.by_sale then
          execute format('delete from %I where sale_id = $1', held.name) using of_sale;
        else
          execute format('delete from %I where order_id in (select id from orders where sale_id = $1)', held.name)
            using of_sale;
        end if;
        get diagnostics removed = row_count;
        total := total + removed;
      end loop;
      delete from sales where id = of_sale;
      get diagnostics removed = row_count;
      return total + removed;
    end
    $$`.execute(db);
  await sql`revoke execute on function purge_rehearsal(text) from public`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop function purge_rehearsal(text)`.execute(db);
  await sql`drop table rehearsals`.execute(db);
}
