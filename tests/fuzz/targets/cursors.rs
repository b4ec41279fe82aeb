//! Cursors and ids: what a list or a path takes is written as it was taken, and each thing has one spelling.
#![no_main]

use std::fmt::{Debug, Display};
use std::str::FromStr;

use countersign_domain::ids::{AccountId, ActivityId, AuthenticatorId, EnrollmentId, PromptId, SessionId, SignInId};
use countersign_domain::methods::passkey::Aaguid;
use countersign_domain::names::{DisplayName, GroupName, Label, MailAddress, MethodName, SerialNumber, UserName};
use countersign_domain::refusal::Refusal;
use libfuzzer_sys::fuzz_target;

/// An id is taken in one spelling only: two would have two counters.
fn id<T: FromStr + Display>(text: &str) {
    if let Ok(id) = text.parse::<T>() {
        assert_eq!(id.to_string(), text, "an id has two spellings");
    }
}

/// A name is written in its own form, and that form is the name: a list's cursor is the last name on the page, and has to find it again.
fn name<T: FromStr<Err = Refusal> + Display + Debug + PartialEq>(text: &str, no: Refusal) {
    match text.parse::<T>() {
        Ok(name) => {
            let written = name.to_string();
            assert!(!written.is_empty() && written.chars().count() <= 254);
            assert_eq!(written.parse::<T>(), Ok(name), "a name is not taken as it is written");
        }
        Err(refusal) => assert_eq!(refusal, no),
    }
}

fuzz_target!(|text: &str| {
    id::<ActivityId>(text);
    id::<AccountId>(text);
    id::<AuthenticatorId>(text);
    id::<EnrollmentId>(text);
    id::<SignInId>(text);
    id::<PromptId>(text);
    id::<SessionId>(text);
    if let Ok(model) = text.parse::<Aaguid>() {
        assert_eq!(model.to_string(), text.to_ascii_lowercase());
    }
    name::<UserName>(text, Refusal::UserNameInvalid);
    name::<GroupName>(text, Refusal::GroupInvalid);
    name::<SerialNumber>(text, Refusal::SerialInvalid);
    name::<Label>(text, Refusal::NameInvalid);
    name::<MethodName>(text, Refusal::NameInvalid);
    name::<DisplayName>(text, Refusal::DisplayNameInvalid);
    name::<MailAddress>(text, Refusal::MailInvalid);
});
