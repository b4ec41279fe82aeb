//! What a caller is told for each refusal: one exhaustive table of status, code and words.

use std::borrow::Cow;

use countersign_domain::refusal::Refusal;

/// A refusal as it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The HTTP status.
    pub status: u16,
    /// The stable code.
    pub code: &'static str,
    /// A few words.
    pub title: &'static str,
    /// One sentence: what happened.
    pub detail: Cow<'static, str>,
    /// One sentence: what to do now.
    pub fix: &'static str,
}

/// A code that a problem document can carry, for documents and tests that walk them all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// The stable code.
    pub code: &'static str,
    /// The HTTP status it comes with.
    pub status: u16,
    /// A few words.
    pub title: &'static str,
    /// What to do.
    pub fix: &'static str,
}

/// The code of a fault that may pass.
pub const UNAVAILABLE: Code = Code {
    code: "service.unavailable",
    status: 503,
    title: "Not available right now",
    fix: "Wait a few seconds and try again. Nothing was changed by this attempt.",
};

/// The code of a fault that will not pass by itself.
pub const FAILED: Code = Code {
    code: "service.failed",
    status: 500,
    title: "Something went wrong on our side",
    fix: "Try once more. If it happens again, tell your help desk the request id.",
};

/// Each arm makes both the answer and its row in [`codes`], so that neither can be forgotten.
macro_rules! refusals {
    ($($refusal:pat => $status:literal $code:literal $title:literal; $detail:expr; $fix:literal;)*) => {
        /// How a refusal is told.
        pub fn said(refusal: &Refusal) -> Said {
            match *refusal {
                $($refusal => Said { status: $status, code: $code, title: $title, detail: Cow::from($detail), fix: $fix },)*
            }
        }

        const CODES: &[Code] =
            &[$(Code { code: $code, status: $status, title: $title, fix: $fix },)* UNAVAILABLE, FAILED];
    };
}

/// Every code there is.
pub const fn codes() -> &'static [Code] {
    CODES
}

refusals! {
    Refusal::RouteNotFound => 404 "request.not_found" "Nothing is here";
        "This address does not exist."; "Check the address, or start again from the first page.";
    Refusal::VerbNotAllowed => 405 "request.method_not_allowed" "Not possible here";
        "This address does not take this kind of request."; "Use one of the verbs in the Allow header.";
    Refusal::Malformed(detail) => 400 "request.malformed" "The request cannot be understood";
        detail; "Correct the request; the API document describes its shape.";
    Refusal::ForeignOrigin => 403 "request.foreign_origin" "The request came from another site";
        "Changes are only taken from this service's own pages."; "Open this service in its own tab and try again there.";
    Refusal::TooLarge => 413 "request.too_large" "Too much data";
        "A request may carry at most 64 kB."; "Send less.";
    Refusal::UnsupportedMediaType => 415 "request.unsupported_media_type" "Not JSON";
        "A request with a body must be of the content type application/json.";
        "Set the Content-Type header to application/json.";
    Refusal::CursorInvalid => 400 "cursor.invalid" "That page does not exist";
        "The cursor is not one that this list gave out."; "Start again from the first page of the list.";
    Refusal::SessionRequired => 401 "session.required" "Not signed in";
        "You are not signed in, or your session is over."; "Sign in, then you are brought back here.";
    Refusal::ReauthenticationRequired => 401 "session.reauthentication_required" "Please confirm that it is you";
        "Your last sign-in is too long ago for this change."; "Sign in again, then you are brought back here.";
    Refusal::StrongerProofRequired => 401 "session.stronger_proof_required" "Please use your strongest method";
        "You signed in with a weaker method than the best one your account has. This change needs that one.";
        "Sign in again with your strongest method. If you no longer have it, ask your help desk for a temporary access pass.";
    Refusal::MethodOnProbation(until) => 403 "method.on_probation" "This method is still new";
        format!(
            "You signed in with a method that was added within the last days. By itself it can change other methods from {} on.",
            until.strftime("%-d %B %Y, %H:%M UTC")
        );
        "Sign in again with a method that you have had for longer, or wait until then.";
    Refusal::RegistrationOnly => 403 "session.registration_only" "Finish setting up first";
        "Until your account has a second way to sign in, you can only add one."; "Add a sign-in method.";
    Refusal::RoleRequired => 403 "role.required" "Not for your role";
        "This is open to administrators only."; "Ask an administrator of your organization.";
    Refusal::SignInRejected => 401 "sign_in.rejected" "That did not work";
        "The user name or the password is wrong, or this account cannot sign in right now.";
        "Check both and try again. If it keeps failing, ask your help desk.";
    Refusal::SignInNotUnderWay => 409 "sign_in.not_under_way" "This sign-in is over";
        "No sign-in is under way in this browser, or it took too long."; "Start again with your user name and password.";
    Refusal::CodeRejected => 401 "challenge.code_rejected" "That code is not right";
        "The code is wrong, too old, or was used before."; "Wait for the next code in your app and enter that one.";
    Refusal::PasskeyRejected => 401 "passkey.rejected" "That passkey did not work";
        "The passkey's answer does not hold, or its account cannot sign in right now.";
        "Try again, or use another way to sign in. If it keeps failing, ask your help desk.";
    Refusal::PasskeyUnknown => 401 "passkey.unknown" "Nobody here has this passkey";
        "This passkey belongs to no account here; it may have been removed."; "Use another passkey, or another way to sign in.";
    Refusal::PasskeyExpired => 409 "passkey.expired" "Too late for that passkey";
        "The passkey was asked for too long ago or in another window, or has answered already."; "Try again with the passkey.";
    Refusal::PasskeyTaken => 409 "passkey.taken" "Already registered";
        "An account has this passkey already."; "Use it as it is, or choose another device or security key.";
    Refusal::PasskeyNotAllowed => 403 "policy.passkey_not_allowed" "Not a kind that is taken";
        "Your organization does not take this kind of passkey or security key.";
        "Use another one. Your help desk knows which ones are taken.";
    Refusal::ChallengeExpired => 409 "challenge.expired" "Too late";
        "This sign-in request is over."; "Start again; you get a new number.";
    Refusal::NumberMismatch => 409 "challenge.number_mismatch" "That was another number";
        "The number entered on the phone is not the one that was shown."; "Start again and enter the new number.";
    Refusal::ChallengeDenied => 409 "challenge.denied" "The request was refused";
        "The sign-in was refused on the phone."; "If you did not do that, change your password. Otherwise start again.";
    Refusal::ChallengeReported => 409 "challenge.reported" "Reported as not you";
        "On the phone, this sign-in was reported as somebody else's. Requests to the phone pause for 20 minutes.";
        "If it was you after all, use another method. If not, change your password.";
    Refusal::ChallengeSuperseded => 409 "challenge.superseded" "A newer request took over";
        "Another sign-in asked your phone after this one did."; "Start again, in one window only.";
    Refusal::ChallengeAnswered => 409 "challenge.answered" "Already answered";
        "This request was answered before, and that answer stands."; "Look at the sign-in page for what became of it.";
    Refusal::PromptMuted(_) => 429 "prompt.muted" "Requests to your phone are paused";
        "Several requests were refused, missed or answered with a wrong number, so none is sent for a while.";
        "Use another way to sign in, or wait. If you did not ask for them, change your password.";
    Refusal::AttemptsExhausted(_) => 429 "attempts.exhausted" "Too many attempts";
        "Too many wrong answers were given, so none is taken for a while."; "Wait until the time shown, then try again.";
    Refusal::MethodNotFound => 404 "method.not_found" "No such sign-in method";
        "Your account has no such sign-in method; it may have been removed."; "Open your security info again.";
    Refusal::MethodLastOrRequired => 409 "method.last_or_required" "This one has to stay";
        "It is your last way to sign in, or your organization requires it."; "Add another sign-in method first.";
    Refusal::MethodLimitReached => 409 "method.limit_reached" "No more of these";
        "Your account has as many sign-in methods of this kind as it may have."; "Remove one that you no longer use.";
    Refusal::MethodNeedsAnother => 409 "method.needs_another_first" "Add another method first";
        "Recovery codes are a spare beside another sign-in method, not in place of one.";
        "Add a sign-in method that you use every day, then make recovery codes.";
    Refusal::MethodNotOffered => 403 "policy.method_not_allowed" "Not offered to you";
        "Your organization does not offer this sign-in method to your account."; "Choose one of the methods in the list.";
    Refusal::PhoneNumberInvalid => 422 "phone_number.invalid" "Not a number for this";
        "This is not a phone number that a code can be sent to."; "Check the country and the digits; a mobile number works best.";
    Refusal::CountryNotAllowed => 403 "policy.country_not_allowed" "Not to this country";
        "Your organization sends no codes to phone numbers of this country."; "Use a number of another country, or another sign-in method.";
    Refusal::VoiceNotSetUp => 409 "sending.not_set_up" "No calls from here";
        "Your organization has not set up phone calls."; "Choose another sign-in method.";
    Refusal::SendingTooSoon(_) => 429 "sending.too_soon" "A code is on its way";
        "A code was sent a moment ago."; "Wait until the time shown, then ask for a new one.";
    Refusal::SendingTooMany(_) => 429 "sending.too_many" "No more codes for now";
        "As many codes were sent as may be for a while."; "Use another sign-in method, or wait until the time shown.";
    Refusal::EnrollmentExpired => 409 "enrollment.expired" "This took too long";
        "Adding this sign-in method was not finished in time."; "Start again with Add sign-in method.";
    Refusal::PairingExpired => 409 "pairing.expired" "The code no longer works";
        "The pairing code is unknown, was used before, or is too old."; "Ask for a new code and scan or type that one.";
    Refusal::InvitationInvalid => 410 "invitation.invalid" "The link no longer works";
        "The link is unknown, was used before, or is too old."; "Ask your administrator for a new link.";
    Refusal::PasswordTooShort(minimum) => 422 "password.too_short" "Too short";
        format!("A password needs at least {minimum} characters."); "Make it longer: a few unrelated words work well.";
    Refusal::PasswordTooLong => 422 "password.too_long" "Too long";
        "A password may have at most 256 characters."; "Make it shorter.";
    Refusal::PasswordBlockListed => 422 "password.block_listed" "Too well known";
        "This password is often used, or contains your name or your organization's."; "Choose another one.";
    Refusal::PasswordTooWeak => 422 "password.too_weak" "Too easy to guess";
        "This password would be guessed quickly."; "Make it longer or less regular: a few unrelated words work well.";
    Refusal::UserNameTaken => 409 "user_name.taken" "Already in use";
        "Another account has this user name."; "Choose another user name.";
    Refusal::UserNameInvalid => 422 "user_name.invalid" "Not a user name";
        "This cannot be a user name."; "Use letters, digits, dots, dashes or underscores, or a mail address.";
    Refusal::DisplayNameInvalid => 422 "display_name.invalid" "Not a name";
        "This cannot be a display name."; "Enter 1 to 64 characters, without line breaks.";
    Refusal::MailInvalid => 422 "mail.invalid" "Not a mail address";
        "This is not a mail address."; "Enter an address such as ada@example.com.";
    Refusal::NameInvalid => 422 "name.invalid" "Not a name";
        "This cannot be the name of a sign-in method."; "Enter 1 to 64 characters, without line breaks.";
    Refusal::GroupInvalid => 422 "group.invalid" "Not a group's name";
        "This cannot be the name of a group."; "Use 1 to 64 letters, digits, dots, dashes or underscores.";
    Refusal::GroupLimitReached(most) => 422 "group.limit_reached" "Too many groups";
        format!("A person can be in at most {most} groups."); "Leave out groups that no rule names.";
    Refusal::PolicyVersionRequired => 428 "policy.version_required" "Which version?";
        "A policy is changed by naming the version that was edited, in the If-Match header.";
        "Read the policy, and send the ETag that came with it as If-Match.";
    Refusal::PolicyVersionConflict => 412 "policy.version_conflict" "Somebody else was faster";
        "The policy has been changed since you opened it. Nothing was saved.";
        "Read the policy again, and make your change once more.";
    Refusal::PolicyInvalid => 422 "policy.invalid" "The policy cannot be saved like this";
        "Some fields of the policy do not hold what they may."; "Correct the fields that are listed, and save again.";
    Refusal::PolicyLocksOut => 409 "policy.locks_you_out" "You would lock yourself out";
        "With this, none of your own sign-in methods could be used any more. Nothing was saved.";
        "Leave one of your methods on for yourself, or add another method first.";
    Refusal::AccountNotFound => 404 "account.not_found" "No such person";
        "There is no such account; it may have been removed."; "Open the list of people again.";
    Refusal::AccountLastAdministrator => 409 "account.last_administrator" "Someone has to stay in charge";
        "This cannot be done to yourself, nor to the last administrator."; "Ask another administrator, or appoint one first.";
    Refusal::AccountStateConflict => 409 "account.state_conflict" "Already done";
        "The account is not in a state that allows this."; "Open the person again to see how the account stands.";
    Refusal::PassNotForOneself => 403 "pass.not_for_oneself" "Not for yourself";
        "Nobody can issue a temporary access pass to themselves."; "Ask another administrator to issue it.";
    Refusal::PassNotFound => 404 "pass.not_found" "There is no pass";
        "This person has no temporary access pass; it may have ended."; "Open the person again to see how it stands.";
    Refusal::PassLifetimeNotAllowed { least, most } => 422 "pass.lifetime_not_allowed" "Not for that long";
        format!("Your organization lets a pass live {least} to {most} minutes."); "Choose a lifetime within these bounds.";
    Refusal::PassLengthNotAllowed => 422 "pass.length_not_allowed" "Not of that length";
        "A pass has 8 to 48 characters."; "Choose a length within these bounds.";
    Refusal::PassOneTimeRequired => 422 "pass.one_time_required" "Only for one sign-in";
        "Your organization issues passes for one sign-in only."; "Issue a pass for one sign-in.";
    Refusal::PassStartNotAllowed => 422 "pass.start_not_allowed" "Too far ahead";
        "A pass can begin at most 30 days from now."; "Choose an earlier start.";
    Refusal::SessionNotFound => 404 "session.not_found" "No such session";
        "This session is not there; it may be over."; "Open the list of sessions again.";
    Refusal::ActivityNotFound => 404 "activity.not_found" "No such entry";
        "There is no such entry in your activity; it may be too old."; "Open your recent activity again.";
    Refusal::DeviceProofInvalid => 401 "device.proof_invalid" "The device's proof does not hold";
        "The proof is missing, stale, was used before, or is not signed by this device's key.";
        "Set the device's clock by the Date header and send a new proof.";
    Refusal::DeviceSignatureInvalid => 401 "device.signature_invalid" "The signature does not hold";
        "The message is not signed by the key that it names."; "Sign it with this device's own key.";
    Refusal::DeviceRemoved => 410 "device.removed" "This device was removed";
        "This device is no longer an authenticator of the account."; "Forget the account on this device, then pair it again.";
    Refusal::DeviceUnlockRequired => 409 "device.unlock_required" "Unlock the phone to approve";
        "A sign-in without a password needs the phone's screen lock.";
        "Unlock the phone and approve again; the request is still open.";
    Refusal::HandOverExpired => 409 "hand_over.expired" "This move took too long";
        "No move to a new phone is under way, or it was not finished in time."; "Start again on the old phone; nothing was changed.";
    Refusal::HandOverNotTested => 409 "hand_over.not_tested" "The new phone comes first";
        "The new phone has not entered its number yet."; "Type the number that this phone shows on the new one, then confirm here.";
    Refusal::PasswordlessNotAvailable => 409 "passwordless.not_available" "Not without the password";
        "No phone of this account can sign in without the password right now.";
        "Sign in with the password. In the authenticator, turn on the screen lock to go without it next time.";
    Refusal::ChannelInvalid => 422 "device.channel_invalid" "No pushes can go there";
        "The push channel is not one that this service sends to."; "Subscribe again, or use the channel kind none.";
    Refusal::SerialInvalid => 422 "serial.invalid" "Not a serial number";
        "This cannot be a serial number."; "Enter it as printed on the token: letters, digits, dashes, dots or underscores.";
    Refusal::TokenRejected => 401 "token.rejected" "That did not match";
        "There is no token for you with this serial number that shows this code now.";
        "Check the serial number on the back of the token, wait for the next code, and enter that one.";
    Refusal::TokenNotFound => 404 "token.not_found" "No such token";
        "There is no token with this serial number; it may have been deleted."; "Open the list of hardware tokens again.";
    Refusal::TokenInUse => 409 "token.in_use" "In use";
        "The token is a sign-in method of its holder."; "Ask its holder to remove it under Security info first.";
    Refusal::TokenStateConflict => 409 "token.state_conflict" "Not possible as the token stands";
        "The token's state does not allow this, or somebody changed it at the same time.";
        "Open the list of hardware tokens again to see how it stands; one that is assigned is unassigned before it is deleted.";
    Refusal::ImportInvalid(detail) => 422 "import.invalid" "Not a list of tokens";
        detail; "Use a CSV file in UTF-8 whose first line names the six columns.";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_is_unique_and_an_error() {
        let unique: BTreeSet<_> = codes().iter().map(|code| code.code).collect();
        assert_eq!(unique.len(), codes().len());
        assert!(codes().iter().all(|code| (400..600).contains(&code.status)));
    }

    #[test]
    fn every_code_says_what_to_do_in_a_sentence() {
        for code in codes() {
            assert!(code.code.contains('.') && !code.title.ends_with('.'), "{}", code.code);
            assert!(code.fix.ends_with('.'), "{}", code.code);
        }
    }

    #[test]
    fn a_short_password_is_told_the_length_it_needs() {
        assert_eq!(
            said(&Refusal::PasswordTooShort(8)).detail,
            "A password needs at least 8 characters."
        );
    }
}
