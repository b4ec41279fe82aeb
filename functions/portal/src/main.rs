//! The portal function on Lambda.

use std::error::Error;

use countersign_platform::boot::Boot;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    Boot::from_env("portal")?.serve(countersign_portal::router()).await
}
