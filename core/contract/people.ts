import * as v from "valibot";
import { email, roles } from "./identity.ts";
import { instant } from "./instant.ts";

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

/** Gives a role, or takes it away: `shopper` is nobody of the staff. */
export const changeRoleRequest = v.strictObject({
  email,
  role: v.picklist(roles, `must be one of ${roles.join(", ")}`),
});
export type ChangeRoleRequest = v.InferOutput<typeof changeRoleRequest>;
