import { type Kysely, sql } from "kysely";

/**
 * The one function that deletes orders: those of a closed sale of which nothing has happened for eight whole years, by the server's own
 * clock, whatever it is asked. The functions' role may delete none itself.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table sales add column orders_deleted_at timestamptz`.execute(db);
  await sql`
    create function delete_old_orders(of_sale text, before timestamptz, most integer) returns integer
    language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      gone text[];
    begin
      if before > (date_trunc('year', now() at time zone 'UTC') - interval '8 years') at time zone 'UTC' then
        raise exception 'orders are kept for eight years: % is too late', before using errcode = 'check_violation';
      end if;
      perform from sales where id = of_sale and closed_at < before for update;
      if not found then return 0; end if;
      select array_agg(id) into gone from (
        select id from orders o
        where sale_id = of_sale and created_at < before
          and not exists (select from order_events e where e.order_id = o.id and e.created_at >= before)
          and not exists (
            select from refunds r where r.order_id = o.id and (r.changed_at >= before or r.state in ('due', 'failed'))
          )
        order by id limit most
      ) as old;
      if gone is null then return 0; end if;
      delete from webhook_deliveries
        where stream = any (gone) or position in (select position from events where stream = any (gone));
      delete from events where stream = any (gone);
      delete from hold_events where order_id = any (gone);
      delete from refunds where order_id = any (gone);
      delete from order_events where order_id = any (gone);
      delete from buyer_units u
        where sale_id = of_sale
          and buyer_id in (select buyer_id from orders where id = any (gone))
          and not exists (
            select from orders o
            where o.sale_id = of_sale and o.buyer_id = u.buyer_id and not (o.id = any (gone))
          );
      delete from orders where id = any (gone);
      return cardinality(gone);
    end
    $$`.execute(db);
  await sql`revoke execute on function delete_old_orders(text, timestamptz, integer) from public`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop function delete_old_orders(text, timestamptz, integer)`.execute(db);
  await sql`alter table sales drop column orders_deleted_at`.execute(db);
}
