const RECOVERY_WAIT_MS = 500;
const RECOVERY_LOOKS = 10;

/**
 * Asks a gate; while it is rebuilt, waits rather than has the message come again: a rebuild is a matter of a second, a
 * redelivery of minutes.
 *
 * @returns the last reply, which may still be that it is recovering.
 */
export async function untilOpen<Reply>(
  ask: () => Promise<Reply>,
  isRecovering: (reply: Reply) => boolean,
): Promise<Reply> {
  for (let look = 1; ; look++) {
    const reply = await ask();
    if (!isRecovering(reply) || look === RECOVERY_LOOKS) return reply;
    await new Promise((resume) => setTimeout(resume, RECOVERY_WAIT_MS));
  }
}
