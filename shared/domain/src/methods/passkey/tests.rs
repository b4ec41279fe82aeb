//! What an assertion with a right signature can still get wrong.

use jiff::Timestamp;

use super::{Asserted, Misfit, Passkey};
use crate::methods::testing::{asserted, passkey};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn after(passkey: &Passkey, change: impl FnOnce(&mut Asserted)) -> Result<Passkey, Misfit> {
    let mut given = asserted(passkey, at(100));
    change(&mut given);
    passkey.after(&given, at(100))
}

#[test]
fn a_counter_must_rise_once_there_is_one() {
    let mut key = passkey(b"key", false);
    for (stored, said, taken) in [
        (0, 0, true),
        (0, 1, true),
        (1, 2, true),
        (5, 5, false),
        (5, 4, false),
        (5, 0, false),
        (u32::MAX, 0, false),
    ] {
        key.sign_count = stored;
        let outcome = after(&key, |given| given.sign_count = said);
        if taken {
            assert_eq!(outcome.unwrap().sign_count, said, "{stored} {said}");
        } else {
            assert_eq!(outcome, Err(Misfit::CounterWentBack), "{stored} {said}");
        }
    }
}

#[test]
fn what_may_be_synced_never_changes_and_what_may_not_is_not() {
    for (eligible, says_eligible, says_backed_up, fits) in [
        (false, false, false, true),
        (true, true, false, true),
        (true, true, true, true),
        (false, false, true, false),
        (false, true, true, false),
        (true, false, false, false),
        (true, false, true, false),
    ] {
        let outcome = after(&passkey(b"key", eligible), |given| {
            (given.backup_eligible, given.backed_up) = (says_eligible, says_backed_up);
        });
        if fits {
            assert_eq!(outcome.unwrap().backed_up, says_backed_up);
        } else {
            assert_eq!(outcome, Err(Misfit::BackupImpossible));
        }
    }
}

#[test]
fn a_challenge_has_its_time_and_a_credential_its_own() {
    let key = passkey(b"key", false);
    let given = asserted(&key, at(100));
    assert_eq!(
        key.after(&given, at(99)),
        Err(Misfit::Late),
        "from a clock that went back"
    );
    assert!(key.after(&given, at(699)).is_ok());
    assert_eq!(key.after(&given, at(700)), Err(Misfit::Late));
    assert_eq!(passkey(b"other", false).after(&given, at(100)), Err(Misfit::Other));
}

#[test]
fn what_must_be_unique_tells_credentials_apart_and_is_as_short_for_the_longest() {
    let (one, other, long) = (
        passkey(b"one", false),
        passkey(b"other", false),
        passkey(&[7; 1023], false),
    );
    assert_ne!(one.claim(), other.claim());
    assert_eq!(long.claim().len(), one.claim().len());
}
