/** Between the question whether a sale is still looked after and the keys of its gate. A sale is archived much later. */
const MAKE_WITHIN_MS = 30_000;

/** Whether a gate may be made that is not there: it may have been archived. */
export type MayMake = () => Promise<boolean>;

type Ask = (makeUntilMs: number) => Promise<Buffer[]>;

/**
 * Asks a script that makes a gate only if `mayMake` has just said so, by the gate's own clock: who was frozen for days between the two
 * comes too late, and makes none. A gate that is there costs no question.
 *
 * @returns the script's reply; `absent` if none was made.
 */
export async function makeGate(ask: Ask, mayMake: MayMake): Promise<Buffer[]> {
  const reply = await ask(0);
  if (String(reply[0]) !== "absent" || !(await mayMake())) return reply;
  return ask(Number(reply[1]) + MAKE_WITHIN_MS);
}
