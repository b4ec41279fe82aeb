// English: words that every page uses.
export const common = {
  product: "Countersign",
  cancel: "Cancel",
  close: "Close",
  done: "Done",
  save: "Save",
  continue: "Continue",
  back: "Back",
  copy: "Copy",
  copied: "Copied",
  tryAgain: "Try again",
  loading: "Loading…",
  more: "More",
  actionsFor: (name: string) => `Actions for ${name}`,
  showPassword: "Show",
  hidePassword: "Hide",
  showPasswordLabel: "Show the password",
  hidePasswordLabel: "Hide the password",
  timeLeft: (left: string) => `${left} left`,
  timeLeftSpoken: (seconds: number) =>
    seconds >= 60
      ? `${Math.round(seconds / 60)} ${seconds < 90 ? "minute" : "minutes"} left`
      : `${seconds} seconds left`,
  timeIsUp: "Time is up",
  waitSeconds: (seconds: number) => {
    if (seconds < 90) return `Try again in ${seconds} seconds.`;
    const minutes = Math.ceil(seconds / 60);
    return minutes < 90
      ? `Try again in ${minutes} minutes.`
      : `Try again in ${Math.ceil(minutes / 60)} hours.`;
  },
  reference: (id: string) => `Reference for support: ${id}`,
  digits: (count: number) => `${count}-digit code`,
  codeHint: (count: number) => `${count} digits. Pasting works, with or without spaces.`,
  qrLabel: "QR code to scan with your phone",
  skip: "Skip to content",
  home: "Go to Security info",
  signInAgain: "Sign in again",
  notFoundTitle: "Page not found",
  notFoundText: "There is nothing at this address. It may have moved, or the link is incomplete.",
  strength: {
    knowledge: "Something you know",
    possession: "Something you have",
    phishing_resistant: "Resists phishing",
  },
  passwordStrength: ["Very weak", "Weak", "Fair", "Strong", "Very strong"],
};
