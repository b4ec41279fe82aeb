//! The enrollment function on Lambda.

use std::error::Error;

use countersign_enrollment::{State, router};
use countersign_platform::boot::Boot;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let boot = Boot::from_env("enrollment")?;
    let state = State::new(boot.house.clone(), &boot.store, boot.deliver.clone());
    boot.serve(router(state)).await
}
