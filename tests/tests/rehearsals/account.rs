//! The synthetic account beside the real ones.

use std::collections::BTreeSet;
use std::sync::Arc;

use async_trait::async_trait;
use countersign_domain::accounts::{Account, Role, Status};
use countersign_domain::entropy::Seeded;
use countersign_domain::ids::AccountId;
use countersign_platform::clock::Clock as _;
use countersign_platform::fault::Fault;
use countersign_platform::store::{AdministerPeople, KeepInvitations as _, Page, ReadSessions as _, Record, Saved};
use countersign_rehearsal::{ACCOUNT, USER_NAME, answer};
use serde_json::{Value, json};

use crate::stage::{Stage, event};
use crate::version::Spoiled;

#[tokio::test]
async fn its_password_and_its_generator_are_new_each_time() {
    let stage = Stage::set(Spoiled::Healthy).await;
    let mut sent = BTreeSet::new();
    let mut seeds = BTreeSet::new();
    for _ in 0..3 {
        stage.rehearse().await;
        let person = stage.person().await.unwrap();
        seeds.insert(serde_json::to_string(&person.authenticators[0].binding).unwrap());
    }
    for (event, _) in stage.version.seen.lock().unwrap().iter() {
        let body: Value = serde_json::from_str(event["body"].as_str().unwrap_or("{}")).unwrap();
        sent.extend(body["password"].as_str().map(str::to_owned));
    }
    assert_eq!((sent.len(), seeds.len()), (6, 3));
}

/// What it signed in with opens nothing afterwards, not even for who wrote it down.
#[tokio::test]
async fn between_rehearsals_it_signs_nobody_in() {
    let stage = Stage::set(Spoiled::Healthy).await;
    stage.rehearse().await;
    let right = stage.version.seen.lock().unwrap()[1].0.clone();
    let body: Value = serde_json::from_str(right["body"].as_str().unwrap()).unwrap();
    assert_eq!(body["user_name"], USER_NAME);
    let browser = stage.world.browser();
    let answer = browser.post("/api/v1/sign-ins", body).await;
    assert_eq!((answer.status.as_u16(), answer.code()), (401, "sign_in.rejected"));
}

#[tokio::test]
async fn one_that_was_left_open_is_closed_by_the_next_rehearsal() {
    let stage = Stage::set(Spoiled::DeadFrom(0)).await;
    stage.rehearse().await;
    let store = &stage.world.parts.store;
    let id = ACCOUNT.parse().unwrap();
    // As if the function had been killed in the middle, or an administrator had enabled it.
    for left in [Status::Active, Status::Invited] {
        assert_eq!(
            store.move_status(id, Status::Disabled, left, None).await.unwrap(),
            Saved::Won
        );
        stage.rehearse().await;
        stage.is_clean().await;
    }
}

#[tokio::test]
async fn administrators_see_it_disabled_and_the_organization_can_still_be_set_up() {
    let stage = Stage::set(Spoiled::Healthy).await;
    stage.rehearse().await;
    let store = &stage.world.parts.store;
    let people = store.people(None, 10).await.unwrap().items;
    let seen: Vec<_> = people
        .iter()
        .map(|one| (one.user_name.as_str(), one.display_name.as_str(), one.role, one.status))
        .collect();
    assert_eq!(seen, [(USER_NAME, "Rehearsal", Role::Member, Status::Disabled)]);
    assert!(!store.is_set_up().await.unwrap());
    assert!(stage.world.parts.first_administrator_link().await.unwrap().is_some());
}

#[tokio::test]
async fn somebody_who_has_its_name_keeps_it_and_the_deployment_fails() {
    let stage = Stage::set(Spoiled::Healthy).await;
    let (store, now) = (&stage.world.parts.store, stage.world.clock.now());
    let id = AccountId::new(now, &Seeded::new("somebody"));
    let somebody = Account::invited(
        id,
        USER_NAME.parse().unwrap(),
        "Somebody".parse().unwrap(),
        None,
        Role::Member,
        now,
    );
    assert_eq!(store.create(&somebody, None).await.unwrap(), Saved::Won);
    let (said, succeeded) = stage.rehearse().await;
    let expected = json!({
        "outcome": "Failed", "step": "invite the account", "reason": "the user name countersign-rehearsal is somebody else's",
    });
    assert_eq!((said, succeeded), (expected, false));
    assert!(stage.person().await.is_none());
    assert_eq!(
        store.people(None, 10).await.unwrap().items[0].display_name.as_str(),
        "Somebody"
    );
}

/// A directory that disables nobody.
struct Stuck(Arc<dyn AdministerPeople>);

#[async_trait]
impl AdministerPeople for Stuck {
    async fn people(&self, after: Option<&str>, limit: u16) -> Result<Page<Account>, Fault> {
        self.0.people(after, limit).await
    }

    async fn create(&self, account: &Account, tell: Option<&Record>) -> Result<Saved, Fault> {
        self.0.create(account, tell).await
    }

    async fn move_status(
        &self,
        account: AccountId,
        from: Status,
        to: Status,
        tell: Option<&Record>,
    ) -> Result<Saved, Fault> {
        match to {
            Status::Disabled => Err(Fault::unavailable("directory: move account", "throttled")),
            Status::Active | Status::Invited => self.0.move_status(account, from, to, tell).await,
        }
    }
}

#[tokio::test]
async fn an_account_that_cannot_be_disabled_fails_the_deployment_and_its_sessions_end_all_the_same() {
    let mut stage = Stage::set(Spoiled::Remembers).await;
    stage.state.administer = Arc::new(Stuck(Arc::clone(&stage.state.administer)));
    let (said, succeeded) = stage.rehearse().await;
    // The play's own failure comes first; without one it is this.
    assert_eq!(
        (said["step"].as_str().unwrap(), succeeded),
        ("the session when it has ended", false)
    );
    let sessions = stage
        .world
        .parts
        .store
        .sessions(ACCOUNT.parse().unwrap())
        .await
        .unwrap();
    assert!(sessions.is_empty());

    let mut stage = Stage::set(Spoiled::Healthy).await;
    stage.state.administer = Arc::new(Stuck(Arc::clone(&stage.state.administer)));
    let said = answer(&stage.state, &event()).await.unwrap();
    assert_eq!(said["step"], "disable the account", "{said}");
}
