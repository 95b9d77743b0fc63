import type { Alarms } from "./alarms.ts";
import type { Grant } from "./grants.ts";
import { productMetric } from "./product-metric.ts";
import { stage } from "./stage.ts";

/**
 * The sender of sign-in codes. An SES identity belongs to the account, so production alone makes it; previews and
 * `sst dev` send as the same one.
 */
export function createMail({ alarms }: { readonly alarms: Alarms }) {
  // Somebody asks for one person's codes from many places: to flood the mailbox, or to guess. See decision 18.
  alarms.watch("MailboxFlooded", { ...productMetric("CodesPerMailbox"), above: 30 });
  const email = stage.isProduction ? new sst.aws.Email("Mail", { sender: stage.mailFrom }) : undefined;
  const { region } = aws.getRegionOutput();
  const { accountId } = aws.getCallerIdentityOutput();
  const identity = $interpolate`arn:aws:ses:${region}:${accountId}:identity/${stage.mailFrom}`;
  const grants = {
    mail: {
      environment: { MAIL_FROM: stage.mailFrom },
      permissions: [
        {
          actions: ["ses:SendEmail"],
          resources: [identity, ...(email ? [email.nodes.configurationSet.arn] : [])],
        },
      ],
    },
  } satisfies Record<string, Grant>;
  return { grants };
}
