import { type Kysely, sql } from "kysely";

/**
 * Orders that can go on: every step is an event, and the present state follows from them.
 *
 * Whoever writes orders does it through two functions of the migrating role. They alone may insert an order, append an
 * event, and move `orders`, `buyer_units` and the counters of `sales`; what is no step of an order's life they refuse.
 * `revision_given` makes a revision something that is given once.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table sales
      add column withheld integer not null default 0 check (withheld >= 0),
      add column revision_given integer not null default 1,
      drop constraint sales_sold_within_allocated,
      add constraint sales_sold_within_allocated check (sold + withheld <= allocated)`.execute(db);
  await sql`update sales set revision_given = revision`.execute(db);
  await sql`
    alter table orders
      drop constraint orders_state_check,
      add constraint orders_state_check check (state in ('confirmed', 'rejected', 'returned')),
      add column units_left integer,
      add column units_withheld integer not null default 0,
      add column event_number integer not null default 1`.execute(db);
  await sql`update orders set units_left = case when state = 'confirmed' then quantity else 0 end`.execute(
    db,
  );
  await sql`
    alter table orders
      alter column units_left set not null,
      add constraint orders_units check (
        units_left >= 0 and units_withheld >= 0 and units_left + units_withheld <= quantity
        and (units_left > 0) = (state = 'confirmed'))`.execute(db);
  await sql`drop index orders_unit_once`.execute(db);
  await sql`
    create unique index orders_unit_once on orders (sale_id, buyer_id, n) where state <> 'rejected'`.execute(
    db,
  );
  // The key on orders is kept by the functions below, the only ones to write here: a reference would cost each row a look.
  await sql`
    create table order_events (
      order_id text not null,
      number integer not null check (number > 0),
      event_id text not null,
      kind text not null check (kind in ('confirmed', 'rejected', 'returned', 'wish_refused')),
      detail jsonb not null,
      created_at timestamptz not null default now(),
      primary key (order_id, number),
      constraint order_events_once unique (order_id, event_id)
    )`.execute(db);
  await sql`
    insert into order_events (order_id, number, event_id, kind, detail, created_at)
    select id, 1, case state when 'confirmed' then 'confirm' else 'reject' end, state,
      case state
        when 'confirmed' then jsonb_build_object('kind', 'confirmed', 'id', 'confirm', 'number', 1)
        else jsonb_build_object('kind', 'rejected', 'id', 'reject', 'number', 1, 'reason', rejected_reason)
      end, created_at
    from orders`.execute(db);
  await sql`
    create table buyer_units (
      sale_id text not null,
      buyer_id text not null,
      units integer not null check (units >= 0),
      purchase_limit integer not null,
      primary key (sale_id, buyer_id),
      constraint buyer_units_within_limit check (units <= purchase_limit)
    )`.execute(db);
  await sql`
    insert into buyer_units (sale_id, buyer_id, units, purchase_limit)
    select o.sale_id, o.buyer_id, sum(o.units_left), max(s.purchase_limit)
    from orders o join sales s on s.id = o.sale_id
    where o.state = 'confirmed' group by o.sale_id, o.buyer_id`.execute(db);
  await createRecordOrders(db);
  await createMoveOrder(db);
}

/**
 * Records reservations as orders, each with its first event; those that any unique index refuses are left out.
 *
 * The conflict clause names no index on purpose: whichever law refuses a row, its neighbours go in. Units are counted only
 * for what went in, and a check that fails undoes all of it.
 */
async function createRecordOrders(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function record_orders(
      ids text[], sale_ids text[], buyer_ids text[], numbers int[], quantities int[], places int[], epochs int[],
      reasons text[], request_ids text[], trace_ids text[], reserved_ats timestamptz[]
    ) returns setof text
    language sql security definer set search_path = public, pg_temp as $$
      with inserted as (
        insert into orders (id, sale_id, buyer_id, n, quantity, place, epoch, state, rejected_reason, units_left,
          request_id, trace_id, reserved_at)
        select id, sale_id, buyer_id, n, quantity, place, epoch,
          case when reason is null then 'confirmed' else 'rejected' end, reason,
          case when reason is null then quantity else 0 end, request_id, trace_id, reserved_at
        from unnest(ids, sale_ids, buyer_ids, numbers, quantities, places, epochs, reasons, request_ids, trace_ids,
          reserved_ats) as given (id, sale_id, buyer_id, n, quantity, place, epoch, reason, request_id, trace_id,
          reserved_at)
        on conflict do nothing
        returning id, sale_id, buyer_id, units_left, rejected_reason
      ), appended as (
        insert into order_events (order_id, number, event_id, kind, detail)
        select id, 1,
          case when rejected_reason is null then 'confirm' else 'reject' end,
          case when rejected_reason is null then 'confirmed' else 'rejected' end,
          case when rejected_reason is null
            then '{"kind": "confirmed", "id": "confirm", "number": 1}'::jsonb
            else jsonb_build_object('kind', 'rejected', 'id', 'reject', 'number', 1, 'reason', rejected_reason)
          end
        from inserted
      ), sold as (
        update sales set sold = sold + added.units
        from (select sale_id, sum(units_left)::int as units from inserted group by sale_id) as added
        where sales.id = added.sale_id and added.units > 0
      ), bought as (
        insert into buyer_units (sale_id, buyer_id, units, purchase_limit)
        select i.sale_id, i.buyer_id, sum(i.units_left)::int, max(s.purchase_limit)
        from inserted i join sales s on s.id = i.sale_id
        where i.units_left > 0 group by i.sale_id, i.buyer_id
        on conflict (sale_id, buyer_id) do update
          set units = buyer_units.units + excluded.units, purchase_limit = excluded.purchase_limit
      )
      select id from inserted
    $$`.execute(db);
  await sql`
    revoke execute on function record_orders(
      text[], text[], text[], int[], int[], int[], int[], text[], text[], text[], timestamptz[]) from public`.execute(
    db,
  );
}

/**
 * Appends the next event of an order that has a row, and moves the order, its buyer's units and the sale's counters by it.
 * Answers false if the event is there already. What does not follow from the order's state is refused.
 */
async function createMoveOrder(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function move_order(moved_id text, event jsonb) returns boolean
    language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      present orders%rowtype;
      came_back integer := 0;
      taken_off integer := 0;
    begin
      select * into present from orders where id = moved_id for update;
      if not found then raise exception 'there is no order %', moved_id using errcode = 'foreign_key_violation'; end if;
      if exists (select from order_events where order_id = moved_id and event_id = event ->> 'id') then
        return false;
      end if;
      if (event ->> 'number')::int <> present.event_number + 1 then
        raise exception 'event % does not follow event % of %', event ->> 'number', present.event_number, moved_id
          using errcode = 'serialization_failure';
      end if;
      case event ->> 'kind'
        when 'returned' then
          came_back := (event ->> 'units')::int;
          if present.state <> 'confirmed' or came_back < 1 or came_back > present.units_left then
            raise exception '% units cannot come back of %', came_back, moved_id using errcode = 'check_violation';
          end if;
          if (event ->> 'isWithheld')::boolean then taken_off := came_back; end if;
        when 'wish_refused' then null;
        else
          raise exception 'an order cannot be % once it is %', event ->> 'kind', present.state
            using errcode = 'check_violation';
      end case;
      insert into order_events (order_id, number, event_id, kind, detail)
        values (moved_id, (event ->> 'number')::int, event ->> 'id', event ->> 'kind', event);
      update orders set
        event_number = event_number + 1,
        units_left = units_left - came_back,
        units_withheld = units_withheld + taken_off,
        state = case when came_back > 0 and units_left = came_back then 'returned' else state end
      where id = moved_id;
      if came_back > 0 then
        -- The sale is open to its guardian again: gate and ledger have something to learn.
        update sales set sold = sold - came_back, withheld = withheld + taken_off where id = present.sale_id;
        update buyer_units set units = units - came_back
          where sale_id = present.sale_id and buyer_id = present.buyer_id;
      end if;
      return true;
    end
    $$`.execute(db);
  await sql`revoke execute on function move_order(text, jsonb) from public`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop function move_order(text, jsonb)`.execute(db);
  await sql`
    drop function record_orders(
      text[], text[], text[], int[], int[], int[], int[], text[], text[], text[], timestamptz[])`.execute(db);
  await sql`drop table buyer_units`.execute(db);
  await sql`drop table order_events`.execute(db);
  await sql`drop index orders_unit_once`.execute(db);
  await sql`
    alter table orders
      drop constraint orders_units,
      drop constraint orders_state_check,
      drop column units_left,
      drop column units_withheld,
      drop column event_number`.execute(db);
  await sql`
    alter table orders add constraint orders_state_check check (state in ('confirmed', 'rejected'))`.execute(
    db,
  );
  await sql`
    create unique index orders_unit_once on orders (sale_id, buyer_id, n) where state = 'confirmed'`.execute(
    db,
  );
  await sql`
    alter table sales
      drop constraint sales_sold_within_allocated,
      add constraint sales_sold_within_allocated check (sold <= allocated),
      drop column withheld,
      drop column revision_given`.execute(db);
}
