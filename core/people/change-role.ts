import { randomUUID } from "node:crypto";
import type { Kysely } from "kysely";
import { recordAct } from "../acts/acts.postgres.ts";
import type { Role } from "../contract/identity.ts";
import type { People } from "../contract/people.ts";
import type { Actor } from "../identity/actor.ts";
import {
  decideRole,
  type FixedRoles,
  type RoleChange,
  type RoleDecision,
  rolesOf,
  type StaffRoll,
  withAct,
  withoutActs,
} from "../identity/staff-roll.ts";
import type { StaffRolls } from "../identity/staff-roll.dynamo.ts";
import type { Warn } from "../log.ts";
import type { Database } from "../postgres/database.ts";

/** Changes that meet another one are tried again; so many at one instant do not come. */
const TRIES = 10;

export type RoleDependencies = {
  readonly db: Kysely<Database>;
  readonly rolls: StaffRolls;
  readonly fixed: FixedRoles;
  readonly warn: Warn;
};

export type RoleOutcome =
  | { readonly kind: "changed"; readonly roll: StaffRoll }
  /** Whoever asks was an admin when the request came, and is none any more. */
  | { readonly kind: "not_admin" }
  | Exclude<RoleDecision, { kind: "changed" }>;

/**
 * Gives a role or takes it away: from its write on each route of staff goes by it. The act is in the same write, and comes into
 * the audit log after it, by whoever looks next if this is cut off: roles can be changed while PostgreSQL is silent.
 */
export async function changeRole(
  deps: RoleDependencies,
  change: RoleChange,
  actor: Actor,
  nowMs: number,
  isAdmin: (roles: ReadonlyMap<string, Role>) => boolean,
): Promise<RoleOutcome> {
  const actId = `role_${randomUUID()}`;
  for (let tries = 0; tries < TRIES; tries++) {
    const roll = await deps.rolls.read();
    // By the same reading that the swap goes by: of two admins who take each other's role one succeeds.
    if (!isAdmin(rolesOf(roll, deps.fixed))) return { kind: "not_admin" };
    const decision = decideRole(roll, deps.fixed, change, nowMs);
    if (decision.kind !== "changed") return decision;
    const values = (role: Role) => ({ email: change.email, role });
    const act = {
      actId,
      actor,
      action: "role_changed" as const,
      before: values(decision.before),
      after: values(change.role),
      atMs: nowMs,
    };
    const next = withAct(roll, decision.people, act);
    if (await deps.rolls.swap(next)) return { kind: "changed", roll: await writeActs(deps, next) };
  }
  throw new Error(`The staff was changed ${TRIES} times by others while it was about to be`);
}

/** Brings acts that wait with the roll into the audit log. What is not written now is by the next who looks. */
export async function writeActs(deps: Omit<RoleDependencies, "fixed">, roll: StaffRoll): Promise<StaffRoll> {
  if (roll.unwritten.length === 0) return roll;
  try {
    for (const { actor, ...act } of roll.unwritten) await recordAct(deps.db, { ...act, doer: actor });
    const next = withoutActs(roll, new Set(roll.unwritten.map(({ actId }) => actId)));
    return (await deps.rolls.swap(next)) ? next : roll;
  } catch (error) {
    deps.warn("acts of the staff wait for the audit log", { acts: roll.unwritten.length, error });
    return roll;
  }
}

/** Everybody who works here, by address. */
export function peopleOf({ people }: StaffRoll, fixed: FixedRoles): People {
  const given = people.filter(({ email }) => !fixed.has(email));
  const all = [
    ...[...fixed].map(([email, role]) => ({ email, role, since: null, isFixed: true })),
    ...given.map(({ email, role, sinceMs }) => ({
      email,
      role,
      since: new Date(sinceMs).toISOString(),
      isFixed: false,
    })),
  ];
  return { people: all.toSorted((a, b) => a.email.localeCompare(b.email)) };
}
