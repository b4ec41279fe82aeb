//! Who has an account, and how it stands, is not told: not by words, not by locks, not by time.

use std::time::{Duration, Instant};

use countersign_domain::accounts::{Account, Role, Status};
use countersign_domain::ids::AccountId;
use countersign_platform::store::{AdministerPeople as _, Saved};
use countersign_tests::{Metered, PASSWORD, World};

use crate::support::{guess, told};

/// Ada with a wrong password, nobody, a disabled account with the right one, one that was only invited.
const CASES: [(&str, &str); 5] = [
    ("ada", "wrong"),
    ("nobody", PASSWORD),
    ("disabled", PASSWORD),
    ("disabled", "wrong"),
    ("invited", PASSWORD),
];

async fn world() -> World {
    let world = World::start().await;
    people(&world).await;
    world
}

async fn people(world: &World) {
    world.member("ada").with_phone().with_totp().create().await;
    let disabled = world.member("disabled").with_phone().create().await.account;
    let moved = world
        .parts
        .store
        .move_status(disabled, Status::Active, Status::Disabled, None)
        .await
        .unwrap();
    assert_eq!(moved, Saved::Won);
    let id = AccountId::new(world.now(), world.parts.entropy.as_ref());
    let (name, greeted) = ("invited".parse().unwrap(), "Ivy".parse().unwrap());
    let invited = Account::invited(id, name, greeted, None, Role::Administrator, world.now());
    assert_eq!(world.parts.store.create(&invited, None).await.unwrap(), Saved::Won);
}

#[tokio::test]
async fn unknown_wrong_and_disabled_get_the_same_answer() {
    let world = world().await;
    let first = told(
        &guess(&world.browser(), "ada", "wrong")
            .await
            .expect_problem(401, "sign_in.rejected"),
    );
    for (name, password) in CASES {
        let answer = told(&guess(&world.browser(), name, password).await);
        assert_eq!(answer, first, "{name}");
    }
    // A name that nobody can have is no different from one that nobody has.
    for name in ["", "a b", "x#y", &"x".repeat(65), "\u{202e}ada"] {
        assert_eq!(told(&guess(&world.browser(), name, PASSWORD).await), first, "{name:?}");
    }
}

#[tokio::test]
async fn names_that_nobody_has_lock_like_those_that_somebody_has() {
    let world = world().await;
    let mut walks = Vec::new();
    for name in ["ada", "nobody", "disabled", "invited"] {
        let mut walk = Vec::new();
        for n in 0..11 {
            walk.push(told(&guess(&world.browser(), name, &format!("wrong {n}")).await));
        }
        walks.push(walk);
    }
    assert_eq!(walks[0][10].0, 429);
    assert!(walks.iter().all(|walk| *walk == walks[0]));
}

#[tokio::test]
async fn unknown_and_wrong_take_the_same_work() {
    let world = world().await;
    let cases: Vec<_> = CASES
        .into_iter()
        .filter(|case| *case != ("disabled", "wrong"))
        .collect();
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); cases.len()];
    for round in 0..12 {
        for (case, (name, password)) in cases.iter().copied().enumerate() {
            let browser = world.browser();
            let password = if password == PASSWORD {
                PASSWORD.to_owned()
            } else {
                format!("{password} {round}")
            };
            let started = Instant::now();
            guess(&browser, name, &password)
                .await
                .expect_problem(401, "sign_in.rejected");
            times[case].push(started.elapsed());
        }
        world.pass(3600);
    }
    // Hashing dominates; without it an answer takes a fraction. The middle of each is compared, far apart enough for a busy machine.
    let middles: Vec<Duration> = times.iter_mut().map(|times| middle(times)).collect();
    let (shortest, longest) = (middles.iter().min().unwrap(), middles.iter().max().unwrap());
    assert!(*longest < *shortest * 2, "{middles:?}");
}

/// Whoever times answers ranks them: that an answer for one kind of name takes longer than one for another must be about as likely as the other
/// way round (the statistic of Mann and Whitney, as a share of all pairs). A difference of a hash would put it at 0 or 1.
#[tokio::test]
async fn the_time_of_an_answer_does_not_tell_who_has_an_account() {
    const ROUNDS: u32 = 16;
    let world = world().await;
    world.member("eve").with_phone().create().await;
    // Locked names are answered without hashing, whether somebody has them or not: so a locked one is held against a locked one of nobody.
    for (one, other, locked) in [
        ("eve", "nobody", false),
        ("disabled", "nobody", false),
        ("ada", "noone", true),
    ] {
        for (name, n) in [one, other]
            .into_iter()
            .flat_map(|name| (0..11).map(move |n| (name, n)))
        {
            if locked {
                guess(&world.browser(), name, &format!("lock {n}")).await;
            }
        }
        let (mut first, mut second) = (Vec::new(), Vec::new());
        for round in 0..ROUNDS {
            let mut pair = [(one, &mut first), (other, &mut second)];
            // Which goes first alternates, so that what warms up or cools down on the machine is on nobody's side.
            if round % 2 == 1 {
                pair.reverse();
            }
            for (name, times) in pair {
                let browser = world.browser();
                let started = Instant::now();
                let answer = guess(&browser, name, &format!("wrong {round}")).await;
                times.push(started.elapsed());
                assert_eq!(answer.status == 429, locked, "{name}: {answer:?}");
            }
            if !locked {
                world.pass(3600);
            }
        }
        let share = greater(&first, &second);
        assert!(
            (0.05..=0.95).contains(&share),
            "{one} against {other}: {share:.2}, {first:?} {second:?}"
        );
    }
}

/// In which share of all pairs the first takes longer.
fn greater(first: &[Duration], second: &[Duration]) -> f64 {
    let pairs = first.iter().flat_map(|one| second.iter().map(move |other| one > other));
    let (longer, all) = pairs.fold((0_u32, 0_u32), |(longer, all), is| (longer + u32::from(is), all + 1));
    f64::from(longer) / f64::from(all)
}

#[tokio::test]
async fn unknown_and_wrong_ask_the_database_alike() {
    let (world, database) = Metered::start().await;
    people(&world).await;
    let mut costs = Vec::new();
    for (name, password) in CASES {
        let browser = world.browser();
        let (answer, cost) = database.cost(guess(&browser, name, password)).await;
        answer.expect_problem(401, "sign_in.rejected");
        costs.push((cost.trips, cost.reads.to_bits()));
    }
    assert!(costs.iter().all(|cost| *cost == costs[0]), "{costs:?}");
}

fn middle(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
