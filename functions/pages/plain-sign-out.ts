import { formEndpoint } from "../form.ts";
import { seeOther } from "../page.ts";
import { endSession } from "../sign-out.ts";

export const handler = formEndpoint("plainSignOut", async ({ event, form }) =>
  seeOther(form.next, [await endSession(event)]),
);
