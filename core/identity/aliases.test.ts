import { expect, test } from "vitest";
import { mailboxOf, parseProviders } from "./aliases.ts";

const known = parseProviders("");

test.each([
  ["ann.lee+sale@gmail.com", "annlee@gmail.com"],
  ["a.n.n.lee@googlemail.com", "annlee@gmail.com"],
  ["ann.lee+sale@outlook.com", "ann.lee@outlook.com"],
  ["ann@pm.me", "ann@proton.me"],
  ["a-n_n.lee+sale@proton.me", "annlee@proton.me"],
  ["_ann--lee_@protonmail.ch", "annlee@proton.me"],
  ["ann-lee@gmail.com", "ann-lee@gmail.com"],
  ["ann@me.com", "ann@icloud.com"],
  ["ann+sale@mac.com", "ann@icloud.com"],
  ["ann+1+2@icloud.com", "ann@icloud.com"],
  ["ann.lee+sale@example.com", "ann.lee+sale@example.com"],
  ["ann+sale@mail.gmail.com", "ann+sale@mail.gmail.com"],
  ["+sale@gmail.com", "+sale@gmail.com"],
  ["annlee@gmail.com", "annlee@gmail.com"],
])("the mailbox of %s is %s", (email, mailbox) => {
  expect(mailboxOf(email, known)).toBe(mailbox);
});

test("other providers can be named, and then no others are known", () => {
  const providers = parseProviders("example.com=+, old.example.com=.@example.com, other.example.com=.-_");
  expect(mailboxOf("a.b+c@example.com", providers)).toBe("a.b@example.com");
  expect(mailboxOf("a.b+c@old.example.com", providers)).toBe("ab+c@example.com");
  expect(mailboxOf("a.b-c_d+e@other.example.com", providers)).toBe("abcd+e@other.example.com");
  expect(mailboxOf("a.b@gmail.com", providers)).toBe("a.b@gmail.com");
});

test.each(["gmail.com", "gmail.com=-", "=+", "gmail.com=+.@"])("%s is refused by name", (text) => {
  expect(() => parseProviders(text)).toThrow(text);
});
