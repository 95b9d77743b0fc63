import type { Grant } from "./grants.ts";

type Permission = NonNullable<Grant["permissions"]>[number];

/** What a function may do with every item of a table. */
export const tablePermission = (table: sst.aws.Dynamo, actions: readonly string[]): Permission => ({
  actions: actions.map((action) => `dynamodb:${action}`),
  resources: [table.arn],
});

/** The same of these partitions alone: of the rest of the table it sees nothing. One that ends in `*` stands for all that begin so. */
export const partitionPermission = (
  table: sst.aws.Dynamo,
  actions: readonly string[],
  partitions: readonly string[],
): Permission => ({
  ...tablePermission(table, actions),
  conditions: [
    {
      test: partitions.some((partition) => partition.endsWith("*"))
        ? "ForAllValues:StringLike"
        : "ForAllValues:StringEquals",
      variable: "dynamodb:LeadingKeys",
      values: [...partitions],
    },
  ],
});
