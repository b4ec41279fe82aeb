// English: what the problems beyond the sign-in mean and what to do about them, keyed by code.
import type { ProblemTexts } from "./problems";

export const problemsInside: ProblemTexts = {
  "session.not_found": { title: "That session has already ended", text: "There is nothing left to do." },
  "role.required": {
    title: "This page is for administrators",
    text: "Ask an administrator if you need something here.",
  },
  "method.last_or_required": {
    title: "This method has to stay for now",
    text: "Without it you could not sign in. Add another method first, then remove this one.",
  },
  "method.limit_reached": {
    title: "You have as many as are allowed",
    text: "Remove a method you no longer use, then add the new one.",
  },
  "enrollment.expired": {
    title: "This set-up has ended",
    text: "Nothing was added. Start again whenever you are ready.",
  },
  "pairing.expired": {
    title: "That code has expired",
    text: "Codes last ten minutes and work once. Get a new one.",
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
  "display_name.invalid": { title: "That name can’t be used", text: "Enter a name of 1 to 64 characters." },
  "mail.invalid": { title: "That isn’t a mail address", text: "Enter an address like ada@example.org." },
  "hand_over.expired": {
    title: "This move took too long",
    text: "Nothing was changed. Start again on the old phone.",
  },
  "hand_over.not_tested": {
    title: "The new phone comes first",
    text: "Type the number that the old phone shows on the new one, then confirm on the old one.",
  },
  "device.unlock_required": {
    title: "Unlock to approve",
    text: "A sign-in without a password needs your phone’s screen lock. The request is still open.",
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
};
