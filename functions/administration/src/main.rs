//! The administration function on Lambda.

use std::error::Error;

use countersign_administration::{State, operator, router};
use countersign_platform::boot::Boot;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let boot = Boot::from_env("administration")?;
    let state = State::new(boot.house.clone(), &boot.store, boot.deliver.clone());
    let acting = state.clone();
    let act = move |event| {
        let state = acting.clone();
        async move { operator::answer(&state, &event).await }
    };
    boot.serve_and_act(router(state), act).await
}
