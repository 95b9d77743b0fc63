import { expect, test } from "vitest";
import type { EndpointId } from "../../core/ids.ts";
import { writeEndpointMail } from "./write-endpoint-mail.ts";

const notice = {
  task: "notice",
  endpointId: "whe_01J9ZQ4Z6XWT9YV3W3V9K8M2QD" as EndpointId,
  to: "shop@example.com",
  name: "Shop",
  host: "shop.example.com",
} as const;

test("whoever is to know of a paused endpoint is told in both languages why, and where to resume it", () => {
  const { to, subject, text } = writeEndpointMail({ ...notice, why: "failing" }, "https://sale.example.com");
  expect([to, subject]).toEqual(["shop@example.com", "Webhooks paused: Shop"]);
  expect(text).toMatch(/“Shop” \(shop\.example\.com\) are paused, because it has taken none for half a day/);
  expect(text).toMatch(/„Shop“ \(shop\.example\.com\) sind angehalten, weil dort seit einem halben Tag/);
  expect(text).toContain("https://sale.example.com/admin/webhooks/");
  expect(text).toContain("https://sale.example.com/de/admin/webhooks/");
  expect(writeEndpointMail({ ...notice, why: "gone" }, "https://a").text).toContain("410");
});
