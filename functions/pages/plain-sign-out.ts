import { loadConfig } from "../../core/config.ts";
import { formEndpoint } from "../compose/form.ts";
import { seeOther } from "../compose/page.ts";
import { sessionCookie } from "../request/session-cookie.ts";

const { STAGE } = loadConfig([]);

export const handler = formEndpoint("plainSignOut", async ({ form }) =>
  seeOther(form.next, [sessionCookie(STAGE, "", 0)]),
);
