// English: the accounts on this phone, their state, and what is true of the phone as a whole.
export const accounts = {
  accounts: {
    none: "No request is waiting",
    noneText: "When you sign in, the request appears here by itself.",
    looking: "Looking for requests",
    look: "Look now",
    looked: "Looked just now: nothing is waiting.",
    offlineTitle: "You are offline",
    offlineText:
      "Requests cannot be seen or answered until there is a connection. Another method, such as a code, may help meanwhile.",
    troubleTitle: "The service does not answer as it should",
    troubleText: "This app keeps trying by itself.",
    clockTitle: "This phone’s clock seems wrong",
    clockText: "Set date and time to automatic in the phone’s settings, then open this app again.",
    list: "Accounts on this phone",
    add: "Add an account",
    settings: "Settings",
    never: "Not used yet",
    last: (when: string, outcome: "approved" | "denied") =>
      `${outcome === "approved" ? "Approved" : "Refused"} ${when}`,
    status: {
      pending: "Test not finished",
      confirming: "Being confirmed",
      active: "Ready",
      removed: "Removed",
      lost: "Key lost",
    },
  },
  account: {
    title: "Account",
    organization: "Organization",
    user: "User name",
    name: "Listed as",
    added: "Added",
    lastAnswer: "Last answer",
    status: "State",
    approved: (when: string) => `Approved ${when}`,
    denied: (when: string) => `Refused ${when}`,
    move: "Move to a new phone",
    remove: "Remove this account",
    forget: "Forget on this phone",
    pendingTitle: "The test was not finished",
    pendingText:
      "On your Security info page, press “Show a new number”. If the page was closed, add the method there again: an unfinished one ends after 15 minutes.",
    confirmingTitle: "The test worked",
    confirmingText: "Your other screen is still to confirm it. Keep that page open for a moment.",
    removedTitle: "This phone was removed from the account",
    removedText:
      "It can no longer confirm sign-ins. To use it again, open Security info on another device, choose “Add a method”, then “Authenticator”, and pair it anew.",
    lostTitle: "The key of this account is gone",
    lostText:
      "The browser deleted it, for instance when site data was cleared. Sign in another way, then pair this phone anew: the new pairing replaces the old one.",
    pairAgain: "Pair again",
    gone: "This account is not on this phone any more.",
  },
  remove: {
    title: (user: string) => `Remove ${user}?`,
    text: "This phone will no longer confirm sign-ins for it, and sessions that it opened end at once.",
    yes: "Remove",
    no: "Keep it",
    refused: "It cannot be removed now",
    lastText:
      "Without this phone you could not sign in. Add another method on the Security info page first, then remove this one.",
  },
  storage: {
    brokenTitle: "This browser keeps nothing for this site",
    brokenText:
      "A private window, blocked site data or a full disk can be the reason. Open this page in an ordinary window, allow site data for it, and try again.",
    warnTitle: "This browser may delete the key",
    warnText:
      "It made no promise to keep it, so clearing space or long disuse can delete it. Add a second method on your Security info page; installing the app helps too.",
    label: "Key storage",
    kept: "Kept: the browser will not delete the key by itself",
    notKept: "Not promised: the browser may delete the key",
    ask: "Ask the browser to keep it",
    unknown: "The browser does not say",
  },
  settings: {
    title: "Settings",
    name: "Name of this phone",
    nameHint:
      "How Security info will list it when you pair the next account. An account already paired is renamed there.",
    nameSave: "Save the name",
    nameSaved: "Saved",
    about: "About",
    service: "Service",
    organization: "Organization",
    clock: "Clock",
    clockOff: (seconds: number) =>
      `This phone’s clock is ${Math.abs(seconds)} seconds ${seconds > 0 ? "behind" : "ahead"}; the app allows for it.`,
    clockRight: "Right",
    help: "Get help",
    keyText: "Each account has its own key. It was made on this phone and cannot be copied off it.",
  },
};
