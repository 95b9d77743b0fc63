/** For which site passkeys are: its name, and its own address, by which the browser binds them. */
export type PasskeySite = {
  /** The host, without its port. */
  readonly rpId: string;
  readonly origin: string;
  readonly name: string;
};

/** @throws Error when the site has no address that is one. */
export function passkeySite(siteUrl: string, name: string): PasskeySite {
  const { hostname, origin } = new URL(siteUrl);
  return { rpId: hostname, origin, name };
}
