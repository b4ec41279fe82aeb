//! The rows themselves: damaged ones, small ones, and what is left after the database has cleaned up.

use std::collections::HashMap;
use std::sync::Arc;

use aws_sdk_dynamodb::types::AttributeValue;
use countersign_domain::enrollment::Stage;
use countersign_domain::passwords::{Bucket, Guesses};
use countersign_domain::policy::Policy;
use countersign_domain::prompts::Ledger;
use dynoxide::storage_backend::Clock;

use super::embedded::{self, Embedded};
use super::guesses::count;
use super::world::{
    ada, after, attempt, ceremony, event, full_ledger, generator, now, pending, person, phone, session, testing,
};
use crate::aws::Aws;
use crate::store::{
    BindMethods as _, Consistency, CountGuesses as _, KeepEnrollments as _, KeepPrompts as _, OpenSessions as _,
    ReadActivity as _, ReadPeople as _, ReadSessions as _, RecordActivity as _, Saved,
};

#[tokio::test]
async fn a_damaged_row_is_a_fault_that_names_its_place_and_not_what_it_holds() {
    let Embedded { endpoint, store, .. } = &embedded::open().await;
    let ada = ada(store, |id| vec![generator(id)]).await;
    let damage = Aws::at(endpoint).dynamodb().update_item().table_name("directory");
    damage
        .key("PK", AttributeValue::S(format!("ACCOUNT#{}", ada.account.id)))
        .key(
            "SK",
            AttributeValue::S(format!("AUTHENTICATOR#{}", ada.authenticators[0].id)),
        )
        .update_expression("SET added_at = :broken")
        .expression_attribute_values(":broken", AttributeValue::S("hunter2".to_owned()))
        .send()
        .await
        .unwrap();
    let place = format!(
        "row ACCOUNT#{} AUTHENTICATOR#{}, attribute added_at",
        ada.account.id, ada.authenticators[0].id
    );
    for fault in [
        store
            .person(ada.account.id, Consistency::Strong)
            .await
            .map(|_| ())
            .unwrap_err(),
        store
            .authenticator(ada.account.id, ada.authenticators[0].id, Consistency::Strong)
            .await
            .map(|_| ())
            .unwrap_err(),
    ] {
        assert_eq!(fault.to_string(), format!("damaged data in directory, {place}"));
        assert!(!format!("{fault:?} {}", fault.story()).contains("hunter2") && !fault.may_pass());
    }
}

#[tokio::test]
async fn cleaning_up_takes_what_is_past_its_end_and_leaves_what_has_none() {
    let database = dynoxide::Database::memory_with_clock(Arc::new(NextYear)).unwrap();
    let embedded = embedded::serve(&database).await;
    let store = &embedded.store;
    let ada = ada(store, |id| vec![generator(id), pending(phone(id)), pending(phone(id))]).await;
    let account = ada.account.id;
    let tested = ada.authenticators.iter().find(|one| one.expires_at.is_some()).unwrap();
    let ceremony = testing(tested);
    store.begin_enrollment(&ceremony, None).await.unwrap();
    let activation = ada.activate(tested.clone(), &Policy::default(), now()).unwrap();
    assert_eq!(store.activate(&activation, &ceremony, None).await.unwrap(), Saved::Won);
    let session = session(account, tested.id);
    store.open_session(&session).await.unwrap();
    store.record(&event(account, now()), after(60)).await.unwrap();

    assert_eq!(database.sweep_ttl().unwrap(), 3);

    let left = person(store, account).await.authenticators;
    assert_eq!(
        left.len(),
        2,
        "the pending one is gone, the one that was pending is not"
    );
    assert!(left.iter().any(|one| one.id == tested.id));
    assert!(store.session(account, &session.id).await.unwrap().is_none());
    assert!(store.activity(account, None, 20, now()).await.unwrap().items.is_empty());
}

/// A clock for the clean-up.
struct NextYear;

impl Clock for NextYear {
    fn now_unix_secs(&self) -> u64 {
        after(365 * 24 * 3600).as_second().cast_unsigned()
    }

    fn now_unix_secs_f64(&self) -> f64 {
        after(365 * 24 * 3600).as_duration().as_secs_f64()
    }
}

/// A row's size as the service counts it for its write units.
fn size(row: &HashMap<String, AttributeValue>) -> usize {
    row.iter().map(|(name, value)| name.len() + size_of_value(value)).sum()
}

fn size_of_value(value: &AttributeValue) -> usize {
    match value {
        AttributeValue::S(text) => text.len(),
        AttributeValue::N(digits) => digits.len() / 2 + 2,
        AttributeValue::L(list) => 3 + list.iter().map(|one| 1 + size_of_value(one)).sum::<usize>(),
        AttributeValue::M(map) => 3 + map.len() + size(map),
        _ => 1,
    }
}

#[tokio::test]
async fn what_is_written_often_is_one_write_unit() {
    let Embedded { endpoint, store, .. } = &embedded::open().await;
    let ada = ada(store, |id| vec![generator(id), phone(id)]).await;
    let account = ada.account.id;
    let ledger = Ledger {
        version: 1,
        ..full_ledger(account)
    };
    assert_eq!(store.save_ledger(&ledger, attempt()).await.unwrap(), Saved::Won);
    store
        .open_session(&session(account, ada.authenticators[0].id))
        .await
        .unwrap();
    store
        .begin_enrollment(
            &ceremony(
                account,
                Stage::Seed {
                    sealed_seed: "x".repeat(100),
                },
            ),
            None,
        )
        .await
        .unwrap();
    store.record(&event(account, now()), after(60)).await.unwrap();
    let (none, three) = (
        Guesses::default(),
        Guesses {
            wrong: vec!["x".repeat(16); 3],
            ..count(9)
        },
    );
    assert_eq!(
        store
            .reserve_guess(&"x".repeat(43), Bucket::Unfamiliar, &none, &three, after(60))
            .await
            .unwrap(),
        Saved::Won
    );
    let client = Aws::at(endpoint).dynamodb();
    for table in ["directory", "sessions", "activity"] {
        for row in client.scan().table_name(table).send().await.unwrap().items() {
            assert!(size(row) < 1024, "{} bytes: {row:?}", size(row));
        }
    }
}
