// English: making recovery codes.
export const recoveryCodes = {
  yours: "Your recovery codes",
  once: "They are shown only now. Keep them where you would keep a passport, not on this device alone. If you had codes before, those stop working when you confirm.",
  download: "Download",
  print: "Print",
  fileName: "recovery-codes.txt",
  sheetTitle: (organization: string) => `Recovery codes for ${organization}`,
  sheetFor: (userName: string) => `User name: ${userName}`,
  sheetMade: (when: string) => `Made ${when}`,
  sheetText: "Each code works once, after your password. Cross it out when you have used it.",
  confirmTitle: "Saved them? Type one to finish",
  label: "One of your codes",
  hint: "Any of them. It stays good: typing it here doesn’t use it up.",
  wrong: "That is not one of the codes above. Check it against what you saved.",
  confirm: "Confirm",
};
