// English: typing what was kept or handed out at sign-in, and running out of it.
export const handedOut = {
  titles: {
    recovery_codes: "Enter a recovery code",
    pass: "Enter your pass",
  } as Record<string, string>,
  leads: {
    recovery_codes: "Any one of the codes you saved. Each works once.",
    pass: "The temporary access pass your administrator gave you.",
  } as Record<string, string>,
  labels: { recovery_codes: "Recovery code", pass: "Pass" } as Record<string, string>,
  hints: {
    recovery_codes: "It begins with a letter, such as A-7K3M-Q9XW-2ABC-DEFG.",
    pass: "Letters and digits. Dashes and capitals don’t matter.",
  } as Record<string, string>,
  wrong: {
    recovery_codes: "That is not one of your codes, or it was used before. Try another one.",
    pass: "That is not your pass, or it was used before or has ended.",
  } as Record<string, string>,
  submit: "Continue",

  passTitle: "Use a temporary access pass",
  passLead: "You get in without your password, to add a sign-in method of your own.",
  passLabel: "Pass",
  passHint: "Letters and digits. Dashes and capitals don’t matter.",
  passSubmit: "Sign in",
  passRejected: {
    title: "That did not work",
    text: "The user name or the pass is wrong, or the pass is not good now. Check both, or ask your administrator for a new pass.",
  },
  back: "Back to user name and password",

  fewTitle: (left: number) =>
    left === 0
      ? "That was your last recovery code"
      : left === 1
        ? "1 recovery code left"
        : `${left} recovery codes left`,
  fewText: "Make ten new ones now, while you are signed in. The old ones stop working then.",
  fewNow: "Make new codes",
  fewLater: "Later",
};
