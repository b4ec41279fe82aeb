//! Delivery into memory, for tests: what would have gone out can be looked at.

use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use countersign_domain::delivery::{Channel, Delivery, Sent};

use super::Deliver;
use crate::http::ApiError;

/// Keeps what is sent, and answers as it is told to.
#[derive(Debug)]
pub struct Recorded {
    answer: Sent,
    sent: Mutex<Vec<Delivery>>,
}

impl Default for Recorded {
    fn default() -> Self {
        Self::answering(Sent::Sent)
    }
}

impl Recorded {
    /// One that answers so.
    pub const fn answering(answer: Sent) -> Self {
        Self {
            answer,
            sent: Mutex::new(Vec::new()),
        }
    }

    /// What was sent so far.
    pub fn sent(&self) -> Vec<Delivery> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[async_trait]
impl Deliver for Recorded {
    async fn register(&self, channel: Channel) -> Result<Channel, ApiError> {
        Ok(channel)
    }

    async fn deliver(&self, delivery: &Delivery) -> Sent {
        self.sent
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(delivery.clone());
        self.answer
    }

    fn places_calls(&self) -> bool {
        true
    }
}
