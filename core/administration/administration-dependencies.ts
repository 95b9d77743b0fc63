import type { Kysely } from "kysely";
import type { Gate } from "../gate/gate.redis.ts";
import type { Joins } from "../line/joins.dynamo.ts";
import type { LineFiles } from "../line/line-files.dynamo.ts";
import type { LineLogs } from "../line/line-log.dynamo.ts";
import type { Database } from "../postgres/database.ts";
import type { SaleRecords } from "../sale/sale-record.dynamo.ts";

export type AdministrationDependencies = {
  readonly db: Kysely<Database>;
  readonly gate: Gate;
  readonly records: SaleRecords;
};

export type UpdateDependencies = AdministrationDependencies & {
  readonly joins: Pick<Joins, "hasAnyJoined" | "announceChange">;
  readonly logs: Pick<LineLogs, "read" | "append">;
  readonly files: Pick<LineFiles, "readList">;
};
