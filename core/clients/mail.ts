import type { Config } from "../config.ts";
import type { Mailer } from "../identity/mail.ses.ts";
import { once } from "../opened.ts";

export const mailClient = (config: Config<"MAIL_FROM" | "SES_ENDPOINT">): Promise<Mailer> =>
  once("mail", async () => {
    const [{ SESv2Client }, { awsClientSettings }, { createMailer }] = await Promise.all([
      import("@aws-sdk/client-sesv2"),
      import("../aws/sdk-settings.ts"),
      import("../identity/mail.ses.ts"),
    ]);
    const ses = new SESv2Client(awsClientSettings(config.SES_ENDPOINT));
    return { client: createMailer(ses, config.MAIL_FROM), close: async () => ses.destroy() };
  });
