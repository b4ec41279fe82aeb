// English: codes that are sent to a phone number, at sign-in and while adding one. Loaded when such a step is drawn.
export const sentCode = {
  title: { sms: "Check your messages", voice: "Answer your phone" },
  titleNotSent: { sms: "Get a code by text message", voice: "Get a code by phone call" },
  lead: {
    sms: (number: string) => `We sent a text message with a code to ${number}.`,
    voice: (number: string) => `We are calling ${number}. Listen for the code; it is said twice.`,
  },
  leadNotSent: {
    sms: (number: string) => `We can send a text message with a code to ${number}.`,
    voice: (number: string) => `We can call ${number} and say a code.`,
  },
  submit: "Continue",
  confirm: "Confirm this number",
  send: { sms: "Send the code", voice: "Call me" },
  again: { sms: "Send a new code", voice: "Call me again" },
  againIn: (time: string) => `You can ask for a new code in ${time}`,
  sentAgain: "A new code is on its way. The one before no longer works.",
  rejected:
    "That code is not right. Enter the newest one that we sent: each works once, and for ten minutes.",
  safety: "We never ask you to tell this code to anybody, not even to us.",
  failedTitle: { sms: "The message could not be sent", voice: "The call could not be placed" },
  failed: {
    failed: "Something between us and your carrier did not work. Try again in a moment, or use another way.",
    opted_out:
      "This number has opted out of our messages. Use another way, or opt in again with your carrier.",
    unreachable:
      "This number cannot be reached. Use another way, and check the number in your security info.",
    quota_spent: "Your organization has no messages left for now. Use another way.",
    not_set_up: "Your organization has not set this up. Use another way.",
  } as Record<string, string>,
  notCounted: "This does not count as a failed attempt.",

  addTitle: { sms: "Add a mobile number", voice: "Add a phone number" },
  addLead: {
    sms: "We send a code to it, now and when you sign in.",
    voice: "We call it and say a code, now and when you sign in. A landline works too.",
  },
  country: "Country or region",
  countryHint: "Only the countries that your organization allows.",
  number: "Phone number",
  numberHint: (code: string) => `Without +${code}. Spaces and dashes do not matter.`,
  consent: {
    sms: "You agree to get text messages with codes at this number. Message and data rates may apply.",
    voice: "You agree to get calls with codes at this number. Your carrier’s rates may apply.",
  },
  next: "Continue",
  otherNumber: "Use another number",
  /** Taken in with this module; until then the server speaks for itself. */
  problems: {
    "policy.country_not_allowed": {
      title: "Not to this country",
      text: "Use a number of another country, or another method.",
    },
    "sending.not_set_up": { title: "No calls from here", text: "Choose another method." },
    "sending.too_soon": { title: "A code was just sent", text: "Wait a moment for it, then ask again." },
    "sending.too_many": { title: "No more codes for now", text: "Use another method, or try later." },
  },
};
