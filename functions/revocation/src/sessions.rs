//! `GET /api/v1/me/sessions`: where this account is signed in.

use axum::extract::State;
use countersign_domain::sessions::Session;
use countersign_domain::strengths::{amr, level};
use countersign_platform::http::agent::DeviceKind;
use countersign_platform::http::session::FullSession;
use countersign_platform::http::time::Time;
use countersign_platform::http::words::Level;
use countersign_platform::http::{ApiResult, Json, Problem};
use serde::Serialize;
use utoipa::ToSchema;

/// All live sessions, the current one first, then the latest.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Sessions {
    sessions: Vec<SessionView>,
}

/// One session.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Session)]
pub(crate) struct SessionView {
    /// `ses_…`; not a secret.
    id: String,
    /// Whether it is the one that asks.
    current: bool,
    /// Browser.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    browser: Option<String>,
    /// Operating system.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    os: Option<String>,
    /// The kind of machine.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<DeviceKind>)]
    device_kind: Option<String>,
    /// City and country; absent when not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    place: Option<String>,
    /// Network address at the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    address: Option<String>,
    /// When it began.
    started_at: Time,
    /// When it was last used, to within five minutes.
    last_seen_at: Time,
    /// When it ends at the latest.
    expires_at: Time,
    /// The methods that opened it, by name.
    methods: Vec<String>,
    /// How far their proofs reach.
    level: Level,
    /// How it was opened (RFC 8176).
    #[schema(value_type = Vec<String>, example = json!(["hwk", "mfa", "pwd"]))]
    amr: Vec<&'static str>,
}

impl SessionView {
    fn of(session: Session, current: &Session) -> Self {
        Self {
            current: session.id == current.id,
            id: session.id.to_string(),
            browser: session.place.browser,
            os: session.place.os,
            device_kind: session.place.device_kind,
            place: session.place.place,
            address: session.place.address,
            started_at: session.started_at.into(),
            last_seen_at: session.last_seen_at.into(),
            expires_at: session.expires_at.into(),
            level: level(&session.proofs).into(),
            amr: amr(&session.proofs),
            methods: session.proofs.into_iter().map(|proof| proof.name).collect(),
        }
    }
}

/// List sessions.
#[utoipa::path(
    get, path = "/api/v1/me/sessions", tag = "revocation",
    responses((status = 200, body = Sessions), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn sessions(
    State(state): State<crate::State>,
    FullSession(current): FullSession,
) -> ApiResult<Json<Sessions>> {
    let now = state.house.now();
    let mut alive: Vec<Session> = state.sessions.sessions(current.account).await?;
    alive.retain(|session| session.is_alive(&state.house.policy, now));
    alive.sort_by_key(|session| {
        (
            session.id != current.id,
            std::cmp::Reverse(session.last_seen_at),
            session.id.clone(),
        )
    });
    Ok(Json(Sessions {
        sessions: alive
            .into_iter()
            .map(|session| SessionView::of(session, &current))
            .collect(),
    }))
}
