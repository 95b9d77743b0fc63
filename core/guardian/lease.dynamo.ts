import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Clock } from "../clock.ts";
import type { SaleId } from "../ids.ts";

/** A holder that has not renewed for this long is taken over. It renews every second while it works. */
export const LEASE_TERM_MS = 5_000;

export type Lease = { readonly fence: number };

type Item = { readonly owner: string; readonly version: number; readonly fence: number };

const keyOf = (saleId: SaleId) => ({ pk: `lease#${saleId}`, sk: "lease" });

export type Leases = ReturnType<typeof createLeases>;

/**
 * One guardian at a time for each sale: a lease in the ledger's table, with a fencing token that only grows.
 *
 * No clocks are compared. Each candidate watches the lease's version on its own monotonic clock, and takes over what has
 * not moved for a whole term; so a guardian whose date is wrong neither steals nor keeps. A holder that was frozen may
 * believe in its lease after it lost it: every store refuses its lower fence.
 */
export function createLeases(client: DynamoDBDocumentClient, table: string, owner: string, clock: Clock) {
  const watched = new Map<SaleId, { readonly version: number; readonly sinceMs: number }>();

  async function take(saleId: SaleId, seen: Item | null, fence: number): Promise<Lease | null> {
    try {
      await client.send(
        new UpdateCommand({
          TableName: table,
          Key: keyOf(saleId),
          UpdateExpression: "set #owner = :owner, #version = :next, fence = :fence",
          ConditionExpression: seen ? "#version = :seen" : "attribute_not_exists(pk)",
          ExpressionAttributeNames: { "#owner": "owner", "#version": "version" },
          ExpressionAttributeValues: {
            ":owner": owner,
            ":next": (seen?.version ?? 0) + 1,
            ":fence": fence,
            ...(seen && { ":seen": seen.version }),
          },
        }),
      );
      return { fence };
    } catch (error) {
      if (error instanceof Error && error.name === "ConditionalCheckFailedException") return null;
      throw error;
    }
  }

  async function read(saleId: SaleId): Promise<Item | null> {
    const answer = await client.send(
      new GetCommand({ TableName: table, Key: keyOf(saleId), ConsistentRead: true }),
    );
    return (answer.Item as Item | undefined) ?? null;
  }

  return {
    /** Takes or renews the lease; null while another holds it. */
    async hold(saleId: SaleId): Promise<Lease | null> {
      const seen = await read(saleId);
      if (!seen) return take(saleId, null, 1);
      if (seen.owner === owner) return take(saleId, seen, seen.fence);
      const nowMs = clock.monotonicMs();
      const watch = watched.get(saleId);
      if (watch?.version !== seen.version) watched.set(saleId, { version: seen.version, sinceMs: nowMs });
      const isAbandoned =
        seen.owner === "" || (watch?.version === seen.version && nowMs - watch.sinceMs >= LEASE_TERM_MS);
      return isAbandoned ? take(saleId, seen, seen.fence + 1) : null;
    },

    /** Lets the next guardian take over at once. */
    async release(saleId: SaleId): Promise<void> {
      const seen = await read(saleId);
      if (seen?.owner !== owner) return;
      try {
        await client.send(
          new UpdateCommand({
            TableName: table,
            Key: keyOf(saleId),
            UpdateExpression: "set #owner = :nobody",
            ConditionExpression: "#owner = :owner",
            ExpressionAttributeNames: { "#owner": "owner" },
            ExpressionAttributeValues: { ":nobody": "", ":owner": owner },
          }),
        );
      } catch (error) {
        if (!(error instanceof Error && error.name === "ConditionalCheckFailedException")) throw error;
      }
    },
  };
}
