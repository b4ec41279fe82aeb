//! A deployment that waits, a version to rehearse, and the function between them.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use countersign_domain::accounts::Status;
use countersign_domain::people::Person;
use countersign_platform::fault::Fault;
use countersign_platform::rehearsing::{Hook, ReportHook};
use countersign_platform::store::{Consistency, ReadPeople as _, ReadSessions as _};
use countersign_rehearsal::{ACCOUNT, State, answer};
use countersign_tests::World;
use serde_json::{Value, json};

use crate::version::{Spoiled, Version};

/// What the deployment was told.
#[derive(Default)]
pub(crate) struct Told(Mutex<Vec<(Hook, bool)>>);

#[async_trait]
impl ReportHook for Told {
    async fn report(&self, hook: &Hook, succeeded: bool) -> Result<(), Fault> {
        self.0.lock().unwrap().push((hook.clone(), succeeded));
        Ok(())
    }
}

pub(crate) struct Stage {
    pub(crate) world: World,
    pub(crate) state: State,
    pub(crate) version: Arc<Version>,
    told: Arc<Told>,
    events: AtomicUsize,
}

/// What `CodeDeploy` sends.
pub(crate) fn event() -> Value {
    numbered(0)
}

fn numbered(number: usize) -> Value {
    json!({ "DeploymentId": "d-EXAMPLE1", "LifecycleEventHookExecutionId": format!("eyJlbmNyeXB0ZWREYXRhIjoi{number}") })
}

impl Stage {
    pub(crate) async fn set(spoiled: Spoiled) -> Self {
        let world = World::start().await;
        let version = Arc::new(Version::of(&world, spoiled));
        let told = Arc::<Told>::default();
        let state = State::new(
            world.parts.house(),
            &world.parts.store,
            Arc::<Version>::clone(&version) as _,
            Arc::<Told>::clone(&told) as _,
        );
        Self {
            world,
            state,
            version,
            told,
            events: AtomicUsize::default(),
        }
    }

    /// The hook's whole run; what it answered and what the deployment was told.
    pub(crate) async fn rehearse(&self) -> (Value, bool) {
        let event = numbered(self.events.fetch_add(1, Ordering::SeqCst));
        let said = answer(&self.state, &event).await.unwrap();
        let told = self.told();
        assert_eq!(told.len(), 1, "a deployment is told once");
        assert_eq!(told[0].0, Hook::of(&event).unwrap());
        (said, told[0].1)
    }

    /// What the deployment was told since the last time.
    pub(crate) fn told(&self) -> Vec<(Hook, bool)> {
        std::mem::take(&mut *self.told.0.lock().unwrap())
    }

    /// Whether the deployment has been told anything.
    pub(crate) fn is_silent(&self) -> bool {
        self.told.0.lock().unwrap().is_empty()
    }

    pub(crate) async fn person(&self) -> Option<Person> {
        let account = ACCOUNT.parse().unwrap();
        self.world
            .parts
            .store
            .person(account, Consistency::Strong)
            .await
            .unwrap()
    }

    /// That the account can sign nobody in and holds nothing.
    pub(crate) async fn is_clean(&self) {
        let person = self.person().await.unwrap();
        assert_eq!(person.account.status, Status::Disabled);
        let sessions = self.world.parts.store.sessions(person.account.id).await.unwrap();
        assert!(sessions.is_empty(), "{sessions:?}");
    }
}
