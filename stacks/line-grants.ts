import type { Grant } from "./grants.ts";
import { stage } from "./stage.ts";
import { partitionPermission, tablePermission } from "./table-permission.ts";

/** What may be done with the lines, and with the lists of guests that lie beside the lines that they let people into. */
export function lineGrants(lines: sst.aws.Dynamo) {
  const environment = { LINE_TABLE: lines.name };
  const line = (...actions: string[]): Grant => ({
    environment,
    permissions: [tablePermission(lines, actions)],
  });
  const guests = (...actions: string[]): Grant => ({
    environment,
    permissions: [partitionPermission(lines, actions, ["guests#*"])],
  });
  /** Aliases of one mailbox are one guest. */
  const comparing = (grant: Grant): Grant => ({
    ...grant,
    environment: { ...grant.environment, MAILBOX_PROVIDERS: stage.mailboxProviders },
  });
  return {
    "line.read": line("GetItem", "BatchGetItem", "Query"),
    "line.put": line("PutItem"),
    "line.files": line("BatchWriteItem"),
    "line.leave": line("DeleteItem"),
    "line.lanes": line("UpdateItem"),
    "line.results": line("UpdateItem", "DeleteItem"),
    "guests.read": guests("Query"),
    "guests.find": comparing(guests("GetItem")),
    "guests.bind": comparing(guests("GetItem", "PutItem", "UpdateItem")),
    "guests.change": comparing(guests("Query", "BatchWriteItem", "DeleteItem")),
  } satisfies Record<string, Grant>;
}
