import { type Kysely, sql } from "kysely";

/**
 * A hold that ended unpaid has a row too, with the one event that ended it: the merchant's records know every order whose
 * units were ever taken, and reconciliation need not ask the ledger for those that came to nothing.
 *
 * Which states and events there are the functions of the database say, who alone write them: a list in a check had to be
 * written anew, and whole, by everybody who adds one.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table orders
      drop constraint orders_state_check,
      add constraint orders_state_check check (state ~ '^[a-z]+(_[a-z]+)*$')`.execute(db);
  await sql`
    alter table order_events
      drop constraint order_events_kind_check,
      add constraint order_events_kind_check check (kind ~ '^[a-z]+(_[a-z]+)*$')`.execute(db);
  await createRecordEndedHolds(db);
}

const recordEndedHolds = sql`
  record_ended_holds(
    text[], text[], text[], int[], int[], int[], int[], jsonb[], text[], text[], timestamptz[])`;

/** Records holds as orders without units, each with the event that ended it; answers those that had no row before. */
async function createRecordEndedHolds(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function record_ended_holds(
      ids text[], sale_ids text[], buyer_ids text[], numbers int[], quantities int[], places int[], epochs int[],
      endings jsonb[], request_ids text[], trace_ids text[], reserved_ats timestamptz[]
    ) returns setof text
    language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      if exists (
        select from unnest(endings) as ending
        where ending ->> 'kind' not in ('expired', 'cancelled', 'rejected') or (ending ->> 'number')::int <> 1
      ) then
        raise exception 'a hold is not ended by any of %', endings using errcode = 'check_violation';
      end if;
      return query
        with given as (
          select * from unnest(ids, sale_ids, buyer_ids, numbers, quantities, places, epochs, endings, request_ids,
            trace_ids, reserved_ats) as given (id, sale_id, buyer_id, n, quantity, place, epoch, ending, request_id,
            trace_id, reserved_at)
        ), inserted as (
          insert into orders (id, sale_id, buyer_id, n, quantity, place, epoch, state, rejected_reason, units_left,
            request_id, trace_id, reserved_at)
          select g.id, g.sale_id, g.buyer_id, g.n, g.quantity, g.place, g.epoch, g.ending ->> 'kind',
            g.ending ->> 'reason', 0, g.request_id, g.trace_id, g.reserved_at
          from given g
          on conflict do nothing
          returning orders.id
        ), appended as (
          insert into order_events (order_id, number, event_id, kind, detail)
          select g.id, 1, g.ending ->> 'id', g.ending ->> 'kind', g.ending
          from given g join inserted i on i.id = g.id
        )
        select inserted.id from inserted;
    end
    $$`.execute(db);
  await sql`revoke execute on function ${recordEndedHolds} from public`.execute(db);
}

/** Rows of holds that ended stay: what the older lists do not know is not checked again. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop function ${recordEndedHolds}`.execute(db);
  await sql`
    alter table order_events
      drop constraint order_events_kind_check,
      add constraint order_events_kind_check check (
        kind in ('authorised', 'placed', 'confirmed', 'rejected', 'failed', 'returned', 'wish_refused')) not valid`.execute(
    db,
  );
  await sql`
    alter table orders
      drop constraint orders_state_check,
      add constraint orders_state_check check (
        state in ('placed', 'confirmed', 'rejected', 'returned', 'failed')) not valid`.execute(db);
}
