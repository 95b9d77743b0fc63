import { type Kysely, sql } from "kysely";

/**
 * Orders that are paid for: a row is placed once its payment is authorised, and confirmed or failed once its money was
 * taken or never will be. `place_order` and `move_order` alone take these steps.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table sales
      add column payment jsonb not null default '{"kind":"none"}'
        check (payment ->> 'kind' in ('none', 'held'))`.execute(db);
  await sql`
    alter table orders
      drop constraint orders_state_check,
      add constraint orders_state_check check (state in ('placed', 'confirmed', 'rejected', 'returned', 'failed')),
      drop constraint orders_units,
      add constraint orders_units check (
        units_left >= 0 and units_withheld >= 0 and units_left + units_withheld <= quantity
        and (units_left > 0) = (state in ('placed', 'confirmed')))`.execute(db);
  await sql`
    alter table order_events
      drop constraint order_events_kind_check,
      add constraint order_events_kind_check check (
        kind in ('authorised', 'placed', 'confirmed', 'rejected', 'failed', 'returned', 'wish_refused'))`.execute(
    db,
  );
  // The list of what is placed and not captured; empty but for moments.
  await sql`create index orders_uncaptured on orders (sale_id, created_at) where state = 'placed'`.execute(
    db,
  );
  await createPlaceOrder(db);
  await moveOrderWithPayment(db);
}

const placeOrder = sql`
  place_order(text, text, text, integer, integer, integer, integer, text, text, text, timestamptz, jsonb)`;

/**
 * Records an authorised reservation as an order with its first two events: placed, or rejected for a reason. Answers false
 * if any unique index refuses the row: it is there already, or another order has its number.
 */
async function createPlaceOrder(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function place_order(
      placed_id text, of_sale text, of_buyer text, number_n integer, units integer, place_in_order integer,
      of_epoch integer, reason text, request text, trace text, reserved timestamptz, authorised jsonb
    ) returns boolean
    language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      kept integer := case when reason is null then units else 0 end;
    begin
      if authorised ->> 'kind' <> 'authorised' or (authorised ->> 'number')::int <> 1 then
        raise exception '% is placed without an authorisation', placed_id using errcode = 'check_violation';
      end if;
      insert into orders (id, sale_id, buyer_id, n, quantity, place, epoch, state, rejected_reason, units_left,
          event_number, request_id, trace_id, reserved_at)
        values (placed_id, of_sale, of_buyer, number_n, units, place_in_order, of_epoch,
          case when reason is null then 'placed' else 'rejected' end, reason, kept, 2, request, trace, reserved)
        on conflict do nothing;
      if not found then return false; end if;
      insert into order_events (order_id, number, event_id, kind, detail) values
        (placed_id, 1, authorised ->> 'id', 'authorised', authorised),
        (placed_id, 2,
          case when reason is null then 'place' else 'reject' end,
          case when reason is null then 'placed' else 'rejected' end,
          case when reason is null
            then '{"kind": "placed", "id": "place", "number": 2}'::jsonb
            else jsonb_build_object('kind', 'rejected', 'id', 'reject', 'number', 2, 'reason', reason)
          end);
      if kept > 0 then
        update sales set sold = sold + kept where id = of_sale;
        insert into buyer_units (sale_id, buyer_id, units, purchase_limit)
          select of_sale, of_buyer, kept, purchase_limit from sales where id = of_sale
          on conflict (sale_id, buyer_id) do update
            set units = buyer_units.units + excluded.units, purchase_limit = excluded.purchase_limit;
      end if;
      return true;
    end
    $$`.execute(db);
  await sql`revoke execute on function ${placeOrder} from public`.execute(db);
}

/** `move_order` as it was, with the two ends of an order that is placed. */
async function moveOrderWithPayment(db: Kysely<unknown>): Promise<void> {
  await sql`
    create or replace function move_order(moved_id text, event jsonb) returns boolean
    language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      present orders%rowtype;
      next_state text;
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
      next_state := present.state;
      case event ->> 'kind'
        when 'returned' then
          came_back := (event ->> 'units')::int;
          if present.state <> 'confirmed' or came_back < 1 or came_back > present.units_left then
            raise exception '% units cannot come back of %', came_back, moved_id using errcode = 'check_violation';
          end if;
          if (event ->> 'isWithheld')::boolean then taken_off := came_back; end if;
          if came_back = present.units_left then next_state := 'returned'; end if;
        when 'confirmed', 'failed' then
          if present.state <> 'placed' then
            raise exception 'an order cannot be % once it is %', event ->> 'kind', present.state
              using errcode = 'check_violation';
          end if;
          next_state := event ->> 'kind';
          if next_state = 'failed' then came_back := present.units_left; end if;
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
        state = next_state
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
}

/** @throws while an order is in a state that was unknown before. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop function ${placeOrder}`.execute(db);
  await sql`
    create or replace function move_order(moved_id text, event jsonb) returns boolean
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
  await sql`drop index orders_uncaptured`.execute(db);
  await sql`
    alter table order_events
      drop constraint order_events_kind_check,
      add constraint order_events_kind_check check (
        kind in ('confirmed', 'rejected', 'returned', 'wish_refused'))`.execute(db);
  await sql`
    alter table orders
      drop constraint orders_state_check,
      add constraint orders_state_check check (state in ('confirmed', 'rejected', 'returned')),
      drop constraint orders_units,
      add constraint orders_units check (
        units_left >= 0 and units_withheld >= 0 and units_left + units_withheld <= quantity
        and (units_left > 0) = (state = 'confirmed'))`.execute(db);
  await sql`alter table sales drop column payment`.execute(db);
}
