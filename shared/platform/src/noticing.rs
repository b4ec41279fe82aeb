//! Telling a member of a change to their methods, over another channel than the one that was changed.

use countersign_domain::accounts::Account;
use countersign_domain::delivery::Sent;
use countersign_domain::methods::MethodKind;
use countersign_domain::notices::Change;
use countersign_domain::place::Place;

use crate::delivery::Deliver;
use crate::house::House;
use crate::telemetry::{Metric, metric};

/// What telling takes.
#[derive(Clone, Copy)]
pub struct Notifier<'a> {
    /// Time, the origin.
    pub house: &'a House,
    /// To send it.
    pub deliver: &'a dyn Deliver,
}

impl std::fmt::Debug for Notifier<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Notifier")
    }
}

impl Notifier<'_> {
    /// Tells of a change that was saved. It never fails what it tells of: a mail that could not be handed over is counted and logged where it
    /// was tried, and the record of the change stands in the member's activity.
    pub async fn tell(self, account: &Account, change: Change, (kind, name): (MethodKind, &str), place: &Place) {
        let Self { house, deliver } = self;
        let sent = match account.notice(change, (kind.method().title(), name), place, &house.origin, house.now()) {
            Some(notice) => deliver.deliver(&notice).await,
            None => Sent::NoChannel,
        };
        if sent == Sent::NoChannel {
            metric(Metric::Delivery {
                outcome: "no_channel",
                channel: "mail",
            });
        }
        if sent != Sent::Sent {
            tracing::warn!(
                account = %account.id,
                change = change.as_str(),
                "the member could not be told of a change to their methods"
            );
        }
    }
}
