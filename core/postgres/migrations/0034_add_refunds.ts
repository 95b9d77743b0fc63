import { type Kysely, sql } from "kysely";

/**
 * The way back: what of an order's money was taken, is to be given back, and was given back; each time a row of its own. Only
 * `move_order` takes these steps, under the lock of the order's row, and the checks hold whatever it was told.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table sales
      add column withdrawal jsonb not null default '{"kind":"days","days":14,"returnsGo":"on_sale"}'
        check (withdrawal ->> 'kind' in ('days', 'excepted'))`.execute(db);
  await sql`
    alter table orders
      drop constraint orders_state_check,
      add constraint orders_state_check check (
        state in ('placed', 'confirmed', 'rejected', 'returned', 'refunded', 'failed')),
      add column captured_minor bigint not null default 0 check (captured_minor >= 0),
      add column granted_minor bigint not null default 0 check (granted_minor >= 0),
      add column refunded_minor bigint not null default 0 check (refunded_minor >= 0),
      add constraint orders_granted_within_captured check (granted_minor <= captured_minor),
      add constraint orders_refunded_within_captured check (refunded_minor <= captured_minor)`.execute(db);
  await sql`
    alter table order_events
      drop constraint order_events_kind_check,
      add constraint order_events_kind_check check (
        kind in ('authorised', 'placed', 'confirmed', 'rejected', 'failed', 'returned', 'wish_refused',
          'refund_granted', 'refund_retried', 'refund_settled', 'refunded', 'refund_failed',
          'refunded_outside'))`.execute(db);
  await sql`
    create table refunds (
      order_id text not null,
      refund_id text not null,
      sale_id text not null,
      -- The number of the event that last asked for it, and part of the provider's key; 0: made at the provider's console.
      attempt integer not null check (attempt >= 0),
      amount_minor bigint not null check (amount_minor > 0),
      given_minor bigint not null default 0 check (given_minor >= 0 and given_minor <= amount_minor),
      state text not null check (state in ('due', 'refunded', 'failed', 'outside')),
      why text,
      created_at timestamptz not null default now(),
      changed_at timestamptz not null default now(),
      primary key (order_id, refund_id)
    )`.execute(db);
  // The list of what is still to be given back, and of what somebody must see to.
  await sql`create index refunds_open on refunds (sale_id, changed_at) where state in ('due', 'failed')`.execute(
    db,
  );
  await fillRefunds(db);
  await moveOrderWithRefunds(db);
}

/**
 * Orders from before: their money was taken in full. What came back of them was given back, but no event says so yet: the
 * provider is asked about it once more, and has the refunds under their keys.
 */
async function fillRefunds(db: Kysely<unknown>): Promise<void> {
  await sql`
    update orders set captured_minor = (detail ->> 'amountMinor')::bigint
    from order_events
    where order_id = orders.id and kind = 'authorised' and state in ('confirmed', 'returned')`.execute(db);
  await sql`
    insert into refunds (order_id, refund_id, sale_id, attempt, amount_minor, state)
    select id, event_id, sale_id, number, captured_minor / quantity * (detail ->> 'units')::bigint, 'due'
    from orders join order_events on order_id = id
    where kind = 'returned' and captured_minor > 0`.execute(db);
  await sql`
    update orders set granted_minor = granted.minor
    from (select order_id, sum(amount_minor) as minor from refunds group by order_id) as granted
    where granted.order_id = orders.id`.execute(db);
}

/** `move_order` as it was, with the steps that money takes back. */
async function moveOrderWithRefunds(db: Kysely<unknown>): Promise<void> {
  await sql`
    create or replace function move_order(moved_id text, event jsonb) returns boolean
    language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      present orders%rowtype;
      next_state text;
      came_back integer := 0;
      taken_off integer := 0;
      taken bigint := 0;
      granted bigint := 0;
      given bigint := 0;
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
          granted := coalesce((event ->> 'refundMinor')::bigint, 0);
        when 'confirmed', 'failed' then
          if present.state <> 'placed' then
            raise exception 'an order cannot be % once it is %', event ->> 'kind', present.state
              using errcode = 'check_violation';
          end if;
          next_state := event ->> 'kind';
          if next_state = 'failed' then came_back := present.units_left;
          else
            select coalesce(max((detail ->> 'amountMinor')::bigint), 0) into taken from order_events
              where order_id = moved_id and kind = 'authorised';
          end if;
        when 'wish_refused' then null;
        when 'refund_granted', 'refund_retried', 'refund_settled', 'refunded', 'refund_failed', 'refunded_outside' then
          if present.state not in ('confirmed', 'returned', 'refunded') or present.captured_minor = 0 then
            raise exception 'nothing was taken for %, which is %', moved_id, present.state
              using errcode = 'check_violation';
          end if;
          given := take_refund_step(present, event);
          if event ->> 'kind' = 'refund_granted' then granted := (event ->> 'amountMinor')::bigint; end if;
        else
          raise exception 'an order cannot be % once it is %', event ->> 'kind', present.state
            using errcode = 'check_violation';
      end case;
      if granted > 0 then
        insert into refunds (order_id, refund_id, sale_id, attempt, amount_minor, state)
          values (moved_id, event ->> 'id', present.sale_id, (event ->> 'number')::int, granted, 'due');
      end if;
      -- All units came back: it is refunded once nothing of its money is owed any more, and only then.
      if next_state in ('returned', 'refunded') and present.captured_minor > 0 then
        next_state := case when exists (
            select from refunds where order_id = moved_id and state in ('due', 'failed'))
          then 'returned' else 'refunded' end;
      end if;
      insert into order_events (order_id, number, event_id, kind, detail)
        values (moved_id, (event ->> 'number')::int, event ->> 'id', event ->> 'kind', event);
      update orders set
        event_number = event_number + 1,
        units_left = units_left - came_back,
        units_withheld = units_withheld + taken_off,
        captured_minor = captured_minor + taken,
        granted_minor = granted_minor + granted,
        refunded_minor = refunded_minor + given,
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
  await createRefundStep(db);
}

/** What an event does to an order's refunds; answers by how much more was given back. */
async function createRefundStep(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function take_refund_step(of_order orders, event jsonb) returns bigint
    language plpgsql set search_path = public, pg_temp as $$
    declare
      refund refunds%rowtype;
      given bigint := 0;
    begin
      if event ->> 'kind' = 'refund_granted' then return 0; end if;
      if event ->> 'kind' = 'refunded_outside' then
        given := (event ->> 'amountMinor')::bigint;
        insert into refunds (order_id, refund_id, sale_id, attempt, amount_minor, given_minor, state)
          values (of_order.id, event ->> 'id', of_order.sale_id, 0, given, given, 'outside');
        return given;
      end if;
      select * into refund from refunds
        where order_id = of_order.id and state <> 'outside'
          and (refund_id = event ->> 'refundId' or attempt = (event ->> 'attempt')::int);
      if not found then
        raise exception 'there is no refund for % of %', event, of_order.id using errcode = 'check_violation';
      end if;
      case event ->> 'kind'
        when 'refunded' then
          if refund.state <> 'due' then
            raise exception 'a refund of % is %', of_order.id, refund.state using errcode = 'check_violation';
          end if;
          given := (event ->> 'givenMinor')::bigint;
          update refunds set state = 'refunded', given_minor = given, changed_at = now()
            where order_id = of_order.id and refund_id = refund.refund_id;
        when 'refund_failed' then
          given := -refund.given_minor;
          update refunds set state = 'failed', given_minor = 0, why = event ->> 'why', changed_at = now()
            where order_id = of_order.id and refund_id = refund.refund_id;
        when 'refund_retried' then
          update refunds set state = 'due', attempt = (event ->> 'number')::int, why = null, changed_at = now()
            where order_id = of_order.id and refund_id = refund.refund_id;
        when 'refund_settled' then
          update refunds set state = 'refunded', changed_at = now()
            where order_id = of_order.id and refund_id = refund.refund_id;
      end case;
      return given;
    end
    $$`.execute(db);
  await sql`revoke execute on function take_refund_step(orders, jsonb) from public`.execute(db);
}

/** The steps that money takes back can't be undone. @throws while an order has taken one. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table order_events
      drop constraint order_events_kind_check,
      add constraint order_events_kind_check check (
        kind in ('authorised', 'placed', 'confirmed', 'rejected', 'failed', 'returned', 'wish_refused'))`.execute(
    db,
  );
  await sql`
    alter table orders
      drop constraint orders_state_check,
      add constraint orders_state_check check (state in ('placed', 'confirmed', 'rejected', 'returned', 'failed'))`.execute(
    db,
  );
  await moveOrderWithoutRefunds(db);
  await sql`drop function take_refund_step(orders, jsonb)`.execute(db);
  await sql`drop table refunds`.execute(db);
  await sql`
    alter table orders
      drop column captured_minor, drop column granted_minor, drop column refunded_minor`.execute(db);
  await sql`alter table sales drop column withdrawal`.execute(db);
}

/** As migration 0031 made it. */
async function moveOrderWithoutRefunds(db: Kysely<unknown>): Promise<void> {
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
