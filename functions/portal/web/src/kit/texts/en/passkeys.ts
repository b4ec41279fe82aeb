// English: making and using passkeys.
import type { ProblemText } from "./problems";

export const passkeys = {
  signIn: "Sign in with a passkey",
  confirm: "Confirm with a passkey",
  title: "Use your passkey",
  lead: "Your browser asks for your face, fingerprint, PIN or security key.",
  submit: "Continue with your passkey",
  waiting: "Your browser is asking for it now.",

  addTitle: "Add a passkey or security key",
  addLead:
    "A passkey is a key that your device, your password manager or a security key keeps for this site. It can’t be guessed, and no false page can use it.",
  addHereTitle: (name: string) => `Use ${name}`,
  addHereLead: (name: string) =>
    `${name} unlocks a key that stays with this device or its maker’s cloud. Next time you sign in with it alone.`,
  addText:
    "Your browser shows where it can be kept: this device, a phone or a security key. Choose one and confirm with your face, fingerprint or PIN.",
  addHereText:
    "Your browser asks you to unlock, the way you unlock this device. Your face, finger or PIN never leave it.",
  make: "Create a passkey",
  makeHere: (name: string) => `Set up ${name}`,
  here: {
    windows: "Windows Hello",
    mac: "Touch ID",
    apple: "Face ID or Touch ID",
    android: "this phone’s screen lock",
    other: "this device’s screen lock",
  },
  hereChoice: (name: string) => name.charAt(0).toUpperCase() + name.slice(1),
  hereChoiceText: "Sign in by unlocking this device. Nothing to type, and no false page can use it.",
  name: "Passkey",

  problems: {
    "passkey.cancelled": {
      title: "Nothing was confirmed",
      text: "The request was closed or took too long. Try again, or use another way.",
    },
    "passkey.taken": {
      title: "You have this one already",
      text: "A passkey of your account is kept there. Use it as it is, or choose another device or security key.",
    },
    "passkey.not_supported": {
      title: "This device can’t do that",
      text: "The browser or the security key lacks what is needed, such as a PIN. Set a PIN, or use another browser, device or key.",
    },
    "passkey.wrong_address": {
      title: "Passkeys don’t work at this address",
      text: "Open this page at your organization’s own address, then try again.",
    },
    "passkey.rejected": {
      title: "That passkey did not work",
      text: "Try again or use another way. If you keep having trouble, ask your administrator.",
    },
    "passkey.unknown": {
      title: "That passkey is not known here",
      text: "It may have been removed. Use another one or another way.",
    },
    "policy.passkey_not_allowed": {
      title: "This kind of passkey is not allowed",
      text: "Your organization takes others. Use another device or security key, or ask your administrator.",
    },
    "passkey.expired": {
      title: "That took too long",
      text: "The request was too old, or another window has asked since. Try again.",
    },
    "method.not_found": {
      title: "No passkey can be used here",
      text: "Your account has none that is allowed. Use another way.",
    },
  } as Record<string, ProblemText>,
};
