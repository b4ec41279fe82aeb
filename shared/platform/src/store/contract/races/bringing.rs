//! Answers that are good once, brought fifty times at the same moment: each is judged by what was read, and written on condition of it.

use countersign_domain::attempts::Attempts;
use countersign_domain::encoding::base64url;
use countersign_domain::ids::{AccountId, AuthenticatorId};
use countersign_domain::methods::passkey::Asserted;
use countersign_domain::methods::sent_code::{self, Line, SentCode};
use countersign_domain::methods::{Authenticator, Binding, Response, Spend, Verdict};
use countersign_domain::people::Person;
use countersign_domain::policy::Policy;
use countersign_domain::secret::Secret;
use totp_rs::{Algorithm, Builder};

use super::super::world::{
    ada, after, attempt, authenticator, generator, held, line, now, passkey, person, stored, token,
};
use super::{RACERS, assert_one_won, race};
use crate::entropy::SystemEntropy;
use crate::store::{Saved, Store};

pub(super) const PEPPER: &[u8] = b"a pepper of tests";
const FLOW: &str = "a sign-in";

/// Whose authenticator an answer is brought to, and the secret that it is held against.
pub(super) struct At {
    account: AccountId,
    id: AuthenticatorId,
    secret: Option<Secret<Vec<u8>>>,
}

impl At {
    pub(super) fn of(one: &Authenticator, secret: Option<Secret<Vec<u8>>>) -> Self {
        let (account, id) = (one.account, one.id);
        Self { account, id, secret }
    }

    /// Brings an answer to what was read; `None` if it is not good.
    pub(super) async fn bring(&self, store: &impl Store, read: &Person, answer: &Response<'_>) -> Option<Saved> {
        let (seen, mark, learned) = self.judge(read, answer)?;
        let consumed = store
            .consume_code(seen, mark, learned.as_deref(), now(), attempt())
            .await;
        Some(consumed.unwrap())
    }

    /// Reads and brings it; whether it was let in.
    pub(super) async fn insist(&self, store: &impl Store, answer: &Response<'_>) -> bool {
        let read = person(store, self.account).await;
        let brought = self.bring(store, &read, answer).await;
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
pub(super) async fn one_is_let_in(
    store: &impl Store,
    bind: impl Fn(AccountId) -> Authenticator,
    secret: Option<Secret<Vec<u8>>>,
    answer: Response<'_>,
) {
    let read = &ada(store, |id| vec![bind(id)]).await;
    let (at, answer) = (&At::of(&read.authenticators[0], secret), &answer);
    let brought = race(|_| async move { at.bring(store, read, answer).await.unwrap() });
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
