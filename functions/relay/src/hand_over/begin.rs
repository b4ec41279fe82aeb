//! `POST /device/v1/hand-overs`: a code for the new phone.

use axum::extract::State;
use axum::http::StatusCode;
use countersign_domain::enrollment::{Enrollment, Stage};
use countersign_platform::http::{ApiResult, Json, Problem};

use super::{HandOver, person, show};
use crate::proof::Proven;

/// Begin to hand over to a new phone. Nothing changes until it is confirmed.
#[utoipa::path(
    post, path = "/device/v1/hand-overs", tag = "relay",
    params(("Countersign-Proof" = String, Header, description = "A proof, see docs/protocol.md.")),
    responses((status = 201, body = HandOver), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn begin_hand_over(
    State(state): State<crate::State>,
    proven: Proven,
) -> ApiResult<(StatusCode, Json<HandOver>)> {
    let (house, from) = (&state.house, &proven.authenticator);
    let person = person(&state, from).await?;
    let entropy = house.entropy.as_ref();
    let hand_over = Enrollment::begin(from.account, None, Stage::Pairing, &house.policy, entropy, house.now())
        .handed_over_by(from.id);
    let pairing = hand_over.pairing(house.keys.keyring().await?.pepper.expose(), &house.policy);
    state.enrollments.begin_enrollment(&hand_over, Some(&pairing)).await?;
    Ok((
        StatusCode::CREATED,
        Json(show::draw(&state, &hand_over, &person).await?),
    ))
}
