// English: issuing a temporary access pass.
export const passes = {
  section: "Temporary access pass",
  none: "No pass is issued.",
  lead: "For somebody who lost every way in. They sign in with it, without their password, and add a method of their own.",
  issue: "Issue a pass",
  issueAnother: "Issue another pass",
  revoke: "Revoke the pass",
  notPossible: "No pass can be issued: the account is not in use, or policy gives no passes to this person.",
  statuses: { not_yet: "Begins later", open: "Can be used", used: "Used" },
  oneTime: "For one sign-in",
  manyTimes: (uses: number) => (uses === 1 ? "Used once so far" : `Used ${uses} times so far`),
  begins: (when: string) => `Begins ${when}`,
  ends: (when: string) => `Ends ${when}`,
  usedUntil: (when: string) => `What it opened goes on until ${when}.`,

  dialogTitle: (name: string) => `Issue a pass for ${name}`,
  dialogLead: "Make sure that you are talking to the right person. Whoever has the pass gets in.",
  replaces: "It replaces the pass that is there, and ends what that one opened.",
  lifetime: "Good for",
  minutes: (count: number) => `${count} minutes`,
  hours: (count: number) => (count === 1 ? "1 hour" : `${count} hours`),
  days: (count: number) => (count === 1 ? "1 day" : `${count} days`),
  length: "Characters",
  lengthHint: (least: number, most: number) => `${least} to ${most}. More is harder to read out.`,
  once: "For one sign-in only",
  onceForced: "Policy allows no others.",
  start: "Begins",
  startHint: "Leave empty to begin now. Your own time.",
  submit: "Issue pass",

  issuedTitle: "Give this to them",
  issuedText: (name: string, until: string) =>
    `${name} chooses “Use a temporary access pass” on the sign-in page. It is good until ${until}.`,
  issuedLater: (name: string, from: string, until: string) =>
    `${name} chooses “Use a temporary access pass” on the sign-in page. It is good from ${from} until ${until}.`,
  onlyNow: "It is shown only now. If it gets lost, issue another one.",
  label: "Pass",
  done: "Done",

  revokeTitle: (name: string) => `Revoke the pass of ${name}?`,
  revokeText: "It can’t be used any more, and every session it opened ends at once.",
  revoked: "The pass was revoked.",
};
