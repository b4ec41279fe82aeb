//! Facts of tokens whose clocks drift.

use proptest::prelude::*;

use super::*;
use crate::methods::Authenticator;
use crate::methods::testing::{at, bound, code_of, held};

const SEED: &[u8] = b"a planted seed of 20";
const NOW: i64 = 3_000_000_000;

fn seed() -> Secret<Vec<u8>> {
    Secret::new(SEED.to_vec())
}

/// The code that a token shows whose clock is so many steps ahead of ours.
fn shown(ahead: i64, now: i64) -> Secret<String> {
    Secret::new(code_of(SEED, now + ahead * 30))
}

fn token(drift: i8) -> Held {
    Held {
        drift,
        ..held("v1.sealed")
    }
}

/// A token of an account, and what has become of it after a use; none where it was refused.
fn used(one: &Authenticator, code: &Secret<String>, now: i64) -> Option<Authenticator> {
    match one.check(Some(&seed()), &Response::Code(code), at(now)) {
        Verdict::Right(Spend::Mark { mark, learned }) => Some(Authenticator {
            mark: Some(mark),
            binding: learned.map_or_else(|| one.binding.clone(), |learned| *learned),
            ..one.clone()
        }),
        _ => None,
    }
}

fn of_an_account(drift: i8) -> Authenticator {
    let entropy = crate::entropy::Seeded::new("token");
    let account = crate::ids::AccountId::new(at(0), &entropy);
    bound(account, Binding::HardwareOath(token(drift)), &entropy)
}

fn drift(one: &Authenticator) -> i8 {
    one.binding.token().unwrap().drift
}

#[test]
fn the_first_code_is_taken_within_two_steps_and_teaches_the_drift() {
    for ahead in -5..=5 {
        let first = token(0).first_use(&seed(), &shown(ahead, NOW), None, at(NOW));
        let learned = first.map(|(step, held)| (step, i64::from(held.drift)));
        let step = u64::try_from(NOW / 30 + ahead).unwrap();
        assert_eq!(learned, (ahead.abs() <= 2).then_some((step, ahead)), "{ahead}");
    }
}

#[test]
fn a_code_that_was_consumed_before_never_activates_nor_does_an_older_one() {
    let now = u64::try_from(NOW / 30).unwrap();
    let first = |spent| token(0).first_use(&seed(), &shown(0, NOW), spent, at(NOW)).is_some();
    assert!(first(None) && first(Some(now - 1)));
    assert!(!first(Some(now)) && !first(Some(now + 1)));
}

#[test]
fn a_later_code_is_taken_one_step_from_where_the_clock_was_and_never_beyond_two() {
    for drift in -2..=2 {
        for ahead in -4..=4 {
            let taken = used(&of_an_account(drift), &shown(ahead, NOW), NOW).is_some();
            let near = (ahead - i64::from(drift)).abs() <= 1 && ahead.abs() <= 2;
            assert_eq!(taken, near, "drift {drift}, code {ahead} ahead");
        }
    }
}

#[test]
fn the_drift_follows_the_clock_one_step_a_use() {
    let mut one = of_an_account(0);
    for (use_, ahead) in [1, 2, 2, 1, 0, -1, -2].into_iter().enumerate() {
        let now = NOW + 3_600 * i64::try_from(use_).unwrap();
        one = used(&one, &shown(ahead, now), now).unwrap();
        assert_eq!(i64::from(drift(&one)), ahead);
    }
    assert!(
        used(&one, &shown(-3, NOW + 86_400), NOW + 86_400).is_none(),
        "too slow a clock"
    );
    assert!(
        used(&one, &shown(0, NOW + 86_400), NOW + 86_400).is_none(),
        "two steps at once"
    );
}

#[test]
fn a_code_is_taken_once_and_none_older_after_it_whatever_the_drift() {
    for drift in -2..=2_i8 {
        let one = used(&of_an_account(drift), &shown(i64::from(drift), NOW), NOW).unwrap();
        for ahead in -4..=i64::from(drift) {
            assert!(
                used(&one, &shown(ahead, NOW), NOW).is_none(),
                "drift {drift}, code {ahead} ahead"
            );
        }
    }
}

#[test]
fn a_token_of_sixty_seconds_counts_in_its_own_steps() {
    let mut held = token(0);
    held.generator.period = 60;
    let code = Secret::new(code_of_sixty(NOW + 120));
    let (step, held) = held.first_use(&seed(), &code, None, at(NOW)).unwrap();
    assert_eq!((step, held.drift), (u64::try_from(NOW / 60 + 2).unwrap(), 2));
}

fn code_of_sixty(time: i64) -> String {
    // A step of a minute has the code of that counter: the time of half of it in steps of thirty seconds.
    code_of(SEED, time / 60 * 30)
}

proptest! {
    /// Whatever is typed when: the mark only rises, and the drift stays within ±2 and moves by at most one.
    #[test]
    fn marks_rise_and_drift_stays_near(uses in prop::collection::vec((0_i64..200, -4_i64..=4), 1..30)) {
        let (mut one, mut now) = (of_an_account(0), NOW);
        for (later, ahead) in uses {
            now += later;
            if let Some(next) = used(&one, &shown(ahead, now), now) {
                prop_assert!(next.mark > one.mark);
                prop_assert!((drift(&next) - drift(&one)).abs() <= 1 && drift(&next).abs() <= MOST_DRIFT);
                one = next;
            }
        }
    }
}
