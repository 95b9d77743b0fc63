import { openingTimes } from "../guests/guests.ts";
import type { SaleId } from "../ids.ts";
import { type Opening, isNearOpening } from "./warm-up.ts";

/**
 * Environments are warm from 15 minutes before an opening, and stand still until it: what they are connected to may die
 * meanwhile without a word. They are touched in the last minutes, each time the warm-up runs, so that none has been idle
 * for long (IDLE_LIMIT_MS in core/redis/in-time.ts) when the crowd comes, and none has to reconnect in it.
 */
const TOUCH_BEFORE_MS = 2 * 60 * 1000;
/** An environment is kept busy for so long, so that Lambda gives the next touch to another one. */
export const TOUCH_HOLD_MS = 1_000;

/** What the purchase function gets in place of a request, to see to its connections. */
export type Touch = { readonly touch: SaleId };

export const isTouch = (event: object): event is Touch => "touch" in event && typeof event.touch === "string";

/** The sales that open within the next two minutes. */
export const aboutToOpen = <Sale extends Opening>(sales: readonly Sale[], nowMs: number): Sale[] =>
  sales.filter(
    (sale) =>
      isNearOpening(sale, nowMs) &&
      openingTimes(sale).some((opensAtMs) => opensAtMs > nowMs && opensAtMs <= nowMs + TOUCH_BEFORE_MS),
  );
