//! Facts about a sign-in without a password: only an unlocked phone carries it, and nothing else does.

use super::{ada, at, consumed};
use crate::entropy::Seeded;
use crate::methods::rules::MethodsPolicy;
use crate::methods::{Binding, Verdict};
use crate::people::Person;
use crate::policy::Policy;
use crate::prompts::{Purpose, State};
use crate::refusal::Refusal;
use crate::sessions::Scope;
use crate::sign_in::passwordless::Asked;
use crate::sign_in::{Choosing, SignIn};

/// Ada, whose phone says that it can unlock.
fn unlocking() -> Person {
    let mut person = ada();
    if let Binding::Authenticator(phone) = &mut person.authenticators[0].binding {
        phone.capabilities = vec!["unlock".parse().unwrap()].try_into().unwrap();
    }
    person
}

fn begun(person: &Person) -> SignIn<Choosing> {
    let asked = Asked::somebody(person, &person.authenticators[0]);
    let name = person.account.user_name.clone();
    let phone = "Authenticator".parse().unwrap();
    SignIn::without_password(
        asked,
        name,
        phone,
        None,
        &Policy::default(),
        &Seeded::new("begin"),
        at(0),
    )
}

#[test]
fn a_phone_that_does_not_unlock_is_not_asked() {
    let policy = Policy::default();
    let refused = ada().passwordless_phone(&policy).map(|one| one.id);
    assert_eq!(refused, Err(Refusal::PasswordlessNotAvailable));
    let person = unlocking();
    assert_eq!(
        person.passwordless_phone(&policy).unwrap().id,
        person.authenticators[0].id
    );
}

#[test]
fn policy_can_take_it_away() {
    let mut person = unlocking();
    let mut rules = MethodsPolicy::default();
    rules.authenticator.settings.passwordless = false;
    person.rules = rules.into();
    assert!(person.passwordless_phone(&Policy::default()).is_err());
}

#[test]
fn an_approval_of_an_unlocked_phone_opens_a_full_session() {
    let person = unlocking();
    let sign_in = begun(&person);
    let consumed = consumed(&person, sign_in.purpose());
    let way = sign_in.ways[0].clone();
    let verified = sign_in
        .prompted(consumed.prompt.id, way, false)
        .proven_by_prompt(&consumed)
        .unwrap();
    assert_eq!(verified.scope(), Scope::Full);
    assert!(matches!(verified.proofs(), [proof] if proof.unlocked && proof.authenticator.is_some()));
}

/// The attack: the number, typed on a stolen phone that nobody unlocked.
#[test]
fn an_approval_of_a_locked_phone_opens_nothing_without_the_password() {
    let person = unlocking();
    let sign_in = begun(&person);
    let mut consumed = consumed(&person, sign_in.purpose());
    consumed.prompt.state = State::Approved { unlocked: false };
    let way = sign_in.ways[0].clone();
    let proven = sign_in
        .prompted(consumed.prompt.id, way, false)
        .proven_by_prompt(&consumed);
    assert_eq!(proven.unwrap_err(), Refusal::ChallengeExpired);
}

/// The attack: begin with nothing but a user name, and finish with a code alone.
#[test]
fn a_code_does_not_finish_what_began_without_a_password() {
    let person = unlocking();
    let proven = begun(&person).proven_by_code(&person.authenticators[1], &Verdict::marked(1));
    assert_eq!(proven.unwrap_err(), Refusal::CodeRejected);
}

#[test]
fn its_prompt_is_for_nothing_else() {
    assert!(matches!(begun(&unlocking()).purpose(), Purpose::Passwordless { .. }));
}
