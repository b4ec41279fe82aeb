//! Links: one lets one in, however many open it.

use countersign_domain::accounts::{Account, Role};
use countersign_domain::ids::AccountId;
use countersign_domain::invitations::{For, Invitation};
use countersign_platform::store::{AdministerPeople as _, KeepInvitations as _, ReadSessions as _, Saved};
use countersign_tests::{Answer, Browser, World};
use serde_json::{Value, json};

use super::race::{RACERS, Tally, is_alive, rounds, start, together, warm};

fn token(link: &str) -> String {
    link.rsplit_once("#token=").unwrap().1.to_owned()
}

/// A link for a person that an administrator has made.
async fn invited(world: &World, user_name: &str) -> (AccountId, String) {
    let (parts, now) = (&world.parts, world.now());
    let id = AccountId::new(now, parts.entropy.as_ref());
    let account = Account::invited(
        id,
        user_name.parse().unwrap(),
        user_name.parse().unwrap(),
        None,
        Role::Member,
        now,
    );
    assert_eq!(parts.store.create(&account, None).await.unwrap(), Saved::Won);
    let (invitation, link) = Invitation::new(
        For::Enrollment { account: id },
        &parts.policy,
        parts.entropy.as_ref(),
        now,
    );
    parts.store.invite(&invitation).await.unwrap();
    (id, token(link.link(&world.origin).expose()))
}

async fn accept(browser: Browser, body: Value) -> (Browser, Answer) {
    let answer = browser.post("/api/v1/invitations/accept", body).await;
    (browser, answer)
}

/// All accept at once; the browser that was let in.
async fn race(lane: &Browser, body: impl Fn(usize) -> Value) -> Browser {
    warm(lane).await;
    let entered = together((0..RACERS).map(|racer| accept(lane.stolen(), body(racer)))).await;
    let tally = Tally::of(entered.iter().map(|(_, answer)| answer), &["invitation.invalid"]);
    assert_eq!(tally.won(), 1, "{tally:?}");
    let (browser, _) = entered.into_iter().find(|(_, answer)| answer.status == 200).unwrap();
    browser
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_enrollment_link_lets_one_in() {
    let (world, lane) = start().await;
    for round in 0..rounds(1) {
        let (account, token) = invited(&world, &format!("ada{round}")).await;
        let password = |racer| format!("violet harbor sings quietly {racer}");
        let entered = race(&lane, |racer| json!({ "token": token, "password": password(racer) })).await;
        assert!(is_alive(&entered).await);
        assert_eq!(
            world.parts.store.sessions(account).await.unwrap().len(),
            1,
            "round {round}"
        );
        let again = lane
            .stolen()
            .post(
                "/api/v1/invitations/accept",
                json!({ "token": token, "password": password(99) }),
            )
            .await;
        again.expect_problem(410, "invitation.invalid");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_first_administrator_link_sets_up_one_account() {
    for round in 0..rounds(1) {
        let (world, lane) = start().await;
        let token = token(world.parts.first_administrator_link().await.unwrap().unwrap().expose());
        let password = "violet harbor sings quietly";
        let body = |racer| json!({ "token": token, "user_name": format!("first{racer}"), "display_name": "First", "password": password });
        let entered = race(&lane, body).await;
        assert!(is_alive(&entered).await);
        let people = world.parts.store.people(None, 100).await.unwrap().items;
        assert_eq!(
            (people.len(), people[0].role),
            (1, Role::Administrator),
            "round {round}"
        );
        assert!(world.parts.first_administrator_link().await.unwrap().is_none());
    }
}
