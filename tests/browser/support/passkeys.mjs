// Authenticators that the browser believes it has: one in the device, or a security key in its socket.
import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";

const FORGETS_WITHIN_MS = 10_000;

/** Gives a page an authenticator; answers with what can be done to it. */
export async function authenticator(page, { transport = "internal", synced = false } = {}) {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable", { enableUI: false });
  const options = {
    protocol: "ctap2",
    ctap2Version: "ctap2_1",
    transport,
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
    defaultBackupEligibility: synced,
    defaultBackupState: synced,
  };
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", { options });
  const here = { authenticatorId };
  const credentials = async () => (await session.send("WebAuthn.getCredentials", here)).credentials;
  return {
    credentials,
    /** Waits until it has that many credentials: the browser heeds a signal in its own time. */
    async holds(count) {
      const until = Date.now() + FORGETS_WITHIN_MS;
      for (;;) {
        const held = (await credentials()).length;
        if (held === count) return;
        assert.ok(Date.now() < until, `it holds ${held} credentials, not ${count}`);
        await pause(50);
      }
    },
    /** Whether pages may ask for it before a button is pressed, from the next page on: among the names filled in, or on arrival. */
    unpressed: (may) =>
      page.addInitScript((value) => {
        PublicKeyCredential.isConditionalMediationAvailable = async () => value;
        Object.defineProperty(navigator, "userActivation", { value: { isActive: value }, configurable: true });
      }, may),
    /** Whether its owner is recognised, from now on. */
    recognises: (isUserVerified) => session.send("WebAuthn.setUserVerified", { ...here, isUserVerified }),
    /** Whether somebody touches it, from now on. */
    touched: (enabled) => session.send("WebAuthn.setAutomaticPresenceSimulation", { ...here, enabled }),
    unplug: () => session.send("WebAuthn.removeVirtualAuthenticator", here),
  };
}
