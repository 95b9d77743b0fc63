import type { LineMode, SaleMode } from "../contract/sale-mode.ts";
import { firstTierMs } from "../guests/guests.ts";
import type { Sale } from "../sale/sale.ts";

/** What the gate keeps of a sale's settings, and the revision that they belong to. */
export type GateSettings = Pick<
  Sale,
  "saleId" | "revision" | "state" | "allocated" | "startsAtMs" | "endsAtMs" | "purchaseLimit" | "attemptLimit"
> & {
  readonly mode: GateMode;
  readonly payment: Sale["payment"];
  readonly guests: {
    readonly kind: Sale["guests"]["kind"];
    readonly tiers?: readonly { readonly startsAt: string }[];
  };
  readonly guestList: { readonly edition: number };
};

/** Of a sale, or as a gate has it: there an open sale whose returns go by turns is a kind of its own. */
type GateMode = {
  readonly kind: SaleMode["kind"] | LineMode;
  readonly returnsSince?: string | undefined;
};

const modeField = ({ kind, returnsSince }: GateMode): GateMode["kind"] =>
  kind === "open" && returnsSince !== undefined ? "returns" : kind;

/** The settings' fields in the gate's hash, each with its value (times in milliseconds; no end, no hold, and no tier, is 0). */
export const settingFields = (sale: Omit<GateSettings, "saleId" | "revision">) => ({
  state: sale.state,
  allocated: String(sale.allocated),
  starts_at_ms: String(sale.startsAtMs),
  ends_at_ms: String(sale.endsAtMs ?? 0),
  purchase_limit: String(sale.purchaseLimit),
  attempt_limit: String(sale.attemptLimit),
  mode: modeField(sale.mode),
  hold_seconds: String(sale.payment.kind === "held" ? sale.payment.holdSeconds : 0),
  invitation_needed: sale.guests.kind === "listed" ? "1" : "0",
  invitation_edition: String(sale.guestList.edition),
  first_tier_ms: String(firstTierMs(sale.guests) ?? 0),
});

/** The same as arguments of a script: name and value, one after another. */
export const settingArguments = (sale: GateSettings): string[] => Object.entries(settingFields(sale)).flat();

/** Whether two sales have the same settings, whatever their revisions. */
export function hasSameSettings(
  a: Omit<GateSettings, "saleId" | "revision">,
  b: Omit<GateSettings, "saleId" | "revision">,
): boolean {
  const [left, right] = [settingFields(a), settingFields(b)];
  return (Object.keys(left) as (keyof typeof left)[]).every((name) => left[name] === right[name]);
}
