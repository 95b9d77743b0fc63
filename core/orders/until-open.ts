const RECOVERY_WAIT_MS = 500;
const RECOVERY_LOOKS = 10;

/**
 * Asks a gate, and waits while the gate is rebuilt. A rebuild takes about a second; the message would come again after
 * minutes.
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
