import type { AuditAction, AuditValues } from "../contract/audit.ts";
import type { Role } from "../contract/identity.ts";
import type { Actor } from "./actor.ts";

export type StaffRole = Exclude<Role, "shopper">;

/** Somebody whose role was given in the console. */
export type Person = { readonly email: string; readonly role: StaffRole; readonly sinceMs: number };

/** What was done to the roll, until the audit log has it. */
export type RollAct = {
  readonly actId: string;
  readonly actor: Actor;
  readonly action: AuditAction;
  readonly before: AuditValues;
  readonly after: AuditValues;
  readonly atMs: number;
};

/** Who works here: one record, so that a change and its act are one write, and no two changes meet. */
export type StaffRoll = {
  /** Raised by each change. */
  readonly version: number;
  readonly people: readonly Person[];
  readonly unwritten: readonly RollAct[];
};

export const emptyRoll: StaffRoll = { version: 0, people: [], unwritten: [] };

/** One small record holds them all, and each request of staff reads it. */
export const MOST_PEOPLE = 200;

/** Roles by address as STAFF gives them: they hold as long as it says so, whatever the console says. */
export type FixedRoles = ReadonlyMap<string, Role>;

/** The roles that hold now, by address. */
export const rolesOf = (
  { people }: Pick<StaffRoll, "people">,
  fixed: FixedRoles,
): ReadonlyMap<string, Role> =>
  new Map([...people.map(({ email, role }) => [email, role] as const), ...fixed]);

/** `shopper` takes the role away. */
export type RoleChange = { readonly email: string; readonly role: Role };

export type RoleDecision =
  | { readonly kind: "changed"; readonly people: readonly Person[]; readonly before: Role }
  /** Nobody would be left who may change roles. */
  | { readonly kind: "last_admin" }
  /** STAFF says otherwise, and holds. */
  | { readonly kind: "set_by_deployment" }
  | { readonly kind: "unchanged" | "full" };

/** Whether a role may change so, and who works here then. The address is in the form in which addresses are compared. */
export function decideRole(
  { people }: Pick<StaffRoll, "people">,
  fixed: FixedRoles,
  { email, role }: RoleChange,
  nowMs: number,
): RoleDecision {
  if (fixed.has(email)) return { kind: "set_by_deployment" };
  const before = people.find((person) => person.email === email)?.role ?? "shopper";
  if (before === role) return { kind: "unchanged" };
  const others = people.filter((person) => person.email !== email);
  const after = role === "shopper" ? others : [...others, { email, role, sinceMs: nowMs }];
  if (after.length > MOST_PEOPLE) return { kind: "full" };
  const isAnyAdmin = [...rolesOf({ people: after }, fixed).values()].includes("admin");
  // Somebody must be left who can undo it.
  if (before === "admin" && !isAnyAdmin) return { kind: "last_admin" };
  return { kind: "changed", people: after, before };
}

/** The roll after a change, with the act that the audit log is to have. */
export const withAct = (
  { version, unwritten }: StaffRoll,
  people: readonly Person[],
  act: RollAct,
): StaffRoll => ({
  version: version + 1,
  people,
  unwritten: [...unwritten, act],
});

/** The roll once the audit log has these acts. */
export const withoutActs = (roll: StaffRoll, written: ReadonlySet<string>): StaffRoll => ({
  ...roll,
  version: roll.version + 1,
  unwritten: roll.unwritten.filter(({ actId }) => !written.has(actId)),
});
