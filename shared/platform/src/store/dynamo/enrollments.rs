//! Ceremonies and pairing codes.

use async_trait::async_trait;
use aws_sdk_dynamodb::types::ReturnValue;
use countersign_domain::enrollment::{Enrollment, Pairing};
use countersign_domain::ids::{AccountId, EnrollmentId};
use jiff::Timestamp;

use super::attribute::LAST_TRY;
use super::key::Key;
use super::row::{decode, encode, text};
use super::send::Written;
use super::trouble::unique;
use super::write::{Act, Write};
use super::{DynamoStore, Table};
use crate::fault::Fault;
use crate::store::{Consistency, KeepEnrollments, Saved};

pub(super) fn put(enrollment: &Enrollment) -> Result<Write, Fault> {
    let key = Key::enrollment(enrollment.account, enrollment.id);
    Ok(Write::put(key, encode(enrollment)?).until(enrollment.expires_at))
}

#[async_trait]
impl KeepEnrollments for DynamoStore {
    async fn begin_enrollment(&self, enrollment: &Enrollment, pairing: Option<&Pairing>) -> Result<(), Fault> {
        let mut writes = vec![put(enrollment)?];
        if let Some(pairing) = pairing {
            writes.push(Write::put(Key::pairing(&pairing.id), encode(pairing)?).until(pairing.expires_at));
        }
        let rows = writes
            .into_iter()
            .filter_map(|write| if let Act::Put(row) = write.act { Some(row) } else { None });
        self.batch("sessions: begin enrollment", Table::Sessions, rows.collect(), &[])
            .await
    }

    async fn enrollment(&self, account: AccountId, id: EnrollmentId) -> Result<Option<Enrollment>, Fault> {
        self.read(
            "sessions: read enrollment",
            &Key::enrollment(account, id),
            Consistency::Strong,
        )
        .await
    }

    async fn save_enrollment(&self, enrollment: &Enrollment) -> Result<Saved, Fault> {
        let Some(before) = enrollment.version.checked_sub(1) else {
            return Ok(Saved::Lost); // nothing has a version below 0
        };
        let attempt = unique();
        let save = put(enrollment)?
            .with(LAST_TRY, &attempt)
            .when("#version = :before")
            .number(":before", before);
        Ok(self
            .write("sessions: save enrollment", save, ReturnValue::None)
            .await?
            .saved_by(&attempt))
    }

    async fn end_enrollment(&self, account: AccountId, id: EnrollmentId) -> Result<(), Fault> {
        let end = Write::delete(Key::enrollment(account, id));
        self.write("sessions: end enrollment", end, ReturnValue::None).await?;
        Ok(())
    }

    /// A code that was taken keeps its row until its end, with the name of the try that took it: a taker whose reply was lost still gets it.
    async fn take_pairing(&self, id: &str, now: Timestamp) -> Result<Option<Pairing>, Fault> {
        let attempt = unique();
        let take = Write::update(Key::pairing(id), format!("SET #{LAST_TRY} = :try"))
            .if_there()
            .if_alive(now)
            .when(format!("attribute_not_exists(#{LAST_TRY})"))
            .text(":try", &attempt);
        let row = match self
            .write("sessions: take pairing code", take, ReturnValue::AllNew)
            .await?
        {
            Written::Done(row) => row,
            Written::Refused(Some(row)) if text(&row, LAST_TRY) == Some(&attempt) => row,
            Written::Refused(_) => return Ok(None),
        };
        let pairing: Pairing = decode(Table::Sessions, row)?;
        Ok(Some(pairing).filter(|pairing| now < pairing.expires_at))
    }
}
