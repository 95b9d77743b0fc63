import { expect, test } from "vitest";
import { pages } from "../../core/contract/pages.ts";
import type { Route } from "../../core/contract/route.ts";
import { routes } from "../../core/contract/routes.ts";
import { testCloud } from "../support/cloud.ts";
import { tokenOf } from "../support/test-api.ts";
import { aBuyer } from "../support/test-sale.ts";

const cloud = await testCloud({ trigger: false });
const tokens = { shopper: tokenOf(), admin: tokenOf(aBuyer(), "admin") };

/** As a path has them: a zero character, half a character as UTF-8 would have it, no escape at all, another folder, too much. */
const oddSegments = ["%00", "sale_%00", "%ed%a0%80", "%zz", "%2e%2e%2f", "%2500", "A".repeat(9_000)];
const withParameters = [...Object.values(routes), ...Object.values(pages)].filter(({ route }) =>
  route.replace("{locale}", "en").includes("{"),
);

test.each(withParameters.map((target) => [target.route, target] as const))(
  "%s refuses whatever is no id in its path",
  async (routeKey, target) => {
    const { role } = target as Route;
    const [method = "", pattern = ""] = routeKey.replace("{locale}", "en").split(" ");
    const headers = {
      authorization: `Bearer ${role === "shopper" ? tokens.shopper : tokens.admin}`,
      "idempotency-key": crypto.randomUUID(),
    };
    const answers = oddSegments.map(async (segment) => {
      const path = pattern.replaceAll(/\{\w+\}/g, segment);
      return (await fetch(cloud.apiUrl + path, { method, headers, redirect: "manual" })).status;
    });
    const statuses = await Promise.all(answers);
    expect(statuses.filter((status) => status < 400 || status >= 500)).toEqual([]);
  },
);
