//! The revocation function on Lambda.

use std::error::Error;

use countersign_platform::boot::Boot;
use countersign_revocation::{State, router};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let boot = Boot::from_env("revocation")?;
    let state = State::new(boot.house.clone(), &boot.store, boot.deliver.clone());
    boot.serve(router(state)).await
}
