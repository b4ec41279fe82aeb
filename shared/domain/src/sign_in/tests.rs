//! Facts about one sign-in: what begins it, what proves it, and what takes it back before it is a session.

mod endings;
mod passwordless;

use jiff::Timestamp;

use super::{Aim, Begun, Choosing, ReturnTo, SignIn, UnderWay, Verified, begin};
use crate::accounts::Status;
use crate::entropy::Seeded;
use crate::ids::{AccountId, SessionId};
use crate::methods::testing::{self, generator, phone};
use crate::methods::{MethodKind, Spend, Standing, Verdict};
use crate::people::Person;
use crate::policy::Policy;
use crate::prompts::{Consumed, Ledger, Opening, Purpose, State};
use crate::refusal::Refusal;
use crate::sessions::Scope;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

/// Ada with a phone and a generator.
fn ada() -> Person {
    let entropy = Seeded::new("ada");
    let account = testing::ada(&entropy);
    let id = account.id;
    Person::new(account, vec![phone(id, &entropy), generator(id, &entropy)])
}

fn begun(person: &Person, aim: Aim) -> Result<Begun, Refusal> {
    begin(person, aim, None, &Policy::default(), &Seeded::new("begin"), at(0))
}

fn choosing(person: &Person) -> SignIn<Choosing> {
    match begun(person, Aim::SignIn).unwrap() {
        Begun::SecondFactor(sign_in) => sign_in,
        Begun::Registration(_) => panic!("a second factor is bound"),
    }
}

/// Ada's sign-in by a code, with the write won.
fn verified(person: &Person) -> Verified {
    choosing(person)
        .proven_by_code(&person.authenticators[1], &Verdict::marked(1))
        .unwrap()
}

/// A prompt for a purpose to the phone, as far as consumed.
fn consumed(person: &Person, purpose: Purpose) -> Consumed {
    let opening = Opening {
        purpose,
        authenticator: person.authenticators[0].id,
        shown: testing::shown(at(0)),
        number_length: 2,
        quiet: false,
    };
    let entropy = Seeded::new("prompt");
    let mut ledger = Ledger::empty(person.account.id)
        .open(opening, &Policy::default(), &entropy, at(0))
        .unwrap();
    let prompt = ledger.prompt.as_mut().unwrap();
    prompt.state = State::Approved { unlocked: true };
    let id = prompt.id;
    ledger.consume(id, purpose, at(1)).unwrap()
}

#[test]
fn only_an_active_account_begins() {
    for status in [Status::Invited, Status::Disabled] {
        let mut person = ada();
        person.account.status = status;
        assert_eq!(begun(&person, Aim::SignIn).unwrap_err(), Refusal::SignInRejected);
    }
}

#[test]
fn an_account_without_a_second_factor_may_only_register_one() {
    let mut person = ada();
    person.authenticators.clear();
    let Begun::Registration(verified) = begun(&person, Aim::SignIn).unwrap() else {
        panic!("nothing to ask for")
    };
    assert_eq!((verified.scope(), verified.proofs().len()), (Scope::Registration, 1));
}

#[test]
fn a_factor_that_is_still_pending_is_none() {
    let mut person = ada();
    person
        .authenticators
        .iter_mut()
        .for_each(|one| one.standing = Standing::Pending);
    assert!(matches!(begun(&person, Aim::SignIn), Ok(Begun::Registration(_))));
}

/// The attack: guess an authenticator into the ground, then come in by the password alone.
#[test]
fn a_factor_that_guesses_have_disabled_does_not_open_the_door_of_an_account_without_one() {
    let mut person = ada();
    person
        .authenticators
        .iter_mut()
        .for_each(|one| one.attempts.fails = 100);
    let Begun::SecondFactor(sign_in) = begun(&person, Aim::SignIn).unwrap() else {
        panic!("it is still a factor")
    };
    assert!(sign_in.ways.is_empty());
    assert_eq!(sign_in.way(None).unwrap_err(), Refusal::MethodNotFound);
}

#[test]
fn the_default_is_asked_first_and_then_the_strongest() {
    let mut person = ada();
    let kinds = |person: &Person| choosing(person).ways.iter().map(|way| way.kind).collect::<Vec<_>>();
    assert_eq!(kinds(&person), [MethodKind::AUTHENTICATOR, MethodKind::TOTP]);
    person.account.default = Some(person.authenticators[1].id);
    assert_eq!(kinds(&person), [MethodKind::TOTP, MethodKind::AUTHENTICATOR]);
}

#[test]
fn only_a_right_code_with_a_mark_of_an_own_generator_proves() {
    let person = ada();
    let by = |verdict: &Verdict| {
        choosing(&person)
            .proven_by_code(&person.authenticators[1], verdict)
            .map(|verified| verified.scope())
    };
    assert_eq!(by(&Verdict::marked(1)), Ok(Scope::Full));
    assert_eq!(by(&Verdict::Right(Spend::Prompt)), Err(Refusal::CodeRejected));
    assert_eq!(by(&Verdict::Wrong), Err(Refusal::CodeRejected));
    let entropy = Seeded::new("somebody else");
    let foreign = generator(AccountId::new(at(0), &entropy), &entropy);
    let by = choosing(&person).proven_by_code(&foreign, &Verdict::marked(1));
    assert_eq!(by.unwrap_err(), Refusal::CodeRejected);
}

#[test]
fn an_approval_proves_only_the_sign_in_that_asked_and_only_by_the_phone_it_asked() {
    let person = ada();
    let mine = choosing(&person);
    let way = mine.way(Some(person.authenticators[0].id)).unwrap().clone();
    let consumed = consumed(&person, mine.purpose());
    let prompted = |sign_in: &SignIn<Choosing>, way| sign_in.clone().prompted(consumed.prompt.id, way, true);
    assert!(prompted(&mine, way.clone()).proven_by_prompt(&consumed).is_ok());

    let by = |sign_in: SignIn<super::Prompting>, consumed: &Consumed| {
        sign_in.proven_by_prompt(consumed).map(|_| ()).unwrap_err()
    };
    let mut other = choosing(&person);
    other.id = crate::ids::SignInId::new(at(9), &Seeded::new("another"));
    assert_eq!(by(prompted(&other, way.clone()), &consumed), Refusal::ChallengeExpired);
    let generator = mine.way(Some(person.authenticators[1].id)).unwrap().clone();
    assert_eq!(by(prompted(&mine, generator), &consumed), Refusal::ChallengeExpired);
    let mut elsewhere = consumed.clone();
    elsewhere.ledger.account = AccountId::new(at(9), &Seeded::new("another"));
    assert_eq!(by(prompted(&mine, way.clone()), &elsewhere), Refusal::ChallengeExpired);
    let (mut renewal, session) = (mine.clone(), SessionId::of_token(&[1; 32]));
    renewal.aim = Aim::Reauthenticate { session };
    assert_eq!(by(prompted(&renewal, way), &consumed), Refusal::ChallengeExpired);
}

#[test]
fn another_way_can_be_chosen_as_long_as_nothing_is_proven() {
    let person = ada();
    let sign_in = choosing(&person);
    let way = sign_in.way(None).unwrap().clone();
    let prompt = consumed(&person, sign_in.purpose()).prompt.id;
    let under_way = UnderWay::Prompting(sign_in.clone().prompted(prompt, way, false));
    assert_eq!(under_way.expires_at(), sign_in.expires_at);
    let back = under_way.choose();
    assert_eq!(
        (back.id, back.ways, back.epoch),
        (sign_in.id, sign_in.ways, sign_in.epoch)
    );
}

#[test]
fn a_cookie_comes_back_as_it_went() {
    let person = ada();
    let mut sign_in = choosing(&person);
    sign_in.return_to = ReturnTo::parse("/methods");
    let cookie = serde_json::to_string(&UnderWay::Choosing(sign_in.clone())).unwrap();
    let back = serde_json::from_str::<UnderWay>(&cookie).unwrap().choose();
    assert_eq!(
        (back.id, back.aim, back.ways, back.expires_at),
        (sign_in.id, sign_in.aim, sign_in.ways, sign_in.expires_at)
    );
}
