import { lastRehearsals } from "../../core/rehearsal/rehearsals.postgres.ts";
import { endpoint } from "../compose/endpoint.ts";
import { rehearsalDatabase } from "../compose/rehearsals.ts";

export const handler = endpoint("listRehearsals", async () => ({
  status: 200,
  body: { rehearsals: await lastRehearsals(await rehearsalDatabase()) },
}));
