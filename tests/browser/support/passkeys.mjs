// Authenticators that the browser believes it has: one in the device, or a security key in its socket.

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
  return {
    credentials: async () => (await session.send("WebAuthn.getCredentials", here)).credentials,
    /** Whether its owner is recognised, from now on. */
    recognises: (isUserVerified) => session.send("WebAuthn.setUserVerified", { ...here, isUserVerified }),
    /** Whether somebody touches it, from now on. */
    touched: (enabled) => session.send("WebAuthn.setAutomaticPresenceSimulation", { ...here, enabled }),
    unplug: () => session.send("WebAuthn.removeVirtualAuthenticator", here),
  };
}
