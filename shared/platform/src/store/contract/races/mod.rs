//! Races: fifty requests let go together on warm connections, and what must hold however they fall.

pub(super) mod binding;
pub(super) mod bringing;
pub(super) mod counting;
pub(super) mod handed_out;
pub(super) mod house;
pub(super) mod single_use;

use futures::future::join_all;

use crate::store::{Saved, Store};

const RACERS: usize = 50;

/// How many rounds, if nobody asks for another number; `make soak` asks for a thousand.
pub(super) fn rounds(usual: usize) -> usize {
    std::env::var("COUNTERSIGN_ROUNDS")
        .ok()
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or(usual)
}

/// Opens a connection for each racer.
pub(super) async fn warm(store: &impl Store) {
    join_all((0..RACERS).map(|_| store.is_set_up())).await;
}

/// Lets all go together.
async fn race<T, F: Future<Output = T>>(racer: impl Fn(usize) -> F) -> Vec<T> {
    join_all((0..RACERS).map(racer)).await
}

#[track_caller]
fn assert_one_won(outcomes: impl IntoIterator<Item = Saved>) {
    assert_eq!(outcomes.into_iter().filter(|outcome| *outcome == Saved::Won).count(), 1);
}
