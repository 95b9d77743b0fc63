import type { Clock } from "../clock.ts";
import type { Mail, Mailer } from "../identity/mail.ses.ts";
import { isAllowed } from "../identity/session.ts";
import { type FixedRoles, rolesOf } from "../identity/staff-roll.ts";
import type { StaffRolls } from "../identity/staff-roll.dynamo.ts";
import type { Warn } from "../log.ts";
import type { GoAsks, OpenAsk } from "../preflight/go-asks.dynamo.ts";

/** What was asked is kept until then after the opening, so that nobody asks again. */
const KEEP_MS = 60 * 60 * 1000;

export type TellStaffDependencies = {
  readonly goAsks: Pick<GoAsks, "all" | "markTold" | "remove">;
  readonly rolls: Pick<StaffRolls, "read">;
  readonly fixed: FixedRoles;
  readonly sendMail: Mailer;
  readonly goMail: (ask: OpenAsk) => Omit<Mail, "to">;
  readonly clock: Clock;
  readonly warn: Warn;
};

/** Asks everybody who may decide, by mail, each once. Answers how many mails were taken. */
export async function tellStaff(deps: TellStaffDependencies): Promise<number> {
  const { goAsks, clock, warn } = deps;
  const asks = await goAsks.all(clock.nowMs());
  if (asks.length === 0) return 0;
  const roles = rolesOf(await deps.rolls.read(), deps.fixed);
  const deciding = [...roles].filter(([, role]) => isAllowed(role, "operator")).map(([email]) => email);
  let sent = 0;
  for (const ask of asks) {
    const nowMs = clock.nowMs();
    if (nowMs > ask.startsAtMs + KEEP_MS) await goAsks.remove(ask);
    // Once it has opened there is nothing left to decide; nor once somebody has, or the sale will not open then.
    if (nowMs >= ask.startsAtMs || !ask.holds) continue;
    for (const email of deciding.filter((address) => !ask.told.has(address))) {
      try {
        await deps.sendMail({ to: email, ...deps.goMail(ask) });
        await goAsks.markTold(ask, email);
        sent += 1;
      } catch (error) {
        // What SES says may name the address, which no log is to bear.
        warn("the staff was not asked for a go", {
          saleId: ask.saleId,
          error: error instanceof Error ? error.name : "unknown",
        });
      }
    }
  }
  return sent;
}
