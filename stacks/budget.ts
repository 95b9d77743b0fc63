import { stage } from "./stage.ts";

/** Tells the one who pays when the stage's month is on its way past its budget. */
export function createBudget(): void {
  if (!stage.alarmEmail) return;
  const notification = (threshold: number, notificationType: "ACTUAL" | "FORECASTED") => ({
    comparisonOperator: "GREATER_THAN",
    thresholdType: "PERCENTAGE",
    threshold,
    notificationType,
    subscriberEmailAddresses: [stage.alarmEmail],
  });
  new aws.budgets.Budget("Budget", {
    name: `${stage.prefix}-month`,
    budgetType: "COST",
    timeUnit: "MONTHLY",
    limitAmount: String(stage.budgetUsd),
    limitUnit: "USD",
    // SST tags everything that it makes with its app and stage.
    costFilters: [{ name: "TagKeyValue", values: [`user:sst:stage$${$app.stage}`] }],
    notifications: [notification(80, "ACTUAL"), notification(100, "FORECASTED")],
  });
}
