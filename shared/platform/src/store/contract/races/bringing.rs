//! Answers that are good once, brought fifty times at the same moment: each is read, judged and written as the functions do it, and again
//! where somebody else was first.

use std::sync::LazyLock;

use countersign_domain::attempts::Attempts;
use countersign_domain::encoding::base64url;
use countersign_domain::enrollment::Stage;
use countersign_domain::ids::{AccountId, AttemptId, AuthenticatorId};
use countersign_domain::methods::look_up::LookedUp;
use countersign_domain::methods::pass::{Pass, PassSettings, Wanted};
use countersign_domain::methods::passkey::Asserted;
use countersign_domain::methods::recovery_codes::{CodeSet, Codes};
use countersign_domain::methods::sent_code::{self, Line, SentCode};
use countersign_domain::methods::{Authenticator, Binding, Response, Spend, Verdict};
use countersign_domain::people::Person;
use countersign_domain::policy::Policy;
use countersign_domain::secret::Secret;
use totp_rs::{Algorithm, Builder};

use super::super::world::{
    ada, after, attempt, authenticator, ceremony, generator, held, line, now, passkey, person, stored, token,
};
use super::{RACERS, assert_one_won, race};
use crate::entropy::SystemEntropy;
use crate::store::{Saved, Store};

const PEPPER: &[u8] = b"a pepper of tests";
const FLOW: &str = "a sign-in";

/// Whose authenticator an answer is brought to, and the secret that it is held against.
struct At {
    account: AccountId,
    id: AuthenticatorId,
    secret: Option<Secret<Vec<u8>>>,
}

impl At {
    fn of(one: &Authenticator, secret: Option<Secret<Vec<u8>>>) -> Self {
        let (account, id) = (one.account, one.id);
        Self { account, id, secret }
    }

    /// Brings an answer to what was read; `None` if it is not good.
    async fn bring(
        &self,
        store: &impl Store,
        read: &Person,
        answer: &Response<'_>,
        attempt: AttemptId,
    ) -> Option<Saved> {
        let (seen, mark, learned) = self.judge(read, answer)?;
        let consumed = store.consume_code(seen, mark, learned.as_deref(), now(), attempt).await;
        Some(consumed.unwrap())
    }

    /// Reads and brings it; whether it was let in.
    async fn insist(&self, store: &impl Store, answer: &Response<'_>) -> bool {
        let read = person(store, self.account).await;
        let brought = self.bring(store, &read, answer, attempt()).await;
        assert_ne!(brought, Some(Saved::Lost), "nobody else was there");
        brought.is_some()
    }

    fn judge<'p>(
        &self,
        person: &'p Person,
        answer: &Response<'_>,
    ) -> Option<(&'p Authenticator, u64, Option<Box<Binding>>)> {
        let seen = person.authenticator(self.id)?;
        let Verdict::Right(Spend::Mark { mark, learned }) = seen.check(self.secret.as_ref(), answer, now()) else {
            return None;
        };
        seen.mark
            .is_none_or(|spent| mark > spent)
            .then_some((seen, mark, learned))
    }
}

/// One answer to an authenticator, fifty times: one is let in, and nobody after them.
async fn one_is_let_in(
    store: &impl Store,
    bind: impl Fn(AccountId) -> Authenticator,
    secret: Option<Secret<Vec<u8>>>,
    answer: Response<'_>,
) {
    let read = &ada(store, |id| vec![bind(id)]).await;
    let (at, answer) = (&At::of(&read.authenticators[0], secret), &answer);
    let brought = race(|_| async move { at.bring(store, read, answer, attempt()).await.unwrap() });
    assert_one_won(brought.await);
    assert!(!at.insist(store, answer).await);
}

fn seed() -> Secret<Vec<u8>> {
    Secret::new(b"a seed of 20 bytes..".to_vec())
}

/// What a generator with that seed shows now.
fn shown() -> Secret<String> {
    let totp = Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_step_duration(30)
        .with_secret(seed().expose().clone())
        .build_noncompliant();
    Secret::new(totp.generate(now().as_second().unsigned_abs()).to_string())
}

pub(in super::super) async fn one_code_of_a_generator_lets_one_in(store: &impl Store) {
    one_is_let_in(store, generator, Some(seed()), Response::Code(&shown())).await;
}

pub(in super::super) async fn one_code_of_a_hardware_token_lets_one_in(store: &impl Store) {
    let bind = |id| held(id, &token("FT-1"), 7);
    one_is_let_in(store, bind, Some(seed()), Response::Code(&shown())).await;
}

/// The same code on whichever authenticator it is sent to: its key is derived for one, so that one is made first.
async fn one_sent_code_lets_one_in(store: &impl Store, binding: impl Fn(Line) -> Binding) {
    let id = AuthenticatorId::new(now(), &SystemEntropy);
    let key = || sent_code::key(PEPPER, id);
    let drawn = SentCode::draw(None, None, FLOW, &key(), &Policy::default(), &SystemEntropy, now()).unwrap();
    let bind = |account| Authenticator {
        id,
        ..authenticator(
            account,
            binding(Line {
                sent: Some(drawn.sent.clone()),
                ..line()
            }),
        )
    };
    let answer = Response::SentCode {
        code: &drawn.code,
        flow: FLOW,
    };
    one_is_let_in(store, bind, Some(key()), answer).await;
}

pub(in super::super) async fn one_code_of_a_text_message_lets_one_in(store: &impl Store) {
    one_sent_code_lets_one_in(store, Binding::Sms).await;
}

pub(in super::super) async fn one_code_of_a_call_lets_one_in(store: &impl Store) {
    one_sent_code_lets_one_in(store, Binding::Voice).await;
}

/// A pass for one session, and what somebody types hashed for it: once for all rounds, since it takes a while.
static PASS: LazyLock<(Pass, LookedUp)> = LazyLock::new(|| {
    let wanted = Wanted {
        one_time: Some(true),
        ..Wanted::default()
    };
    let terms = PassSettings::default().terms(wanted, now()).unwrap();
    let (pass, shown) = Pass::issue(terms, PEPPER, &SystemEntropy).unwrap();
    let hashed = looked_up(&Binding::Pass(pass.clone()), &shown);
    (pass, hashed)
});

fn looked_up(binding: &Binding, typed: &Secret<String>) -> LookedUp {
    LookedUp::new(PEPPER, binding.salt().unwrap(), typed).unwrap()
}

pub(in super::super) async fn one_pass_for_one_sign_in_lets_one_in(store: &impl Store) {
    let (pass, hashed) = &*PASS;
    let bind = |id| authenticator(id, Binding::Pass(pass.clone()));
    one_is_let_in(store, bind, None, Response::LookUp(hashed)).await;
}

/// Recovery codes, two of them hashed, and those that take their place.
static CODES: LazyLock<(CodeSet, [LookedUp; 2], CodeSet)> = LazyLock::new(|| {
    let (old, new) = (Codes::draw(&SystemEntropy), Codes::draw(&SystemEntropy));
    let set = old.keep(PEPPER, &SystemEntropy).unwrap();
    let (binding, shown) = (Binding::RecoveryCodes(set.clone()), old.shown());
    let hashed = [0, 9].map(|n| looked_up(&binding, &Secret::new(shown[n].clone())));
    (set, hashed, new.keep(PEPPER, &SystemEntropy).unwrap())
});

fn codes(of: AccountId) -> Authenticator {
    authenticator(of, Binding::RecoveryCodes(CODES.0.clone()))
}

pub(in super::super) async fn one_recovery_code_lets_one_in(store: &impl Store) {
    one_is_let_in(store, codes, None, Response::LookUp(&CODES.1[0])).await;
}

pub(in super::super) async fn two_recovery_codes_at_once_let_two_in(store: &impl Store) {
    let read = &ada(store, |id| vec![codes(id)]).await;
    let (set, answers) = (&read.authenticators[0], &CODES.1.each_ref().map(Response::LookUp));
    let at = &At::of(set, None);
    let brought = race(|racer| async move { at.bring(store, read, &answers[racer % 2], attempt()).await.unwrap() });
    let brought = brought.await;
    let first = brought.iter().position(|saved| *saved == Saved::Won).unwrap();
    assert_one_won(brought);
    // Who lost reads again: the same code is spent, the other one is good, once.
    for (code, good) in [(first, false), (first + 1, true), (first + 1, false)] {
        assert_eq!(at.insist(store, &answers[code % 2]).await, good);
    }
    assert_eq!(stored(store, set).await.binding.codes_left(), Some(8));
}

pub(in super::super) async fn new_recovery_codes_leave_nothing_of_the_old(store: &impl Store) {
    // Recovery codes are nobody's only method.
    let read = &ada(store, |id| vec![codes(id), generator(id)]).await;
    let old = read
        .authenticators
        .iter()
        .find(|one| one.binding.codes_left().is_some());
    let (at, account) = (&At::of(old.unwrap(), None), read.account.id);
    let new = &authenticator(account, Binding::RecoveryCodes(CODES.2.clone()));
    let sealed_codes = "v1.c2VhbGVk".to_owned();
    let renewal = &ceremony(account, Stage::Codes { sealed_codes });
    store.begin_enrollment(renewal, None).await.unwrap();
    let answers = &CODES.1.each_ref().map(Response::LookUp);
    let brought = race(|racer| async move {
        if racer != RACERS / 2 {
            return at.bring(store, read, &answers[racer % 2], attempt()).await.unwrap();
        }
        loop {
            let ada = person(store, account).await;
            let activation = ada.activate(new.clone(), &Policy::default(), now()).unwrap();
            if store.activate(&activation, renewal, None).await.unwrap() == Saved::Won {
                return Saved::Lost; // it is none of the old
            }
        }
    });
    assert!(brought.await.iter().filter(|saved| **saved == Saved::Won).count() <= 1);
    let left = person(store, account).await.authenticators;
    let sets = left.iter().filter_map(|one| Some((one.id, one.binding.codes_left()?)));
    assert_eq!(sets.collect::<Vec<_>>(), [(new.id, 10)]);
}

pub(in super::super) async fn one_assertion_lets_one_in(store: &impl Store) {
    let credential = attempt().to_string();
    let bind = |id| passkey(id, credential.as_bytes());
    let asserted = Asserted {
        credential_id: base64url(&credential),
        challenged_at: now(),
        expires_at: after(600),
        sign_count: 0,
        backup_eligible: false,
        backed_up: false,
    };
    one_is_let_in(store, bind, None, Response::Assertion(&asserted)).await;
}

pub(in super::super) async fn a_right_code_in_a_burst_of_wrong_ones_counts_as_one_answer(store: &impl Store) {
    let seen = &ada(store, |id| vec![generator(id)]).await.authenticators.remove(0);
    let wrong = Attempts {
        fails: 1,
        blocked_until: None,
    };
    let outcomes = race(|racer| async move {
        if racer == RACERS / 2 {
            store.consume_code(seen, 9, None, now(), attempt()).await.unwrap()
        } else {
            store.count_wrong_code(seen, wrong, attempt()).await.unwrap()
        }
    });
    let outcomes = outcomes.await;
    let left = stored(store, seen).await;
    // The right code leaves the count as it was, so one wrong one may follow it, in no case more.
    let won = outcomes.iter().filter(|outcome| **outcome == Saved::Won).count();
    let consumed = usize::from(left.mark == Some(9));
    assert_eq!((won, left.attempts.fails), (1 + consumed, 1));
}
