import type { Alarms } from "./alarms.ts";
import type { Grant } from "./grants.ts";
import { productMetric } from "./product-metric.ts";
import { stage } from "./stage.ts";

/**
 * Sign-in codes are sent by SES from an identity that a person verifies once for the account (docs/deploying.md): the address
 * itself or its domain. No stage makes it, so none can meet one that is there, or take it away from the others.
 *
 * Which identity SES asks for depends on how the sender is verified; with it come its configuration set and, in the sandbox,
 * the recipient's own. So the right is for any of them, and for this sender alone.
 */
export function createMail({ alarms }: { readonly alarms: Alarms }) {
  // Somebody asks for one person's codes from many places: to flood the mailbox, or to guess. See decision 18.
  alarms.watch("MailboxFlooded", { ...productMetric("CodesPerMailbox"), above: 30 });
  const { region } = aws.getRegionOutput();
  const { accountId } = aws.getCallerIdentityOutput();
  const any = (kind: string) => $interpolate`arn:aws:ses:${region}:${accountId}:${kind}/*`;
  const grants = {
    mail: {
      environment: { MAIL_FROM: stage.mailFrom },
      permissions: [
        {
          actions: ["ses:SendEmail"],
          resources: [any("identity"), any("configuration-set")],
          conditions: [{ test: "StringEquals", variable: "ses:FromAddress", values: [stage.mailFrom] }],
        },
      ],
    },
  } satisfies Record<string, Grant>;
  return { grants };
}
