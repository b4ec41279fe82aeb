//! The rehearsal function on Lambda.

use std::error::Error;

use countersign_platform::boot::Boot;
use countersign_rehearsal::{State, answer};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let boot = Boot::from_env("rehearsal")?;
    let state = State::new(boot.house.clone(), &boot.store, boot.rehearsed()?, boot.deployments());
    boot.act(move |event| {
        let state = state.clone();
        async move { answer(&state, &event).await }
    })
    .await
}
