/**
 * A setting of the one who deploys, from the environment or `.env`; docs/deploying.md explains each.
 * @throws Error if it is required and not set
 */
export function setting(name: string, need: "required" | "optional"): string {
  const value = process.env[name] ?? "";
  if (value === "" && need === "required")
    throw new Error(`${name} is not set: stage ${$app.stage} needs it (see docs/deploying.md).`);
  return value;
}

/** @throws Error if it is set to none of `values` */
export function settingOneOf<T extends string>(name: string, values: readonly T[]): T | undefined {
  const text = setting(name, "optional");
  if (text === "") return undefined;
  const match = values.find((value) => value === text);
  if (!match)
    throw new Error(`${name} is "${text}": it may be ${values.join(", ")} (see docs/deploying.md).`);
  return match;
}

/** @throws Error if it is set to something else than a whole number above zero, or not set and required */
export function settingNumber(name: string, need: "required" | "optional" = "optional"): number | undefined {
  const text = setting(name, need);
  if (text === "") return undefined;
  if (!/^[1-9]\d{0,6}$/.test(text))
    throw new Error(`${name} is "${text}": it must be a whole number above zero (see docs/deploying.md).`);
  return Number(text);
}
