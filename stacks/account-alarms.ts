import type { Alarms } from "./alarms.ts";
import { stage } from "./stage.ts";

const SHARE_OF_CONCURRENCY = 0.8;
/** SES looks at an account from 5 % bounces and 0.1 % complaints on; later it stops its mail. */
const BOUNCES = 0.04;
const COMPLAINTS = 0.0008;

/** What the whole account shares, and one stage's sale can use up: executions at once, and the good name of its mail. */
export function watchAccount({ watch }: Alarms): void {
  const lambda = (metricName: string) => ({ namespace: "AWS/Lambda", metricName });
  watch("AccountConcurrency", {
    ...lambda("ClaimedAccountConcurrency"),
    above: SHARE_OF_CONCURRENCY * stage.accountConcurrency,
  });
  // Over all functions: behind the API a throttled one is a 503, whose reason nobody sees there.
  watch("AnyThrottled", { ...lambda("Throttles"), statistic: "Sum", above: 0 });
  const mail = (metricName: string) =>
    ({ namespace: "AWS/SES", metricName: `Reputation.${metricName}`, everyMinutes: 60 }) as const;
  watch("MailBounces", { ...mail("BounceRate"), above: BOUNCES });
  watch("MailComplaints", { ...mail("ComplaintRate"), above: COMPLAINTS });
}
