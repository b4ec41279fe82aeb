// English: adding, renaming and removing an account with codes. Loaded with the screens that say it.
const list = new Intl.ListFormat("en-GB", { type: "disjunction" });

export const en = {
  add: {
    title: "Add codes",
    lead: "For a site or organization that asks for a code from an app. The codes appear here, without a network too.",
    scannedLead: "Read from the square code. Change the names if you like.",
    secret: "Setup key",
    secretHint:
      "Letters and the digits 2 to 7, shown beside the square code. Spaces and capitals don’t matter.",
    issuer: "Site or organization",
    name: "Account",
    nameHint: "Such as your user name there.",
    submit: "Add",
    nameless: "Give it a name, so that you find it again.",
    twice: "There is one of these names already. Choose another name, or remove that one first.",
    refusedTitle: "These codes cannot be added",
    refused: {
      not_otpauth: "That is not a setup link for codes.",
      counter:
        "This code counts presses (HOTP) instead of time. Only codes that change with time (TOTP) are supported: ask the site for those.",
      type: "It is of a kind that this app does not know. Only codes that change with time (TOTP) are supported.",
      damaged: "The setup link is damaged. Ask the site to show it again.",
      no_secret: "The setup key is missing.",
      short_secret: "The setup key is too short to be safe. Check whether all of it was copied.",
      cut_secret: "The setup key is not complete. Compare it with the other screen.",
    },
    strange: (characters: string[]) =>
      `Setup keys never contain ${list.format(characters)}: compare with the other screen.`,
    algorithm: (given: string) => `It asks for “${given}”. SHA1, SHA256 and SHA512 are supported.`,
    digits: (given: string) => `It asks for codes of “${given}” digits. 6 and 8 are supported.`,
    period: (given: string) =>
      `It asks for a new code every “${given}” seconds. From 10 to 300 seconds are supported.`,
    typeInstead: "Type the setup key instead",
  },
  one: {
    saved: "Saved",
    save: "Save the names",
    added: "Added",
    kind: "Codes",
    kindText: (digits: number, period: number, algorithm: string) =>
      `${digits} digits, every ${period} seconds, ${algorithm}`,
    gone: "These codes are not on this phone any more.",
    remove: "Remove these codes",
    removeTitle: (title: string) => `Remove the codes of ${title}?`,
    removeText:
      "They cannot be brought back from this phone. If the site still asks for them, set up another way to sign in there first.",
    yes: "Remove",
    no: "Keep them",
  },
};
