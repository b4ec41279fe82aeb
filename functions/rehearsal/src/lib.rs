//! Tries a new version of verification before anybody else does: the hook that `CodeDeploy` calls before traffic moves to it.
//!
//! A synthetic account signs in at that version, invoked directly, with a password and a code that are new each time. If a step goes
//! otherwise than it must, the deployment is told so and rolls back. Whatever happens, the account is left disabled and without sessions.
//!
//! # What its role needs
//! With `D`, `S` the tables `directory` and `sessions`, and `A` = `ACCOUNT#acc_0000000000000000000REHEARS`. Partition keys are for
//! `dynamodb:LeadingKeys`, so that the role reaches no account but its own:
//!
//! | port | actions | on | leading keys |
//! |---|---|---|---|
//! | `ReadPeople` | `Query` | `D` | `A` |
//! | `AdministerPeople` | `PutItem`, `UpdateItem` | `D` | `A`, `NAME#countersign-rehearsal` |
//! | `KeepInvitations` | `UpdateItem` | `D` | `A` |
//! | | `PutItem`, `DeleteItem` | `S` | `A`, `INVITATION#*` |
//! | `KeepEnrollments` | `BatchWriteItem` | `S` | `A` |
//! | `BindMethods` | `PutItem`, `UpdateItem`, `DeleteItem` | `D` | `A` |
//! | | `DeleteItem` | `S` | `A` |
//! | `TakeOnce` | `PutItem` | `S` | `PROOF#*` |
//! | `ReadSessions` | `Query` | `S` | `A` |
//! | `EndSessions` | `BatchWriteItem`, `DeleteItem` | `S` | `A` |
//! | `InvokeVersion` | `lambda:InvokeFunction` | verification's ARN with `:*` | |
//! | `ReportHook` | `codedeploy:PutLifecycleEventHookExecutionStatus` | verification's deployment group | |
//!
//! Creating, entering and binding are transactions of several rows; where one touches several partitions, their keys stand together in a
//! statement (`infra/ports.yaml`). Beside that it has what each function with keys and tables has: `secretsmanager:GetSecretValue` on the
//! secret, the KMS key by way of Secrets Manager and DynamoDB, its own log. It takes at most a minute and a half (`Timeout: 120`), and two
//! at once would take the account from each other. `CodeDeploy`'s own role must be allowed to invoke it; AWS's managed policy allows that
//! only for names that begin with `CodeDeployHook_`.

mod browser;
mod failure;
mod play;
mod stand_in;

use std::sync::Arc;

use countersign_domain::encoding::{base64url, sha256};
use countersign_platform::fault::Fault;
use countersign_platform::house::House;
use countersign_platform::rehearsing::{Hook, InvokeVersion, ReportHook};
use countersign_platform::store::{
    AdministerPeople, BindMethods, EndSessions, KeepEnrollments, KeepInvitations, ReadPeople, ReadSessions, Saved,
    TakeOnce,
};
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::failure::Failure;

pub use stand_in::{ACCOUNT, USER_NAME};

/// How long an event stays taken. Copies come at once; Lambda's own retry of one that died, or could not report, comes a minute after its
/// end, and must not be taken for a copy.
const TAKEN: SignedDuration = SignedDuration::from_secs(55);

/// What this function may touch; its role in the template says the same.
#[derive(Clone)]
pub struct State {
    /// Time, chance, keys, policy.
    pub house: House,
    /// The account, read.
    pub people: Arc<dyn ReadPeople>,
    /// The account, made and disabled.
    pub administer: Arc<dyn AdministerPeople>,
    /// Its password, set as anybody's is: by a link.
    pub invitations: Arc<dyn KeepInvitations>,
    /// Its code generator, bound as anybody's is: by a ceremony.
    pub enrollments: Arc<dyn KeepEnrollments>,
    /// The generator.
    pub bind: Arc<dyn BindMethods>,
    /// Its events, each good once.
    pub once: Arc<dyn TakeOnce>,
    /// Its sessions, read.
    pub sessions: Arc<dyn ReadSessions>,
    /// Its sessions, ended.
    pub end: Arc<dyn EndSessions>,
    /// What is rehearsed.
    pub version: Arc<dyn InvokeVersion>,
    /// Who waits for it.
    pub deployments: Arc<dyn ReportHook>,
}

impl State {
    /// Takes each port on the tables from one store.
    pub fn new<T>(
        house: House,
        store: &Arc<T>,
        version: Arc<dyn InvokeVersion>,
        deployments: Arc<dyn ReportHook>,
    ) -> Self
    where
        T: ReadPeople
            + AdministerPeople
            + KeepInvitations
            + KeepEnrollments
            + BindMethods
            + TakeOnce
            + ReadSessions
            + EndSessions
            + 'static,
    {
        Self {
            house,
            people: Arc::<T>::clone(store),
            administer: Arc::<T>::clone(store),
            invitations: Arc::<T>::clone(store),
            enrollments: Arc::<T>::clone(store),
            bind: Arc::<T>::clone(store),
            once: Arc::<T>::clone(store),
            sessions: Arc::<T>::clone(store),
            end: Arc::<T>::clone(store),
            version,
            deployments,
        }
    }
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("rehearsal::State")
    }
}

/// Answers `{"DeploymentId":"…","LifecycleEventHookExecutionId":"…"}` by a rehearsal whose outcome the deployment is told. Any other event
/// is somebody who tries it by hand: it is rehearsed, and only the answer says how it went.
///
/// Lambda may deliver an event more than once: whoever comes second neither rehearses nor tells, for two at once would take the account
/// from each other. A retry of one that failed is rehearsed again.
pub async fn answer(state: &State, event: &Value) -> Result<Value, Fault> {
    let hook = Hook::of(event);
    if let Some(hook) = &hook
        && take(state, hook).await? == Saved::Lost
    {
        tracing::warn!("this event was delivered before");
        return Ok(json!({ "outcome": "Repeated" }));
    }
    let outcome = rehearse(state).await;
    if let Err(Failure { step, reason }) = &outcome {
        tracing::error!(
            step,
            reason = reason.as_str(),
            "the rehearsal failed at “{step}”: {reason}"
        );
    } else {
        tracing::info!("the rehearsal succeeded");
    }
    if let Some(hook) = hook {
        state
            .deployments
            .report(&hook, outcome.is_ok())
            .await
            .inspect_err(|fault| {
                tracing::error!(error.message = fault.story(), "the deployment could not be told");
            })?;
    }
    Ok(match outcome {
        Ok(()) => json!({ "outcome": "Succeeded" }),
        Err(Failure { step, reason }) => json!({ "outcome": "Failed", "step": step, "reason": reason }),
    })
}

/// Takes the event.
async fn take(state: &State, hook: &Hook) -> Result<Saved, Fault> {
    let key = base64url(sha256(format!("rehearsal|{hook:?}")));
    let now = state.house.now();
    let end = now.saturating_add(TAKEN).unwrap_or(now);
    state.once.take_once(&key, now, end).await
}

/// Lets the stand-in in, plays the sign-in, and takes it out again, whatever became of the play.
async fn rehearse(state: &State) -> Result<(), Failure> {
    let played = play::within_its_time(state).await;
    let left = stand_in::leave(state).await;
    played.and(left)
}
