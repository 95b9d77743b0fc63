import { hasSameSettings } from "../../gate/settings.ts";
import type { AdministrationDependencies } from "../../administration/administration-dependencies.ts";
import { syncSettings } from "../../administration/put-in-force.ts";
import type { Duty } from "./duty.ts";

/** Brings the settings that PostgreSQL has to a gate that has others, whatever their number says. */
export const settingsDuty =
  (deps: Pick<AdministrationDependencies, "db" | "gate">): Duty =>
  async ({ sale, view }) => {
    const settings = { ...view, allocated: view.stock.allocated };
    if (view.revision !== sale.revision || !hasSameSettings(sale, settings))
      await syncSettings(deps, sale.saleId);
    return "next";
  };
