import type { ColumnType } from "kysely";

/** The database's own clock writes it. */
export type CreatedAt = ColumnType<Date, never, never>;
