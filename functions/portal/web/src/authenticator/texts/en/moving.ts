// English: moving an account to a new phone.
export const moving = {
  title: "Move to a new phone",
  beginning: "Making a code…",
  scanTitle: "On the new phone",
  scanText:
    "Open this authenticator on the new phone and scan the code, or type it. This phone keeps working until the last step.",
  qr: "Pairing code for the new phone",
  code: "Pairing code",
  works: "The code works for",
  numberTitle: "Type this number on the new phone",
  numberText: (model: string) => `${model} has paired. It asks for this number.`,
  numberSpoken: (number: string) => `The number is ${number}`,
  confirmTitle: "Is this your new phone?",
  confirmText: (model: string) =>
    `${model} is ready. When you confirm, it takes this phone’s place, and sessions that this phone opened end.`,
  confirm: "Unlock and move",
  needsLock: "Moving needs this phone’s screen lock. Press again and answer what the phone asks.",
  unsupported:
    "This browser cannot ask for the phone’s screen lock. Sign in with another method and pair the new phone there.",
  codesStayTitle: "Your codes stay on this phone",
  codesStayText:
    "Only this account moves. Set the codes of other sites up on the new phone while this one still shows them.",
  endedTitle: "The move was not finished",
  endedText: "The code or the number ran out. Nothing was changed: this phone still works.",
  again: "Start again",
  cancel: "Cancel",
  doneTitle: "Moved",
  doneText: "The new phone answers from now on. You can forget the account here.",
  forget: "Forget on this phone",
};
