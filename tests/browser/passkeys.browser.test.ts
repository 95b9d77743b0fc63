import { expect, test } from "vitest";
import { browserCloud } from "./browser-cloud.ts";
import { newShopper, type Shopper } from "./shopper.ts";
import { signInByMail } from "./sign-in-by-mail.ts";
import { violations } from "./violations.ts";

const cloud = await browserCloud({ trigger: false });
const LIMIT_MS = 120_000;

/** Passkeys belong to a name, and an address of numbers is none. */
const siteUrl = cloud.siteUrl.replace("127.0.0.1", "localhost");

/** A device with a lock of its own, which its owner always opens. */
async function aDevice(shopper: Shopper) {
  const session = await shopper.context.newCDPSession(shopper.page);
  await session.send("WebAuthn.enable");
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  });
  const credentials = async () =>
    (await session.send("WebAuthn.getCredentials", { authenticatorId })).credentials;
  return {
    credentials,
    /** As a copy of the device would be: it counts from where it was copied. */
    countFrom: async (signCount: number) => {
      const [credential] = await credentials();
      await session.send("WebAuthn.removeCredential", {
        authenticatorId,
        credentialId: credential!.credentialId,
      });
      await session.send("WebAuthn.addCredential", {
        authenticatorId,
        credential: { ...credential!, signCount },
      });
    },
  };
}

test(
  "add a passkey, sign in with it and without a mail, and remove it, by keyboard and in German too",
  async () => {
    const ada = await newShopper({ siteUrl, browser: cloud.browser });
    const device = await aDevice(ada);
    await ada.open("/passkeys/");
    await ada.part("email").waitFor();
    expect(await violations(ada)).toEqual([]);
    await signInByMail(cloud, ada, "ada@example.com");
    await ada.part("passkey-none").waitFor();

    await ada.part("passkey-name").focus();
    await ada.page.keyboard.press("Enter");
    await ada.page.getByText("Give it a name by which you know it again.").waitFor();
    await ada.page.keyboard.type("My phone");
    await ada.page.keyboard.press("Enter");
    await ada.page.getByText("My phone is added.").waitFor();
    expect(await violations(ada)).toEqual([]);
    expect(await device.credentials()).toMatchObject([{ rpId: "localhost", isResidentCredential: true }]);
    // The same device again is told so, before anything is sent.
    await ada.part("passkey-name").fill("Again");
    await ada.page.keyboard.press("Enter");
    await ada.page.getByText("This device has a passkey of this shop already.").waitFor();

    await ada.part("sign-out").click();
    await ada.part("email").waitFor();
    const answers: string[] = [];
    ada.page.on("request", (request) => {
      if (request.url().endsWith("/passkey/session")) answers.push(request.postData() ?? "");
    });
    await ada.open("/de/passkeys/");
    await ada.part("passkey").waitFor();
    await ada.part("passkey").focus();
    await ada.page.keyboard.press("Enter");
    await ada.part("signed-in").waitFor();
    await ada.page.getByText("Zuletzt verwendet").waitFor();
    expect(await ada.part("signed-in-as").textContent()).toContain("a•••@example.com");
    expect(await violations(ada)).toEqual([]);

    // The very same answer signs nobody in again.
    const replay = await fetch(`${siteUrl}/api/identity/passkey/session`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: siteUrl },
      body: answers[0]!,
    });
    expect(replay.status).toBe(401);

    // A copy of the device, behind the count of the first, does not either.
    await ada.part("sign-out").click();
    await device.countFrom(0);
    await ada.part("passkey").click();
    await ada.page.getByText("Dieser Passkey ist hier nicht bekannt").waitFor();
    await device.countFrom(100);
    await ada.part("passkey").click();
    await ada.part("signed-in").waitFor();

    const remove = ada.page.getByRole("button", { name: "My phone entfernen" });
    await remove.focus();
    await ada.page.keyboard.press("Enter");
    await ada.page.getByRole("button", { name: "My phone wirklich entfernen?" }).click();
    await ada.page.getByText("My phone ist entfernt").waitFor();
    await ada.part("passkey-none").waitFor();
    await ada.part("sign-out").click();
    await ada.part("passkey").click();
    await ada.page.getByText("Dieser Passkey ist hier nicht bekannt").waitFor();
    await ada.context.close();
  },
  LIMIT_MS,
);
