import { expect, test } from "vitest";
import { wrongUrl } from "./endpoint-url.ts";

test.each(["https://shop.example.com/hooks?a=1", "https://shop.example.com:8443/", "https://8.8.8.8/"])(
  "%s is taken",
  (url) => expect(wrongUrl(url, false)).toBeNull(),
);

test.each([
  "http://shop.example.com/",
  "ftp://shop.example.com/",
  "file:///etc/passwd",
  "https://name:word@shop.example.com/",
  "https://shop.example.com/#part",
  "https://localhost/",
  "https://127.0.0.1/",
  "https://2130706433/",
  "https://0x7f.1/",
  "https://[::1]/",
  "https://[::ffff:169.254.169.254]/",
  "https://169.254.169.254/latest/meta-data",
  "https://printer.local/",
  "https://db.internal/",
  "https://intranet/",
  "no url",
])("%s is refused", (url) => expect(wrongUrl(url, false)).not.toBeNull());

test("a local stage may call this machine over plain HTTP, and no other", () => {
  expect(wrongUrl("http://localhost:9000/hook", true)).toBeNull();
  expect(wrongUrl("http://127.0.0.1:9000/hook", true)).toBeNull();
  expect(wrongUrl("http://10.0.0.1:9000/hook", true)).not.toBeNull();
  expect(wrongUrl("http://localhost:9000/hook", false)).not.toBeNull();
});
