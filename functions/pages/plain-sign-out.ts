import { formEndpoint } from "../compose/form.ts";
import { seeOther } from "../compose/page.ts";
import { endSession } from "../request/end-session.ts";

export const handler = formEndpoint("plainSignOut", async ({ event, form }) =>
  seeOther(form.next, await endSession(event)),
);
