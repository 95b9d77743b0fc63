import { type Kysely, sql } from "kysely";

/**
 * A refund that something else had counted for may be given after all: its call was not answered, and took effect later. Then it is
 * given, by an event of its own, and counts among what went back.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createRefundStep(
    db,
    sql`refund.state = 'due' or (refund.state = 'refunded' and refund.given_minor = 0)`,
  );
}

/** What came late stays known; from then on it is refused again. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await createRefundStep(db, sql`refund.state = 'due'`);
}

/** `take_refund_step` as migration 0034 made it, but for when a refund may be told as given. */
async function createRefundStep(db: Kysely<unknown>, mayBeGiven: ReturnType<typeof sql>): Promise<void> {
  await sql`
    create or replace function take_refund_step(of_order orders, event jsonb) returns bigint
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
          if not (${mayBeGiven}) then
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
}
