// English: what every problem means and what to do about it, keyed by its code.
import type { ProblemCode } from "../../api-types";

export interface ProblemText {
  title: string;
  text: string;
}

export const problems: Record<ProblemCode, ProblemText> = {
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
  "session.registration_only": {
    title: "Add a sign-in method first",
    text: "One step is left before you can enter: add a method.",
  },
  "session.not_found": { title: "That session has already ended", text: "There is nothing left to do." },
  "session.cookie_blocked": {
    title: "Your browser is not keeping cookies",
    text: "Signing in needs one cookie from this site. Allow cookies for this address, leave private mode or switch off the extension that blocks them, then try again.",
  },
  "session.loop": {
    title: "We stopped because you were being sent in circles",
    text: "Check that this device’s date and time are right, that cookies are allowed for this address, and that no extension removes them. Then try again.",
  },
  "role.required": {
    title: "This page is for administrators",
    text: "Ask an administrator if you need something here.",
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
  "method.last_or_required": {
    title: "This method has to stay for now",
    text: "Without it you could not sign in. Add another method first, then remove this one.",
  },
  "method.limit_reached": {
    title: "You have as many as are allowed",
    text: "Remove a method you no longer use, then add the new one.",
  },
  "policy.method_not_allowed": {
    title: "Your organization doesn’t offer this method",
    text: "Choose one of the methods that are offered to you.",
  },
  "enrollment.expired": {
    title: "This set-up has ended",
    text: "Nothing was added. Start again whenever you are ready.",
  },
  "pairing.expired": {
    title: "That code has expired",
    text: "Codes last ten minutes and work once. Get a new one.",
  },
  "invitation.invalid": {
    title: "This link no longer works",
    text: "Links work once and for a limited time. Ask your administrator to send you a new one.",
  },
  "password.too_short": { title: "Too short", text: "Use more characters. A few unrelated words work well." },
  "password.too_long": { title: "Too long", text: "Use 256 characters or fewer." },
  "password.block_listed": {
    title: "Too easy to guess",
    text: "This password is on lists that attackers try first. Choose another.",
  },
  "password.too_weak": {
    title: "Too easy to guess",
    text: "Add another word or two that have nothing to do with you.",
  },
  "user_name.taken": { title: "That user name is taken", text: "Choose another one." },
  "user_name.invalid": {
    title: "That user name can’t be used",
    text: "Use letters, digits, dots, dashes and underscores.",
  },
  "display_name.invalid": { title: "That name can’t be used", text: "Enter a name of 1 to 64 characters." },
  "mail.invalid": { title: "That isn’t a mail address", text: "Enter an address like ada@example.org." },
  "device.unlock_required": {
    title: "Unlock to approve",
    text: "A sign-in without a password needs your phone’s screen lock. The request is still open.",
  },
  "passwordless.not_available": {
    title: "Not without your password",
    text: "Your phone can’t do this yet, or not right now. Sign in with your password. To go without it next time, turn on the screen lock in the authenticator’s settings.",
  },
  "group.invalid": {
    title: "That can’t be a group’s name",
    text: "Use 1 to 64 letters, digits, dots, dashes or underscores.",
  },
  "name.invalid": { title: "That name can’t be used", text: "Enter a name of 1 to 64 characters." },
  "account.not_found": {
    title: "There is no such person",
    text: "They may have been removed. Go back to the list.",
  },
  "account.last_administrator": {
    title: "This is the last administrator",
    text: "Make somebody else an administrator first.",
  },
  "account.state_conflict": {
    title: "That no longer fits this account",
    text: "It was changed in the meantime. Reload the page to see how it stands.",
  },
  "activity.not_found": {
    title: "That entry is no longer kept",
    text: "Activity is kept for a limited time.",
  },
  "cursor.invalid": { title: "The list has changed", text: "Reload the page to see it from the start." },
  "device.channel_invalid": {
    title: "This phone can’t be notified that way",
    text: "Open the authenticator to find requests; they always arrive there.",
  },
  "device.proof_invalid": {
    title: "This phone could not prove itself",
    text: "Check its date and time, then try again.",
  },
  "device.signature_invalid": {
    title: "This phone’s answer could not be verified",
    text: "Pair the phone again.",
  },
  "device.removed": { title: "This phone was removed", text: "Pair it again from the Security info page." },
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
