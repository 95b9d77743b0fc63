import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { type Clock, startStopwatch } from "../clock.ts";
import { isConditionFailure } from "../dynamo/put-once.dynamo.ts";
import { LEASE_KEY } from "./guardian-key.ts";

/** A holder that has not renewed for this long is taken over. */
export const LEASE_TERM_MS = 5_000;
/** A holder renews when its last renewal is older: often enough that one may fail. */
export const RENEW_AFTER_MS = 2_000;
/** Above every fence of the leases that each sale had before there was one for all; gate and PostgreSQL remember those. */
export const FIRST_FENCE = 1_000_000_000;

export type Lease = { readonly fence: number };
type Item = { readonly owner: string; readonly version: number; readonly fence: number };
type Held = { readonly version: number; readonly fence: number; readonly ageMs: () => number };

export type GuardianLease = ReturnType<typeof createLease>;

/**
 * One guardian at a time: a lease in the ledger's table, with a fencing token that only grows.
 *
 * No clocks are compared. Each candidate watches the lease's version on its own monotonic clock, and takes over what has
 * not moved for a whole term; so a guardian whose date is wrong neither steals nor keeps. A holder that was frozen may
 * believe in its lease after it lost it: for each sale, gate and PostgreSQL refuse a fence that is lower than one that has
 * acted.
 */
export function createLease(client: DynamoDBDocumentClient, table: string, owner: string, clock: Clock) {
  let held: Held | null = null;
  let asking: Promise<Lease | null> | null = null;
  let watched: { readonly version: number; readonly sinceMs: number } | null = null;

  /** Null: it has moved since it was seen. */
  async function take(seenVersion: number | null, fence: number): Promise<Lease | null> {
    const ageMs = startStopwatch(clock);
    const version = (seenVersion ?? 0) + 1;
    try {
      await client.send(
        new UpdateCommand({
          TableName: table,
          Key: LEASE_KEY,
          UpdateExpression: "set #owner = :owner, #version = :next, fence = :fence, atMs = :now",
          ConditionExpression: seenVersion === null ? "attribute_not_exists(pk)" : "#version = :seen",
          ExpressionAttributeNames: { "#owner": "owner", "#version": "version" },
          ExpressionAttributeValues: {
            ":owner": owner,
            ":next": version,
            ":fence": fence,
            // For people to read; nothing is decided by it.
            ":now": clock.nowMs(),
            ...(seenVersion !== null && { ":seen": seenVersion }),
          },
        }),
      );
      held = { version, fence, ageMs };
      return { fence };
    } catch (error) {
      held = null;
      if (isConditionFailure(error)) return null;
      throw error;
    }
  }

  async function read(): Promise<Item | null> {
    const answer = await client.send(
      new GetCommand({ TableName: table, Key: LEASE_KEY, ConsistentRead: true }),
    );
    return (answer.Item as Item | undefined) ?? null;
  }

  async function takeOrRenew(): Promise<Lease | null> {
    const renewed = held && (await take(held.version, held.fence));
    if (renewed) return renewed;
    // Taken over, or renewed by a request whose answer was lost.
    const seen = await read();
    if (!seen) return take(null, FIRST_FENCE);
    if (seen.owner === owner) return take(seen.version, seen.fence);
    const nowMs = clock.monotonicMs();
    if (watched?.version !== seen.version) watched = { version: seen.version, sinceMs: nowMs };
    const isAbandoned = seen.owner === "" || nowMs - watched.sinceMs >= LEASE_TERM_MS;
    return isAbandoned ? take(seen.version, seen.fence + 1) : null;
  }

  return {
    /** Takes the lease, or renews it where that is due; null while another holds it. However many ask, one request is sent. */
    async hold(): Promise<Lease | null> {
      const ageMs = held?.ageMs() ?? RENEW_AFTER_MS;
      if (held && ageMs >= 0 && ageMs < RENEW_AFTER_MS) return { fence: held.fence };
      asking ??= takeOrRenew().finally(() => (asking = null));
      return asking;
    },

    /** Lets the next guardian take over at once. */
    async release(): Promise<void> {
      const mine = held;
      held = null;
      if (!mine) return;
      try {
        await client.send(
          new UpdateCommand({
            TableName: table,
            Key: LEASE_KEY,
            UpdateExpression: "set #owner = :nobody",
            ConditionExpression: "#owner = :owner and #version = :version",
            ExpressionAttributeNames: { "#owner": "owner", "#version": "version" },
            ExpressionAttributeValues: { ":nobody": "", ":owner": owner, ":version": mine.version },
          }),
        );
      } catch (error) {
        if (!isConditionFailure(error)) throw error;
      }
    },
  };
}
