import { expect, test } from "vitest";
import { failureOf } from "./mail-failure.ts";

const failure = (name: string, rest: object = {}, message = "") =>
  failureOf(Object.assign(new Error(message), { name, ...rest }));
const answered = (httpStatusCode: number) => ({ $metadata: { httpStatusCode } });

test("what SES refuses for now, or never heard of, may be sent again", () => {
  expect(failure("TooManyRequestsException", answered(429))).toBe("not_sent");
  expect(failure("LimitExceededException", answered(400))).toBe("not_sent");
  expect(failure("Unknown", answered(503))).toBe("not_sent");
  expect(failure("Error", { code: "ECONNREFUSED" })).toBe("not_sent");
});

test("a mail that SES does not take is not offered again", () => {
  expect(failure("MessageRejected", answered(400))).toBe("never");
  expect(failure("BadRequestException", answered(400))).toBe("never");
});

test("without an answer nobody knows whether it went out", () => {
  expect(failure("TimeoutError")).toBe("unclear");
  expect(failure("Error", { code: "ECONNRESET" })).toBe("unclear");
  expect(failureOf("no error at all")).toBe("unclear");
});
