import { expect, test } from "vitest";
import { neighbourhoodOf, sourceOf } from "./network.ts";

test.each([
  ["192.0.2.7", "192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7", "192.0.2.7"],
  ["::FFFF:c000:0207", "192.0.2.7", "192.0.2.7"],
  ["0:0:0:0:0:ffff:192.0.2.7", "192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1::/48"],
  ["2001:0DB8:0001:0002::1", "2001:db8:1:2::/64", "2001:db8:1::/48"],
  ["2001:db8::1", "2001:db8:0:0::/64", "2001:db8:0::/48"],
  ["2001:db8:0:0:1::", "2001:db8:0:0::/64", "2001:db8:0::/48"],
  ["fe80::1%eth0", "fe80:0:0:0::/64", "fe80:0:0::/48"],
  ["::1", "0:0:0:0::/64", "0:0:0::/48"],
  ["2001:db8:1:3::1", "2001:db8:1:3::/64", "2001:db8:1::/48"],
  ["", "unknown", "unknown"],
  ["999.0.2.7", "unknown", "unknown"],
  ["2001:db8::1, 192.0.2.7", "unknown", "unknown"],
])("%s is of the source %s, in the neighbourhood %s", (address, source, neighbourhood) => {
  expect([sourceOf(address), neighbourhoodOf(address)]).toEqual([source, neighbourhood]);
});
