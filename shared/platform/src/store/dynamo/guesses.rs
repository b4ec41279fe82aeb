//! Counts of wrong passwords: reserved before a password is compared, each on the condition that the one read is still the one stored.

use async_trait::async_trait;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue};
use countersign_domain::passwords::{Bucket, Guesses};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::DynamoStore;
use super::attribute::{LAST_TRY, TTL};
use super::key::Key;
use super::row::{encode, seconds};
use super::trouble::unique;
use super::write::{Write, attribute};
use crate::fault::Fault;
use crate::store::{Consistency, CountGuesses, Saved};

/// How long an hour's count is kept after its end.
const KEPT: SignedDuration = SignedDuration::from_hours(1);

/// What an hour of an address holds.
#[derive(Debug, Serialize, Deserialize)]
struct Hour {
    failures: u32,
}

/// On the condition that the count is still this one.
fn if_still(write: Write, seen: &Guesses) -> Result<Write, Fault> {
    if *seen == Guesses::default() {
        return Ok(write.if_absent());
    }
    let blocked_until = seen.attempts.blocked_until.as_ref().map(attribute).transpose()?;
    Ok(write
        .if_same("#fails", ":fails", Some(attribute(&seen.attempts.fails)?))
        .if_same("#blocked_until", ":blocked", blocked_until)
        .if_same("#wrong", ":wrong", Some(attribute(&seen.wrong)?)))
}

#[async_trait]
impl CountGuesses for DynamoStore {
    async fn guesses(&self, name: &str, bucket: Bucket) -> Result<Guesses, Fault> {
        let stored = self
            .read(
                "sessions: read guesses",
                &Key::guesses(name, bucket),
                Consistency::Strong,
            )
            .await?;
        Ok(stored.unwrap_or_default())
    }

    async fn reserve_guess(
        &self,
        name: &str,
        bucket: Bucket,
        seen: &Guesses,
        next: &Guesses,
        expires_at: Timestamp,
    ) -> Result<Saved, Fault> {
        // Two racers with the same password make the same row: only the try tells who wrote it.
        let attempt = unique();
        let put = Write::put(Key::guesses(name, bucket), encode(next)?)
            .until(expires_at)
            .with(LAST_TRY, &attempt);
        let written = self
            .write("sessions: reserve guess", if_still(put, seen)?, ReturnValue::None)
            .await?;
        Ok(written.saved_by(&attempt))
    }

    async fn clear_guesses(&self, name: &str, bucket: Bucket, reserved: &Guesses) -> Result<(), Fault> {
        let delete = if_still(Write::delete(Key::guesses(name, bucket)), reserved)?;
        self.write("sessions: clear guesses", delete, ReturnValue::None).await?;
        Ok(())
    }

    async fn address_failures(&self, address: &str, hour_ends: Timestamp) -> Result<u32, Fault> {
        let key = Key::address(address, hour_ends);
        let hour: Option<Hour> = self.read("sessions: read address", &key, Consistency::Eventual).await?;
        Ok(hour.map_or(0, |hour| hour.failures))
    }

    /// A failure whose reply is lost may count twice, never less than once.
    async fn count_address_failure(&self, address: &str, hour_ends: Timestamp) -> Result<(), Fault> {
        let until = hour_ends.saturating_add(KEPT).unwrap_or(hour_ends);
        let count = Write::update(
            Key::address(address, hour_ends),
            format!("SET #{TTL} = :ttl ADD #failures :one"),
        )
        .value(":ttl", seconds(until))
        .value(":one", AttributeValue::N("1".to_owned()));
        self.write("sessions: count address", count, ReturnValue::None).await?;
        Ok(())
    }
}
