//! What every function has at hand: the time, chance, the keys, the organization's numbers and name.

use std::sync::Arc;

use countersign_domain::activity::Event;
use countersign_domain::entropy::Entropy;
use countersign_domain::place::Place;
use countersign_domain::policy::Policy;
use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::clock::Clock;
use crate::fault::Fault;
use crate::http::Caller;
use crate::keys::Keys;
use crate::store::{Record, RecordActivity};

/// The same in every function.
#[derive(Clone)]
pub struct House {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub entropy: Arc<dyn Entropy>,
    /// The key ring, unwrapped when it is first needed.
    pub keys: Arc<dyn Keys>,
    /// The organization's numbers.
    pub policy: Policy,
    /// The one origin, no slash at the end.
    pub origin: Arc<str>,
    /// The organization's name.
    pub organization: Arc<str>,
    /// Where members find help.
    pub help_url: Option<Url>,
}

impl std::fmt::Debug for House {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("House")
            .field("origin", &self.origin)
            .finish_non_exhaustive()
    }
}

impl House {
    /// The time it is.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Appends a row of activity, kept as long as the organization keeps them.
    pub async fn record(&self, activity: &dyn RecordActivity, event: &Event) -> Result<(), Fault> {
        activity.record(event, self.kept_until(event)).await
    }

    /// A row of activity that is written with the change that it tells of.
    pub fn telling(&self, event: Event) -> Record {
        let expires_at = self.kept_until(&event);
        Record { event, expires_at }
    }

    fn kept_until(&self, event: &Event) -> Timestamp {
        let kept = SignedDuration::from_hours(24 * self.policy.activity_days);
        event.at.saturating_add(kept).unwrap_or(event.at)
    }
}

impl From<&Caller> for Place {
    fn from(caller: &Caller) -> Self {
        Self {
            address: Some(caller.address.clone()),
            place: caller.place.clone(),
            country: caller.country.clone(),
            network: caller.network.clone(),
            browser: caller.browser.clone(),
            os: caller.os.clone(),
            device_kind: Some(caller.device_kind.as_str().to_owned()),
        }
    }
}
