//! The part of the platform's answers that passkeys give: a refusal, or a fault.

use countersign_domain::refusal::Refusal;

use crate::fault::Fault;

pub type ApiResult<T> = Result<T, ApiError>;

#[derive(Debug)]
pub enum ApiError {
    Refused(Refusal),
    Failed(#[expect(dead_code, reason = "told when a target fails")] Fault),
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Fault> for ApiError {
    fn from(fault: Fault) -> Self {
        Self::Failed(fault)
    }
}
