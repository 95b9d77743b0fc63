import { happening, type Operation, touching, write } from "../../engine/operation.ts";
import { callsOf } from "../../engine/process.ts";
import type { Message, Task } from "./stores.ts";

const plus = <Item extends string>(some: readonly Item[], item: Item): readonly Item[] =>
  some.includes(item) ? some : [...some, item].toSorted();

/** Messages are taken in any order, and stay until they are deleted: whoever dies leaves them. */
const queueOf = <Item extends string>(store: "queue" | "tasks", name: string) => ({
  send: touching(
    { adds: [store] },
    write<readonly Item[], Item, "sent">(
      store,
      (item, queue) => ["sent", plus(queue, item)],
      (item) => `sends ${item} to the ${name}`,
    ),
  ),
  receive: touching({ reads: [store] }, {
    kind: "certain",
    on: [store],
    run: (_: null, queue: readonly Item[]) => queue.map((item) => ({ reply: item, next: [queue] })),
    sentence: (_, reply) => `gets ${reply} from the ${name}`,
  } satisfies Operation<null, Item>),
  delete: happening<readonly Item[], Item, "deleted">(
    store,
    (item, queue) => ["deleted", queue.filter((other) => other !== item)],
    (item) => `deletes ${item} from the ${name}`,
  ),
});

export const messageOperations = queueOf<Message>("queue", "order queue");
export const taskOperations = queueOf<Task>("tasks", "payment queue");

export const queue = callsOf<typeof messageOperations>("queue");
export const tasks = callsOf<typeof taskOperations>("tasks");
