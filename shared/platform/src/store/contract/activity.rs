//! Facts of activity.

use countersign_domain::activity::{Claim, Event};
use countersign_domain::ids::AccountId;

use super::world::{after, event, now};
use crate::entropy::SystemEntropy;
use crate::store::{Page, Store};

/// So many rows, a second apart, the oldest first, each kept for an hour.
async fn happened(store: &impl Store, count: i64) -> Vec<Event> {
    let account = AccountId::new(now(), &SystemEntropy);
    let mut events = Vec::new();
    for second in 0..count {
        let event = event(account, after(second));
        store.record(&event, after(second + 3600)).await.unwrap();
        events.push(event);
    }
    events
}

async fn page(store: &impl Store, of: AccountId, after: Option<&str>, limit: u16) -> Page<Event> {
    let after = after.map(|cursor| cursor.parse().unwrap());
    store.activity(of, after, limit, now()).await.unwrap()
}

pub(super) async fn the_newest_comes_first_and_no_page_is_empty(store: &impl Store) {
    let mut events = happened(store, 6).await;
    happened(store, 2).await;
    events.reverse();
    let mut listed = Vec::new();
    let mut next: Option<String> = None;
    for last in [false, false, true] {
        let page = page(store, events[0].account, next.as_deref(), 2).await;
        assert_eq!((page.items.len(), page.next.is_none()), (2, last));
        listed.extend(page.items);
        next = page.next;
    }
    assert_eq!(listed, events);
}

pub(super) async fn who_did_nothing_has_an_empty_page(store: &impl Store) {
    let nobody = AccountId::new(now(), &SystemEntropy);
    let page = page(store, nobody, None, 20).await;
    assert!(page.items.is_empty() && page.next.is_none());
}

pub(super) async fn rows_past_their_end_are_left_out_though_they_still_stand(store: &impl Store) {
    let events = happened(store, 6).await;
    let account = events[0].account;
    let listed = store.activity(account, None, 20, after(3602)).await.unwrap();
    assert_eq!((listed.items.len(), listed.next), (3, None)); // those of seconds 3, 4 and 5
    let first = store.activity(account, None, 2, after(3602)).await.unwrap();
    let rest = store
        .activity(account, first.next.unwrap().parse().ok(), 2, after(3602))
        .await
        .unwrap();
    assert_eq!((rest.items.len(), rest.next), (1, None));
    assert!(
        store
            .activity(account, None, 20, after(4000))
            .await
            .unwrap()
            .items
            .is_empty()
    );
}

pub(super) async fn a_member_says_of_a_row_what_it_was_and_may_think_again(store: &impl Store) {
    let events = happened(store, 2).await;
    let (row, other) = (&events[0], &events[1]);
    for claim in [Claim::NotMe, Claim::Me] {
        let claimed = store.claim(row.account, row.id, claim).await.unwrap();
        assert_eq!(
            claimed,
            Some(Event {
                claim: Some(claim),
                ..row.clone()
            })
        );
    }
    let listed = page(store, row.account, None, 20).await;
    assert_eq!(
        listed.items,
        [
            other.clone(),
            Event {
                claim: Some(Claim::Me),
                ..row.clone()
            }
        ]
    );
}

pub(super) async fn no_row_is_made_by_a_claim(store: &impl Store) {
    let row = happened(store, 1).await.remove(0);
    let stranger = AccountId::new(now(), &SystemEntropy);
    assert_eq!(store.claim(stranger, row.id, Claim::NotMe).await.unwrap(), None);
    assert!(page(store, stranger, None, 20).await.items.is_empty());
}

pub(super) async fn a_row_that_is_sent_again_changes_nothing(store: &impl Store) {
    let row = happened(store, 1).await.remove(0);
    store.claim(row.account, row.id, Claim::NotMe).await.unwrap();
    store.record(&row, after(3600)).await.unwrap();
    assert_eq!(
        page(store, row.account, None, 20).await.items[0].claim,
        Some(Claim::NotMe)
    );
}
