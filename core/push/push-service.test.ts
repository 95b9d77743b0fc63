import { expect, test } from "vitest";
import { parsePushServices, pushIdOf, wrongEndpoint } from "./push-service.ts";

const known = parsePushServices("");
const isTaken = (endpoint: string, services = known) => wrongEndpoint(endpoint, services, false) === null;

test("browsers are called at the push services that are known, and nowhere else", () => {
  for (const endpoint of [
    "https://fcm.googleapis.com/fcm/send/abc:def",
    "https://updates.push.services.mozilla.com/wpush/v2/abc",
    "https://web.push.apple.com/abc",
    "https://wns2-par02p.notify.windows.com/w/?token=abc",
  ])
    expect([endpoint, isTaken(endpoint)]).toEqual([endpoint, true]);
  for (const endpoint of [
    "https://example.com/push",
    "https://fcm.googleapis.com.example.com/send",
    "https://evilpush.apple.com/abc",
    "https://push.apple.com/abc",
    "http://fcm.googleapis.com/fcm/send/abc",
    "https://fcm.googleapis.com:8443/fcm/send/abc",
    "https://user:word@fcm.googleapis.com/fcm/send/abc",
    "https://169.254.169.254/latest/meta-data",
    "https://10.0.0.1/",
    "https://localhost/push",
  ])
    expect([endpoint, isTaken(endpoint)]).toEqual([endpoint, false]);
});

test("which ones are known can be set, and what leads inside stays closed all the same", () => {
  const services = parsePushServices(" push.example.com, *.example.org ,10.0.0.1,localhost");
  expect(isTaken("https://push.example.com/a", services)).toBe(true);
  expect(isTaken("https://a.example.org/a", services)).toBe(true);
  expect(isTaken("https://fcm.googleapis.com/a", services)).toBe(false);
  expect(isTaken("https://10.0.0.1/a", services)).toBe(false);
  expect(isTaken("http://localhost:81/a", services)).toBe(false);
  expect(wrongEndpoint("http://localhost:81/a", services, true)).toBeNull();
});

test("a browser has one id, that does not tell where it is reached", () => {
  const id = pushIdOf("https://web.push.apple.com/abc");
  expect(id).toMatch(/^[\w-]{32}$/);
  expect(pushIdOf("https://web.push.apple.com/abd")).not.toBe(id);
});
