//! Every sample event, by function. The first of a route is the usual case.

mod activity;
mod administration;
mod direct;
mod enrollment;
mod portal;
mod relay;
mod revocation;
mod verification;

use crate::cast::Cast;
use crate::gateway::Event;

pub(crate) use direct::{Direct, direct};

/// A sample event: the file `events/<name>.json`.
pub(crate) struct Sample {
    pub(crate) name: &'static str,
    pub(crate) event: Event,
}

/// All of them.
pub(crate) fn samples(cast: &Cast) -> Vec<Sample> {
    let functions = [
        enrollment::events(cast),
        verification::events(cast),
        activity::events(cast),
        revocation::events(cast),
        relay::events(cast),
        administration::events(cast),
        portal::events(),
    ];
    let all = functions.into_iter().flatten();
    all.map(|(name, event)| Sample { name, event }).collect()
}
