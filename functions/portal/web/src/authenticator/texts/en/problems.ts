// English: what a refusal of the device protocol means and what to do, keyed by its code.
export const problems: Record<string, { title: string; text: string }> = {
  "pairing.expired": {
    title: "That code is not good any more",
    text: "A code works once and for 10 minutes. Get a new one on your Security info page.",
  },
  "method.limit_reached": {
    title: "The account has no room for another authenticator",
    text: "Remove one that is no longer used on your Security info page, then pair this phone.",
  },
  "device.signature_invalid": {
    title: "The service could not check this phone’s signature",
    text: "Set date and time to automatic in the phone’s settings, then try again with a new code.",
  },
  "device.proof_invalid": {
    title: "The service could not check this phone’s signature",
    text: "Set date and time to automatic in the phone’s settings, then try again.",
  },
  "network.unreachable": {
    title: "The service was not reached",
    text: "Check the connection, then try again.",
  },
  "service.failed": { title: "The service does not work as it should", text: "Try again in a minute." },
  "service.unavailable": { title: "The service is busy", text: "Try again in a minute." },
  "attempts.exhausted": { title: "Too many tries", text: "Wait a little, then try again." },
};
