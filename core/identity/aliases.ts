/** How a provider reads the part of an address before the @. */
type Provider = {
  /** The rest behind a plus sign is a label of its owner. */
  readonly ignoresPlus: boolean;
  /** Characters of the name that it reads over. */
  readonly ignored: string;
  /** The same mailbox has an address at this domain. */
  readonly domain: string;
};
export type Providers = ReadonlyMap<string, Provider>;

/**
 * Providers whose rules are public. Of any other, addresses that differ may be two people's, and one must not see the other's
 * orders: they are two buyers.
 */
const KNOWN = [
  "gmail.com=+.",
  "googlemail.com=+.@gmail.com",
  "outlook.com=+",
  "hotmail.com=+",
  "live.com=+",
  "icloud.com=+",
  // Whoever has one of these has the same name at icloud.com.
  "me.com=+@icloud.com",
  "mac.com=+@icloud.com",
  "fastmail.com=+",
  "proton.me=+.-_",
  "protonmail.com=+.-_@proton.me",
  "protonmail.ch=+.-_@proton.me",
  "pm.me=+.-_@proton.me",
].join(",");

const PAIR = /^([a-z0-9.-]+)=(\+?)((?:\.(?:-_)?)?)(?:@([a-z0-9.-]+))?$/;

/**
 * Reads what providers ignore: `domain=+.` pairs, separated by commas, with a plus sign, a dot or both behind each, `-_` behind a dot
 * where hyphens and underscores are read over like dots, and `@domain` where the mailbox is that of another domain. Empty: those that are known.
 *
 * @throws Error naming the pair that is not one.
 */
export function parseProviders(text: string): Providers {
  const pairs = (text === "" ? KNOWN : text).split(",").map((pair) => pair.trim().toLowerCase());
  return new Map(
    pairs.map((pair) => {
      const [, domain, plus, ignored = "", other] = PAIR.exec(pair) ?? [];
      if (!domain)
        throw new Error(`MAILBOX_PROVIDERS: "${pair}" is not domain=+., domain=+.-_ or domain=+.@domain`);
      return [domain, { ignoresPlus: plus === "+", ignored, domain: other ?? domain }];
    }),
  );
}

/** The address that all aliases of one mailbox have in common; it need not be one that mail arrives at. */
export function mailboxOf(email: string, providers: Providers): string {
  const at = email.lastIndexOf("@");
  const provider = providers.get(email.slice(at + 1));
  if (!provider) return email;
  let name = email.slice(0, at);
  if (provider.ignoresPlus) name = name.split("+", 1)[0]!;
  for (const character of provider.ignored) name = name.replaceAll(character, "");
  // What is nothing but a label is left as it is.
  return name === "" ? email : `${name}@${provider.domain}`;
}
