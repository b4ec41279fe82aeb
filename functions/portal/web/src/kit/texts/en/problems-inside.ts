// English: what the problems beyond the sign-in mean and what to do about them, keyed by code.
import type { ProblemTexts } from "./problems";

export const problemsInside: ProblemTexts = {
  "session.not_found": { title: "That session has already ended", text: "There is nothing left to do." },
  "session.registration_only": {
    title: "Add a sign-in method first",
    text: "One step is left before you can enter: add a method.",
  },
  "invitation.invalid": {
    title: "This link no longer works",
    text: "Links work once and for a limited time. Ask your administrator to send you a new one.",
  },
  "role.required": {
    title: "This page is for administrators",
    text: "Ask an administrator if you need something here.",
  },
  "method.last_or_required": {
    title: "This method has to stay for now",
    text: "Without it you could not sign in. Add another method first, then remove this one.",
  },
  "method.needs_another_first": {
    title: "Add another method first",
    text: "Recovery codes are a spare. Add a method you use every day, then make them.",
  },
  "pass.not_for_oneself": {
    title: "Not for yourself",
    text: "Ask another administrator to issue a pass for you.",
  },
  "pass.not_found": { title: "There is no pass any more", text: "It was revoked or has ended." },
  "pass.lifetime_not_allowed": {
    title: "Policy doesn’t allow that long",
    text: "Choose one of the lifetimes in the list.",
  },
  "pass.length_not_allowed": { title: "Not of that length", text: "Choose 8 to 48 characters." },
  "pass.one_time_required": {
    title: "Only for one sign-in",
    text: "Your organization issues passes for one sign-in only.",
  },
  "pass.start_not_allowed": { title: "Too far ahead", text: "A pass can begin at most 30 days from now." },
  "method.limit_reached": {
    title: "You have as many as are allowed",
    text: "Remove a method you no longer use, then add the new one.",
  },
  "session.stronger_proof_required": {
    title: "Use your strongest method for this",
    text: "This change needs the best method your account has. Sign in again and choose that one. If you lost it, ask your help desk for a temporary access pass.",
  },
  "method.on_probation": {
    title: "This method is still new",
    text: "In its first days a method can’t change the others by itself. Sign in again with one that you have had for longer, or wait.",
  },
  "policy.version_required": {
    title: "That request was not understood",
    text: "Reload the page and try again.",
  },
  "policy.version_conflict": {
    title: "Somebody else changed the policy",
    text: "Nothing was saved. Look at what they changed, then save again.",
  },
  "policy.invalid": {
    title: "The policy can’t be saved like this",
    text: "Correct what is marked, then save again.",
  },
  "policy.locks_you_out": {
    title: "You would lock yourself out",
    text: "None of your own methods could be used any more. Leave one of them on for yourself.",
  },
  "group.limit_reached": { title: "Too many groups", text: "Leave out groups that no rule names." },
  "phone_number.invalid": {
    title: "No code can be sent to this number",
    text: "Check the country and the digits.",
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
  "passkey.rejected": {
    title: "That passkey did not work",
    text: "Try again or use another way. If you keep having trouble, ask your administrator.",
  },
  "passkey.unknown": {
    title: "That passkey is not known here",
    text: "It may have been removed. Use another one or another way.",
  },
  "passkey.expired": { title: "That took too long", text: "Try again with the passkey." },
  "passkey.taken": { title: "Already registered", text: "Choose another device or security key." },
  "policy.passkey_not_allowed": {
    title: "This kind of passkey is not allowed",
    text: "Your organization takes others. Use another device or security key, or ask your administrator.",
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
  "serial.invalid": {
    title: "That is not a serial number",
    text: "Enter it as it is printed on the token: letters, digits, dashes, dots or underscores.",
  },
  "token.rejected": {
    title: "That didn’t match",
    text: "Check the serial number, wait for the next code on the token, and enter that one.",
  },
  "token.not_found": {
    title: "That token is not there",
    text: "It may have been deleted. Reload the list.",
  },
  "token.in_use": {
    title: "Somebody uses this token",
    text: "Its holder removes it under Security info first. After that it can be taken back.",
  },
  "token.state_conflict": {
    title: "Not possible as the token stands",
    text: "Somebody may have changed it at the same time. Reload the list to see how it stands.",
  },
  "import.invalid": {
    title: "That file is not a list of tokens",
    text: "Use a CSV file in UTF-8 whose first line is: upn, serial number, secret key, time interval, manufacturer, model.",
  },
};
