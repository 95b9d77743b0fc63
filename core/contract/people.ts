import * as v from "valibot";
import { apiKeyId } from "./ids.ts";
import { email } from "./identity.ts";
import { roles } from "./roles.ts";
import { instant } from "./instant.ts";

/** An API key, by the name that it was given. */
const keyName = v.object({ keyId: apiKeyId, name: v.string() });
export type KeyName = v.InferOutput<typeof keyName>;

/** Everybody who works here, by address. */
export const people = v.object({
  people: v.array(
    v.object({
      email: v.string(),
      role: v.picklist(roles),
      /** When the role was given; null for whoever has it by the deployment. */
      since: v.nullable(instant),
      /** Set by the deployment (STAFF), which alone can change it. */
      isFixed: v.boolean(),
    }),
  ),
});
export type People = v.InferOutput<typeof people>;

/**
 * Who works here after a change. `keysLeft`: good API keys that whoever was changed had made, where they are no admin now. They go on until
 * an admin revokes them. Null: they could not be looked up.
 */
export const peopleChanged = v.object({ ...people.entries, keysLeft: v.nullable(v.array(keyName)) });
export type PeopleChanged = v.InferOutput<typeof peopleChanged>;

/** Gives a role, or takes it away: `shopper` is nobody of the staff. */
export const changeRoleRequest = v.strictObject({
  email,
  role: v.picklist(roles, `must be one of ${roles.join(", ")}`),
});
export type ChangeRoleRequest = v.InferOutput<typeof changeRoleRequest>;
