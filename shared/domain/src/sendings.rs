//! Budgets of what is sent to phones: each message is taken from all of them before it goes out, or does not go out.
//!
//! The attack: messages pumped to numbers that pay whoever pumps. Each budget is a count that only a write on condition raises.

use jiff::{SignedDuration, Timestamp};

use crate::accounts::Account;
use crate::encoding::{base64url, keyed_hash};
use crate::methods::MethodKind;
use crate::phone_numbers::PhoneNumber;
use crate::policy::Policy;

/// An hour.
const HOUR: SignedDuration = SignedDuration::from_hours(1);
/// A day.
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// One count, in one window of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    /// Whose: a keyed hash or an id, never a number or an address.
    pub of: String,
    /// When the window ends; with it the count.
    pub window_ends: Timestamp,
    /// How many it allows.
    pub most: u32,
}

/// How many messages each may cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SendingLimits {
    /// To one number, an hour.
    pub number_hour: u32,
    /// To one number, a day.
    pub number_day: u32,
    /// For one account, a day.
    pub account_day: u32,
    /// From one block of addresses, an hour. A whole office may be behind one.
    pub address_hour: u32,
}

impl Default for SendingLimits {
    fn default() -> Self {
        Self {
            number_hour: 5,
            number_day: 10,
            account_day: 10,
            address_hour: 60,
        }
    }
}

/// Who causes a message.
#[derive(Debug, Clone, Copy)]
pub struct Cause<'a> {
    /// For whom.
    pub account: &'a Account,
    /// Where it goes.
    pub number: &'a PhoneNumber,
    /// By which method.
    pub kind: MethodKind,
    /// From where it is asked for: the block of addresses.
    pub address_block: &'a str,
    /// How many of this kind the organization sends a day.
    pub organization_day: u32,
}

/// The budgets that a message is taken from; the organization's is the last.
pub fn budgets(cause: &Cause<'_>, pepper: &[u8], policy: &Policy, now: Timestamp) -> Vec<Budget> {
    let hidden = |what: &[u8], whose: &str| base64url(keyed_hash(pepper, &[b"sending", what, whose.as_bytes()]));
    let number = hidden(b"number", cause.number.e164());
    let address = hidden(b"address", cause.address_block);
    let (hour, day) = (end_of(HOUR, now), end_of(DAY, now));
    let limits = policy.sendings;
    let budget = |of: String, window_ends, most| Budget { of, window_ends, most };
    vec![
        budget(format!("NUMBER-HOUR#{number}"), hour, limits.number_hour),
        budget(format!("NUMBER-DAY#{number}"), day, limits.number_day),
        budget(format!("ACCOUNT-DAY#{}", cause.account.id), day, limits.account_day),
        budget(format!("ADDRESS-HOUR#{address}"), hour, limits.address_hour),
        budget(
            format!("ORGANIZATION-DAY#{}", cause.kind.as_str()),
            day,
            cause.organization_day,
        ),
    ]
}

/// The end of the window that a moment lies in; windows begin at whole hours and at midnight, UTC.
fn end_of(window: SignedDuration, now: Timestamp) -> Timestamp {
    let length = window.as_secs().max(1);
    let ends = now
        .as_second()
        .div_euclid(length)
        .saturating_add(1)
        .saturating_mul(length);
    Timestamp::from_second(ends).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::Seeded;
    use crate::methods::testing;
    use crate::phone_numbers::Carries;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn of(number: &str, address: &str) -> Vec<Budget> {
        let account = testing::ada(&Seeded::new("ada"));
        let number = PhoneNumber::parse(number, "PT".parse().unwrap(), Carries::Texts).unwrap();
        let cause = Cause {
            account: &account,
            number: &number,
            kind: MethodKind::SMS,
            address_block: address,
            organization_day: 1000,
        };
        budgets(&cause, b"pepper", &Policy::default(), at(3_600 * 30 + 5))
    }

    #[test]
    fn windows_end_at_the_hour_and_at_midnight() {
        let ends: Vec<_> = of("912345678", "192.0.2.1")
            .iter()
            .map(|one| one.window_ends.as_second())
            .collect();
        let (hour, day) = (3_600 * 31, 86_400 * 2);
        assert_eq!(ends, [hour, day, day, hour, day]);
    }

    #[test]
    fn what_is_counted_tells_neither_number_nor_address() {
        for budget in of("912345678", "192.0.2.1") {
            assert!(
                !budget.of.contains("912345678") && !budget.of.contains("192.0.2.1"),
                "{budget:?}"
            );
        }
    }

    #[test]
    fn each_number_and_address_has_budgets_of_its_own_and_the_rest_is_shared() {
        let (one, other) = (of("912345678", "192.0.2.1"), of("912345679", "192.0.2.2"));
        let shared: Vec<_> = one.iter().zip(&other).map(|(a, b)| a.of == b.of).collect();
        assert_eq!(shared, [false, false, true, false, true]);
    }
}
