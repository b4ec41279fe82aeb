//! The activity function on Lambda.

use std::error::Error;

use countersign_activity::{State, router};
use countersign_platform::boot::Boot;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let boot = Boot::from_env("activity")?;
    let state = State::new(boot.house.clone(), &boot.store);
    boot.serve(router(state)).await
}
