import type { Sqs } from "../aws/connect.sqs.ts";
import type { RehearsalId } from "../ids.ts";

export type RehearsalQueue = ReturnType<typeof createRehearsalQueue>;

/** The queue of rehearsals whose crowd is to come. */
export function createRehearsalQueue(queue: Sqs) {
  return {
    /** @throws when SQS refuses or does not answer in time; it may have taken it all the same, and a second message begins nothing. */
    async send(rehearsalId: RehearsalId): Promise<void> {
      await queue.send("SendMessage", { MessageBody: JSON.stringify({ rehearsalId }) });
    },
  };
}
