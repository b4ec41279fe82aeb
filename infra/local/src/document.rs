//! The OpenAPI document: generated from the routes of every function.

use utoipa::openapi::OpenApi;
use utoipa::openapi::info::{InfoBuilder, LicenseBuilder};
use utoipa_axum::router::OpenApiRouter;

/// The document of the whole API.
pub fn document() -> OpenApi {
    let mut document = OpenApi::new(
        InfoBuilder::new()
            .title("Countersign")
            .version(env!("CARGO_PKG_VERSION"))
            .description(Some(
                "Security info and multi-factor sign-in. Errors are problem documents (RFC 9457).",
            ))
            .license(Some(
                LicenseBuilder::new()
                    .name("Apache-2.0")
                    .identifier(Some("Apache-2.0"))
                    .build(),
            ))
            .build(),
        utoipa::openapi::Paths::new(),
    );
    for part in [
        of(countersign_enrollment::routes()),
        of(countersign_verification::routes()),
        of(countersign_activity::routes()),
        of(countersign_revocation::routes()),
        of(countersign_relay::routes()),
        of(countersign_administration::routes()),
    ] {
        document.merge(part);
    }
    document
}

fn of<S: Clone + Send + Sync + 'static>(routes: OpenApiRouter<S>) -> OpenApi {
    routes.into_openapi()
}

/// The document as it is committed: JSON with a line break at the end.
pub fn json() -> Result<String, serde_json::Error> {
    Ok(document().to_pretty_json()? + "\n")
}
