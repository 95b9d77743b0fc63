import { peopleOf, writeActs } from "../../core/people/change-role.ts";
import { endpoint } from "../compose/endpoint.ts";
import { staff } from "../compose/staff.ts";

export const handler = endpoint("people", async () => {
  const deps = await staff();
  return { status: 200, body: peopleOf(await writeActs(deps, await deps.rolls.read()), deps.fixed) };
});
