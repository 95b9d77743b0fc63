import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { sessionSigner } from "../../core/identity/session.ts";
import { byMark, normalizeEmail, roleNow } from "../../core/identity/staff.ts";
import { changeRole, peopleOf } from "../../core/people/change-role.ts";
import { keysLeftBy } from "../../core/people/keys-left.ts";
import { addressesClient } from "../../core/clients/identity.ts";
import { MOST_PEOPLE } from "../../core/identity/staff-roll.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { staff } from "../compose/staff.ts";

const config = loadConfig(["SESSION_SECRET", "IDENTITY_TABLE", "DYNAMODB_ENDPOINT"]);
const { key } = sessionSigner(config.SESSION_SECRET, config.STAGE);

const whyNot = {
  last_admin: "Nobody would be left who may change roles: give somebody else the role admin first",
  set_by_deployment: "The deployment gives this address its role (STAFF): change it there",
  full: `No more than ${MOST_PEOPLE} people can have a role`,
} as const;

export const handler = endpoint("changeRole", async ({ body, session, requestId }) => {
  const deps = await staff();
  const change = { email: normalizeEmail(body.email), role: body.role };
  const actor = { buyerId: session.buyerId, role: session.role, requestId };
  const outcome = await changeRole(
    deps,
    change,
    actor,
    systemClock.nowMs(),
    (roles) => roleNow(session, byMark(key, roles)) === "admin",
  );
  switch (outcome.kind) {
    case "changed":
    case "unchanged": {
      const roll = outcome.kind === "changed" ? outcome.roll : await deps.rolls.read();
      const addresses = await addressesClient(config);
      const keysLeft = await keysLeftBy({ ...deps, addresses }, change, systemClock.nowMs());
      return { status: 200, body: { ...peopleOf(roll, deps.fixed), keysLeft } };
    }
    case "not_admin":
      return refuse("forbidden");
    case "last_admin":
    case "set_by_deployment":
    case "full":
      return refuse("conflict", { detail: whyNot[outcome.kind] });
    default:
      return outcome satisfies never;
  }
});
