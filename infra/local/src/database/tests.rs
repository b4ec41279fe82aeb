//! The embedded database: what it keeps, what it cleans up, how it stops.

use countersign_domain::accounts::{Account, Role};
use countersign_domain::entropy::Seeded;
use countersign_domain::ids::AccountId;
use countersign_platform::store::{AdministerPeople as _, Consistency, ReadPeople as _, Saved};
use jiff::Timestamp;

use super::*;

fn ada() -> Account {
    let id = AccountId::new(Timestamp::UNIX_EPOCH, &Seeded::new("ada"));
    Account::invited(
        id,
        "ada".parse().unwrap(),
        "Ada".parse().unwrap(),
        None,
        Role::Member,
        Timestamp::UNIX_EPOCH,
    )
}

#[tokio::test]
async fn what_is_written_to_a_file_is_there_when_it_is_opened_again() {
    let folder = std::env::temp_dir().join(format!("countersign-{}", std::process::id()));
    let file = folder.join("database.sqlite");
    for expected in [Saved::Won, Saved::Lost] {
        let database = open(Some(&file)).await.unwrap();
        assert_eq!(database.store().create(&ada(), None).await.unwrap(), expected);
        let person = database.store().person(ada().id, Consistency::Strong).await.unwrap();
        assert_eq!(person.unwrap().account.user_name.as_str(), "ada");
        database.close().await;
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn each_table_lets_its_rows_expire_by_the_same_attribute() {
    let database = open(None).await.unwrap();
    for table in tables().unwrap() {
        let name = table.table_name.unwrap();
        let described = database
            .client()
            .describe_time_to_live()
            .table_name(name)
            .send()
            .await
            .unwrap();
        assert_eq!(
            described.time_to_live_description.unwrap().attribute_name.as_deref(),
            Some("ttl")
        );
    }
}

/// A session of a test's clock may be past its end by the machine's.
#[tokio::test]
async fn what_is_in_memory_is_not_cleaned_up_by_the_clock_of_the_machine() {
    assert_eq!(open(None).await.unwrap().tasks.len(), 1, "the server alone");
}

#[tokio::test]
async fn a_closed_database_takes_no_more_requests() {
    let database = open(None).await.unwrap();
    let store = database.store();
    database.close().await;
    assert!(store.person(ada().id, Consistency::Strong).await.is_err());
}
