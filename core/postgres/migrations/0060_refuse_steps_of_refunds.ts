import { type Kysely, sql } from "kysely";

/**
 * Each step of a refund has one state to come from: what is due is given, or fails; what has failed is tried again or was paid
 * back another way; what was given may be sent back; what something else had counted for may be given late.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createRefundStep(db, true);
}

/** Whatever the state, as migration 0050 had it. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await createRefundStep(db, false);
}

const mayCome = sql`
      may_come boolean;`;
const comesFrom = sql`
      may_come := case event ->> 'kind'
        when 'refunded' then refund.state = 'due' or (refund.state = 'refunded' and refund.given_minor = 0)
        when 'refund_failed' then refund.state = 'due' or (refund.state = 'refunded' and refund.given_minor > 0)
        else refund.state = 'failed'
      end;
      if not may_come then
        raise exception 'a refund of % is %, and cannot be %', of_order.id, refund.state, event ->> 'kind'
          using errcode = 'check_violation';
      end if;`;
const cameFrom = sql`
      if event ->> 'kind' = 'refunded'
          and not (refund.state = 'due' or (refund.state = 'refunded' and refund.given_minor = 0)) then
        raise exception 'a refund of % is %', of_order.id, refund.state using errcode = 'check_violation';
      end if;`;

async function createRefundStep(db: Kysely<unknown>, isStrict: boolean): Promise<void> {
  await sql`
    create or replace function take_refund_step(of_order orders, event jsonb) returns bigint
    language plpgsql set search_path = public, pg_temp as $$
    declare
      refund refunds%rowtype;
      given bigint := 0;${isStrict ? mayCome : sql``}
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
      end if;${isStrict ? comesFrom : cameFrom}
      case event ->> 'kind'
        when 'refunded' then
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
