// English: what the problems of the sign-in pages mean and what to do about them, keyed by code. The others are in `problems-inside.ts`:
// nobody waits for their words before signing in.
export interface ProblemText {
  title: string;
  text: string;
}

export type ProblemTexts = Record<string, ProblemText>;

export const problems: ProblemTexts = {
  "request.malformed": { title: "That request was not understood", text: "Reload the page and try again." },
  "request.foreign_origin": {
    title: "That request came from another site",
    text: "Nothing was changed. Open Countersign directly and try again.",
  },
  "request.too_large": { title: "That is too long", text: "Shorten what you entered and try again." },
  "request.unsupported_media_type": {
    title: "That request was not understood",
    text: "Reload the page and try again.",
  },
  "request.not_found": {
    title: "That does not exist",
    text: "It may have been removed. Go back and try again.",
  },
  "request.method_not_allowed": { title: "That cannot be done here", text: "Reload the page and try again." },
  "session.required": { title: "You are not signed in", text: "Sign in to go on." },
  "session.reauthentication_required": {
    title: "Confirm it’s you",
    text: "This change needs a recent sign-in. Sign in again and you come back here.",
  },
  "session.cookie_blocked": {
    title: "Your browser is not keeping cookies",
    text: "Signing in needs one cookie from this site. Allow cookies for this address, leave private mode or switch off the extension that blocks them, then try again.",
  },
  "session.loop": {
    title: "We stopped because you were being sent in circles",
    text: "Check that this device’s date and time are right, that cookies are allowed for this address, and that no extension removes them. Then try again.",
  },
  "sign_in.rejected": {
    title: "That user name and password don’t match",
    text: "Check both and try again. If you keep having trouble, ask your administrator.",
  },
  "sign_in.not_under_way": {
    title: "This sign-in has ended",
    text: "Start again with your user name and password.",
  },
  "challenge.code_rejected": {
    title: "That code was not accepted",
    text: "Each code works once and only for a short time. Enter the one your app shows now.",
  },
  "challenge.expired": {
    title: "Time ran out",
    text: "Nobody answered in time. Show a new number and answer it on your phone.",
  },
  "challenge.number_mismatch": {
    title: "A different number was entered",
    text: "For safety that ended the request. Show a new number and type exactly that one on your phone.",
  },
  "challenge.denied": {
    title: "The request was declined",
    text: "“No” was pressed on your phone. If that was a slip, show a new number.",
  },
  "challenge.superseded": {
    title: "A newer request took this one’s place",
    text: "Only one request is open at a time. Show a new number to go on here.",
  },
  "challenge.answered": {
    title: "This was already answered",
    text: "Show a new number if you still need one.",
  },
  "challenge.reported": {
    title: "This sign-in was reported",
    text: "“It wasn’t me” was pressed on your phone, so we ended this sign-in. If it was you after all, wait 20 minutes or use another method.",
  },
  "prompt.muted": {
    title: "Requests to your phone are paused",
    text: "Several in a row went unanswered or were declined. Use another method, or wait a while.",
  },
  "push.not_delivered": {
    title: "Open the Countersign app on your phone",
    text: "The request is waiting there. A notification may not come.",
  },
  "attempts.exhausted": {
    title: "Too many tries",
    text: "To keep the account safe, we wait a little before the next one.",
  },
  "method.not_found": {
    title: "That method is gone",
    text: "It was already removed. Reload the page to see what is there.",
  },
  "policy.method_not_allowed": {
    title: "Your organization doesn’t offer this method",
    text: "Choose one of the methods that are offered to you.",
  },
  "user_name.invalid": {
    title: "That user name can’t be used",
    text: "Use letters, digits, dots, dashes and underscores.",
  },
  "passwordless.not_available": {
    title: "Not without your password",
    text: "Your phone can’t do this yet, or not right now. Sign in with your password. To go without it next time, turn on the screen lock in the authenticator’s settings.",
  },
  "service.unavailable": {
    title: "Not available right now",
    text: "This is on our side. Try again in a moment.",
  },
  "service.failed": {
    title: "Something went wrong on our side",
    text: "Nothing you did caused this. Try again; if it stays, tell your administrator the reference.",
  },
  "network.unreachable": { title: "No connection", text: "Check that you are online, then try again." },
  "network.timeout": {
    title: "That took too long",
    text: "The connection is slow or interrupted. Try again.",
  },
};
