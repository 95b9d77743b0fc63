import { loadConfig } from "../../core/config.ts";
import { formEndpoint } from "../form.ts";
import { seeOther } from "../page.ts";
import { sessionCookie } from "../session-cookie.ts";

const { STAGE } = loadConfig([]);

export const handler = formEndpoint("plainSignOut", async ({ form }) =>
  seeOther(form.next, [sessionCookie(STAGE, "", 0)]),
);
