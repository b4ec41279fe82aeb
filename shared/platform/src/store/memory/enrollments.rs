//! Ceremonies and pairing codes, in memory.

use async_trait::async_trait;
use countersign_domain::enrollment::{Enrollment, Pairing};
use countersign_domain::ids::{AccountId, EnrollmentId};
use jiff::Timestamp;

use super::MemoryStore;
use crate::fault::Fault;
use crate::store::{KeepEnrollments, Saved};

#[async_trait]
impl KeepEnrollments for MemoryStore {
    async fn begin_enrollment(&self, enrollment: &Enrollment, pairing: Option<&Pairing>) -> Result<(), Fault> {
        let mut state = self.state();
        state
            .enrollments
            .insert((enrollment.account, enrollment.id), enrollment.clone());
        if let Some(pairing) = pairing {
            state.pairings.insert(pairing.id.clone(), pairing.clone());
        }
        Ok(())
    }

    async fn enrollment(&self, account: AccountId, id: EnrollmentId) -> Result<Option<Enrollment>, Fault> {
        Ok(self.state().enrollments.get(&(account, id)).cloned())
    }

    async fn save_enrollment(&self, enrollment: &Enrollment) -> Result<Saved, Fault> {
        let mut state = self.state();
        let before = enrollment.version.checked_sub(1);
        let stored = state.enrollments.get_mut(&(enrollment.account, enrollment.id));
        Ok(stored
            .filter(|stored| Some(stored.version) == before)
            .map_or(Saved::Lost, |stored| {
                *stored = enrollment.clone();
                Saved::Won
            }))
    }

    async fn end_enrollment(&self, account: AccountId, id: EnrollmentId) -> Result<(), Fault> {
        self.state().enrollments.remove(&(account, id));
        Ok(())
    }

    async fn take_pairing(&self, id: &str, now: Timestamp) -> Result<Option<Pairing>, Fault> {
        Ok(self
            .state()
            .pairings
            .remove(id)
            .filter(|pairing| now < pairing.expires_at))
    }
}
