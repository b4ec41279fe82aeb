// English: a request on the screen, the answer to it, and how it ended.
export const requests = {
  prompt: {
    titles: {
      sign_in: "Is this you signing in?",
      passwordless: "Is this you signing in without a password?",
      reauthenticate: "Is this you confirming a change?",
      test: "Test of this phone",
    },
    leads: {
      sign_in: "Type the number only if you see it on a sign-in page you opened yourself.",
      passwordless:
        "This phone alone opens your account. Go on only if you see the number on a page you opened yourself.",
      reauthenticate: "Type the number only if you see it on the page you are using right now.",
      test: "Nothing is signed in. Type the number your other screen shows, to see that all of it works.",
    },
    account: (user: string, organization: string) => `${user}\u00a0· ${organization}`,
    app: "App",
    place: "Place",
    unknownPlace: "Unknown",
    browser: "Browser",
    address: "Address",
    time: "Time",
    number: {
      sign_in: (digits: number) => `The ${digits} digits on the sign-in page`,
      passwordless: (digits: number) => `The ${digits} digits on the sign-in page`,
      reauthenticate: (digits: number) => `The ${digits} digits on the page you are using`,
      test: (digits: number) => `The ${digits} digits on your other screen`,
    },
    approve: "Approve",
    approving: "Approving…",
    deny: "No, it’s not me",
    denyTest: "Stop the test",
    left: "Time left",
    replaced: "A newer request took the place of the one before. The number is a new one.",
    passing: "Your answer could not be delivered. Try again.",
  },
  lock: {
    label: "Screen lock",
    credential: "Countersign screen lock",
    on: "On: asked for before each answer",
    off: "Off: whoever holds this phone unlocked can answer",
    unsupported: "This browser cannot ask for the phone’s fingerprint, face or PIN.",
    text: "With the screen lock on, you can also sign in without your password: your user name and a number are enough.",
    turnOn: "Turn on",
    turnOff: "Turn off",
    said: {
      done: (on: boolean) => (on ? "The screen lock is on." : "The screen lock is off."),
      cancelled: () => "Nothing was changed. Try again, and answer what the phone asks.",
      unsupported: () =>
        "This browser cannot ask for it. Set up a screen lock on the phone, or use another browser.",
    },
    stillLocked: "Not approved yet",
    askedText: "Unlock with your fingerprint, face or PIN to approve. The request is still open.",
    neededText:
      "A sign-in without a password needs this phone’s screen lock. Press Approve again and answer what the phone asks, or use your password on the other screen.",
  },
  why: {
    title: "Why not?",
    text: "Either way, nobody is let in.",
    not_me: "It wasn’t me",
    not_meText: "I did not start this. Report it.",
    changed_mind: "I changed my mind",
    changed_mindText: "I started it and don’t want to go on.",
    back: "Back to the request",
  },
  outcome: {
    approved: {
      sign_in: {
        title: "You approved it",
        text: "The number was right. Your other screen says whether you are signed in.",
      },
      passwordless: {
        title: "You approved it",
        text: "The number was right. Your other screen says whether you are signed in.",
      },
      reauthenticate: {
        title: "You confirmed it",
        text: "The number was right. Your other screen says how it goes on.",
      },
      test: { title: "This phone is ready", text: "The test worked. From now on you can sign in with it." },
    },
    not_me: {
      title: "Refused and reported",
      text: "Nobody was let in.",
      steps: [
        "The attempt is on record as not yours, and it counts against whoever tries again.",
        "No more requests come to this phone for 20 minutes. You can still sign in another way.",
        "Whoever started it may know your password. Change it as soon as you can, and look through your recent activity.",
      ],
      action: "Check my security",
    },
    changed_mind: { title: "Not approved", text: "Nobody was let in. Start again whenever you like." },
    number_mismatch: {
      title: "That was another number",
      text: "For safety, the request is over. Start again on your other screen: the number will be a new one.",
    },
    expired: {
      title: "Time ran out",
      text: "The request was open too long, or a newer one took its place. Start again on your other screen: the number will be a new one.",
    },
    answered: { title: "Already answered", text: "Another answer arrived first, and that one counts." },
    ended: {
      title: "The request is over",
      text: "It was called off, or answered elsewhere. If you did not do that, look through your recent activity.",
    },
    refused: {
      title: "The answer was not accepted",
      text: "Nobody was let in. Start again on your other screen; if it happens again, pair this phone anew.",
    },
    done: "Done",
    next: "Next",
  },
};
