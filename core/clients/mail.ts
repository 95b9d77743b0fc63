import type { Config } from "../config.ts";
import type { Mailer } from "../identity/mail.ses.ts";
import { once } from "../opened.ts";

/** @param maxAttempts of one mail: SES may have taken one whose answer did not come. Absent: as for any other call. */
export const mailClient = (
  config: Config<"MAIL_FROM" | "SES_ENDPOINT">,
  maxAttempts?: number,
): Promise<Mailer> =>
  once(`mail ${maxAttempts}`, async () => {
    const [{ SESv2Client }, { awsClientSettings }, { createMailer }] = await Promise.all([
      import("@aws-sdk/client-sesv2"),
      import("../aws/sdk-settings.ts"),
      import("../identity/mail.ses.ts"),
    ]);
    const settings = awsClientSettings(config.SES_ENDPOINT);
    const ses = new SESv2Client({ ...settings, ...(maxAttempts !== undefined && { maxAttempts }) });
    return { client: createMailer(ses, config.MAIL_FROM), close: async () => ses.destroy() };
  });
