import * as v from "valibot";
import { buyerId } from "./ids.ts";
import { count, instant } from "./sale.ts";

export const roles = ["shopper", "viewer", "operator", "admin"] as const;
export type Role = (typeof roles)[number];

const email = v.pipe(
  v.string(),
  v.trim(),
  v.maxLength(254, "must be at most 254 characters"),
  v.email("must be an e-mail address"),
);

export const codeRequest = v.strictObject({ email });
export const codeAnswer = v.object({ sent: v.literal(true), expiresInSeconds: count });
export type CodeAnswer = v.InferOutput<typeof codeAnswer>;

export const signInRequest = v.strictObject({
  email,
  code: v.pipe(v.string(), v.trim(), v.regex(/^\d{6}$/, "must be the six digits from the e-mail")),
  /** `cookie` (default) sets an HttpOnly cookie; `bearer` answers the token for the Authorization header instead. */
  transport: v.optional(v.picklist(["cookie", "bearer"]), "cookie"),
});

export const session = v.object({
  buyerId,
  role: v.picklist(roles),
  expiresAt: instant,
  /** Only with `transport: "bearer"`. */
  token: v.optional(v.string()),
});
export type SessionView = v.InferOutput<typeof session>;
