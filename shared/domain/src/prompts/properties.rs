//! Any sequence of things that can happen to an account's prompts, held against a small reference that only keeps a history.

mod driver;
mod reference;

use proptest::prelude::*;

use driver::House;

/// One thing that happens.
#[derive(Debug, Clone, Copy)]
enum Step {
    /// The right password in a browser.
    Begin { browser: usize },
    /// That browser asks a phone.
    Ask { browser: usize, phone: usize },
    /// A pairing tests a phone.
    Test { phone: usize },
    /// The phone fetches.
    Fetch,
    /// A phone answers; `back` 0 is the last prompt, 1 the one before.
    Answer { back: usize, phone: usize, say: Say },
    /// The last answer arrives again.
    Again,
    /// Somebody notes that the time is over.
    Lapse,
    /// That browser's sign-in is finished by a code.
    Otherwise { browser: usize },
    /// The browser redeems, also with a cookie that was good for an earlier prompt.
    Redeem { browser: usize },
    /// The pairing redeems.
    RedeemTest,
    /// Seconds pass.
    Pass { seconds: i64 },
    /// Everything of before is void.
    SignOutEverywhere,
}

/// What a phone says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Say {
    /// Yes, with the number that the page shows.
    Right,
    /// Yes, with another number.
    Wrong,
    /// "It wasn't me."
    NotMe,
    /// "I changed my mind."
    ChangedMind,
    /// Yes, with the right number, signed over another challenge.
    OtherChallenge,
    /// Yes, with the right number, signed over something else than was shown.
    OtherShown,
}

const BROWSERS: usize = 3;
const PHONES: usize = 2;

fn say() -> impl Strategy<Value = Say> {
    prop_oneof![
        5 => Just(Say::Right),
        2 => Just(Say::Wrong),
        1 => Just(Say::NotMe),
        2 => Just(Say::ChangedMind),
        1 => Just(Say::OtherChallenge),
        1 => Just(Say::OtherShown),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let (browser, phone) = (0..BROWSERS, 0..PHONES);
    let seconds = prop_oneof![
        Just(1),
        Just(40),
        Just(119),
        Just(120),
        Just(121),
        Just(300),
        Just(599),
        Just(600),
        Just(1200)
    ];
    prop_oneof![
        2 => browser.clone().prop_map(|browser| Step::Begin { browser }),
        6 => (browser.clone(), phone.clone()).prop_map(|(browser, phone)| Step::Ask { browser, phone }),
        1 => phone.clone().prop_map(|phone| Step::Test { phone }),
        1 => Just(Step::Fetch),
        8 => (prop_oneof![5 => Just(0_usize), 1 => 1..4_usize], phone, say())
            .prop_map(|(back, phone, say)| Step::Answer { back, phone, say }),
        1 => Just(Step::Again),
        2 => Just(Step::Lapse),
        1 => browser.clone().prop_map(|browser| Step::Otherwise { browser }),
        6 => browser.prop_map(|browser| Step::Redeem { browser }),
        1 => Just(Step::RedeemTest),
        4 => seconds.prop_map(|seconds| Step::Pass { seconds }),
        1 => Just(Step::SignOutEverywhere),
    ]
}

/// Two thousand sequences, or as many as `PROPTEST_CASES` asks for.
fn config() -> ProptestConfig {
    let asked = ProptestConfig::default();
    let cases = if asked.cases == 256 { 2_000 } else { asked.cases };
    ProptestConfig { cases, ..asked }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_sequence_opens_what_its_history_does_not_allow(steps in prop::collection::vec(step(), 1..60)) {
        let mut house = House::new();
        for step in steps {
            house.take(step);
        }
    }
}

/// The property above would hold of a house in which nothing ever succeeds; this one shows that things do.
#[test]
fn the_sequence_that_everybody_knows_ends_in_a_session() {
    let mut house = House::new();
    for step in [
        Step::Begin { browser: 0 },
        Step::Ask { browser: 0, phone: 0 },
        Step::Fetch,
        Step::Answer {
            back: 0,
            phone: 0,
            say: Say::Right,
        },
        Step::Redeem { browser: 0 },
    ] {
        house.take(step);
    }
    assert_eq!(house.opened(), 1);
}

/// One that a page shows often: the phone says no three times, prompts pause, and begin again after twenty minutes.
#[test]
fn three_refusals_pause_prompts_and_the_pause_ends() {
    let mut house = House::new();
    house.take(Step::Begin { browser: 0 });
    for _ in 0..3 {
        house.take(Step::Ask { browser: 0, phone: 0 });
        house.take(Step::Answer {
            back: 0,
            phone: 0,
            say: Say::ChangedMind,
        });
    }
    let asked = house.asked();
    house.take(Step::Ask { browser: 0, phone: 0 });
    assert_eq!(house.asked(), asked);
    house.take(Step::Pass { seconds: 1200 });
    house.take(Step::Ask { browser: 0, phone: 0 });
    assert_eq!(house.asked(), asked + 1);
}
