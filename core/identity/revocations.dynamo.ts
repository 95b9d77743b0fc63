import * as v from "valibot";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import type { Session } from "./session.ts";

/** Staff's apart from shoppers': no crowd that signs out can push an operator's session out of its list. */
const keys = { shopper: { pk: "revoked#shopper" }, staff: { pk: "revoked#staff" } } as const;
/** So that each list is one small item: 100 KB at most. Beyond it those are left out that would end soonest anyway. */
const MOST_ENTRIES = 5_000;
const HOUR_MS = 3_600_000;

const isSet = (value: unknown): boolean => value instanceof Set;
const item = v.object({ ended: v.optional(v.custom<ReadonlySet<string>>(isSet, "is no set"), new Set()) });

/** `<the hour in which the session would end> <its id>`: old ones are found without looking further. */
const entryOf = ({ sessionId, expiresAtMs }: Pick<Session, "sessionId" | "expiresAtMs">) =>
  `${Math.ceil(expiresAtMs / HOUR_MS)} ${sessionId}`;
const hourOf = (entry: string) => Number(entry.split(" ", 1)[0]);
const idOf = (entry: string) => entry.slice(entry.indexOf(" ") + 1);

/** Entries that need no longer be kept. */
function outdated(entries: ReadonlySet<string>, nowMs: number): string[] {
  const byHour = [...entries].toSorted((a, b) => hourOf(a) - hourOf(b));
  const tooMany = entries.size - MOST_ENTRIES;
  return byHour.filter((entry, index) => index < tooMany || hourOf(entry) * HOUR_MS < nowMs);
}

export type RevocationStore = ReturnType<typeof createRevocationStore>;

/** The sessions that were ended before their time. */
export function createRevocationStore(client: Dynamo, table: string) {
  async function read(key: { readonly pk: string }, isConsistent: boolean): Promise<ReadonlySet<string>> {
    const answer = await client.get({ TableName: table, Key: key, ConsistentRead: isConsistent });
    const { ended } = v.parse(item, answer.Item ?? {});
    return new Set([...ended].map(idOf));
  }

  const change = (key: { readonly pk: string }, how: "add" | "delete", entries: readonly string[]) =>
    client.update({
      TableName: table,
      Key: key,
      UpdateExpression: `${how} ended :entries`,
      ExpressionAttributeValues: { ":entries": new Set(entries) },
      ReturnValues: "ALL_NEW",
    });

  return {
    /** Ends a session for good; safe to repeat. */
    async end(session: Pick<Session, "sessionId" | "expiresAtMs" | "role">, nowMs: number): Promise<void> {
      const key = session.role === "shopper" ? keys.shopper : keys.staff;
      const answer = await change(key, "add", [entryOf(session)]);
      const old = outdated(v.parse(item, answer.Attributes).ended, nowMs);
      if (old.length > 0) await change(key, "delete", old);
    },

    /** All that were ended, as of about a second ago. */
    async all(): Promise<ReadonlySet<string>> {
      const [shoppers, staffs] = await Promise.all([read(keys.shopper, false), read(keys.staff, false)]);
      return new Set([...shoppers, ...staffs]);
    },

    /** Those of staff, as of now. */
    ofStaff: (): Promise<ReadonlySet<string>> => read(keys.staff, true),
  };
}
