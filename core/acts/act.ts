import type { AuditAction, AuditValues } from "../contract/audit.ts";
import type { Actor } from "../identity/actor.ts";
import type { SaleId } from "../ids.ts";

/** Whoever gave an operator's command, by the name that they gave: only AWS's own records prove who it was. */
export type Commander = { readonly name: string; readonly requestId: string };

/** Who did something. */
export type Doer = Actor | Commander;

/** Something that somebody did, for the audit log. */
export type Act = {
  /** The same act, told again, is written once. */
  readonly actId: string;
  readonly doer: Doer;
  readonly action: AuditAction;
  readonly before: AuditValues;
  readonly after: AuditValues;
  /** Of what is done to a sale; absent: it is about none. */
  readonly saleId?: SaleId;
  /** Of an act that is written later than it happened. */
  readonly atMs?: number;
};

/** The columns that say who. */
export const doerColumns = (doer: Doer) =>
  "name" in doer
    ? { actor_id: null, actor_role: null, actor_name: doer.name, request_id: doer.requestId }
    : {
        actor_id: doer.buyerId,
        actor_role: doer.role,
        actor_name: null,
        request_id: doer.requestId,
      };
