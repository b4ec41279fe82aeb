//! `POST /api/v1/hardware-tokens/import`: a piece of a file of tokens, row by row; each row is kept by one write, or not at all.

use axum::extract::State;
use countersign_domain::refusal::Refusal;
use countersign_domain::secret::Secret;
use countersign_domain::tokens::import::{COLUMNS, Flaw, Row};
use countersign_domain::tokens::{Custody, HardwareToken};
use countersign_platform::fault::Fault;
use countersign_platform::http::session::FreshSession;
use countersign_platform::http::{ApiResult, Json, Problem};
use countersign_platform::seeds;
use countersign_platform::store::KeptToken;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rows::rows;

/// Rows that are written at the same time. A list is one partition of its index, which takes a thousand writes a second; eight at five to
/// ten milliseconds each stay near that, and ten thousand rows take some ten seconds.
const AT_ONCE: usize = 8;

/// A piece of a file.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImportTokens {
    /// The header line and any number of rows, as CSV. Like any body, the request is at most 64 kB: a longer file is sent in pieces, each
    /// with the header. Sending a piece again does no harm.
    #[schema(value_type = String, format = Password, example = "upn,serial number,secret key,time interval,manufacturer,model\n")]
    csv: Secret<String>,
    /// The line of the file that the first row of this piece is, so that flaws name the file's lines; 2, if it is not said.
    #[serde(default)]
    first_line: Option<u32>,
}

/// What became of a piece.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct TokensImported {
    /// Rows that were read.
    rows: usize,
    /// Those that are tokens now.
    imported: usize,
    /// Those that were there before, with the same seed; they are left as they are.
    already_there: usize,
    /// The others, each with what is wrong: nothing of them was kept.
    flaws: Vec<RowFlaw>,
}

/// A row that was not taken.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RowFlaw {
    /// Its line in the file.
    line: u64,
    /// Which column, from 1; absent where it is the whole row.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    column: Option<usize>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<String>)]
    column_name: Option<&'static str>,
    /// What is wrong.
    #[schema(value_type = String, example = "secret_key.invalid")]
    code: &'static str,
    /// What to do.
    #[schema(value_type = String)]
    fix: &'static str,
}

/// What became of a row.
enum Outcome {
    Imported,
    AlreadyThere,
    Flawed((Option<usize>, Flaw)),
}

/// Import hardware tokens.
///
/// Takes the columns `upn,serial number,secret key,time interval,manufacturer,model`. A row with a user name is kept for that person, one
/// without is available. Needs a proof not older than five minutes. Seeds are never shown again.
#[utoipa::path(
    post, path = "/api/v1/hardware-tokens/import", tag = "administration", request_body = ImportTokens,
    responses((status = 200, body = TokensImported), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn import_tokens(
    State(state): State<crate::State>,
    FreshSession(session): FreshSession,
    Json(request): Json<ImportTokens>,
) -> ApiResult<Json<TokensImported>> {
    state.administrator(&session).await?;
    let state = &state;
    let first = u64::from(request.first_line.unwrap_or(2));
    let rows = rows(request.csv.expose())?;
    let mut outcomes = stream::iter(rows)
        .map(|(line, row)| async move {
            let outcome = match row {
                Ok(row) => keep(state, row).await?,
                Err(flaw) => Outcome::Flawed(flaw),
            };
            Ok::<_, Fault>((line.saturating_sub(2).saturating_add(first), outcome))
        })
        .buffered(AT_ONCE);
    let mut done = TokensImported::default();
    while let Some((line, outcome)) = outcomes.try_next().await? {
        done.rows += 1;
        match outcome {
            Outcome::Imported => done.imported += 1,
            Outcome::AlreadyThere => done.already_there += 1,
            Outcome::Flawed((column, flaw)) => done.flaws.push(RowFlaw {
                line,
                column,
                column_name: column.and_then(|column| COLUMNS.get(column.checked_sub(1)?).copied()),
                code: flaw.code(),
                fix: flaw.fix(),
            }),
        }
    }
    if done.rows == 0 {
        return Err(Refusal::ImportInvalid("There is no row below the first line.").into());
    }
    Ok(Json(done))
}

/// Keeps the token of a row, unless one of its serial number is there.
async fn keep(state: &crate::State, row: Row) -> Result<Outcome, Fault> {
    let custody = match row.user_name {
        None => Custody::Available,
        Some(user_name) => match state.people.account_named(&user_name).await? {
            Some(holder) => Custody::Assigned { holder, user_name },
            None => return Ok(Outcome::Flawed((Some(1), Flaw::UpnUnknown))),
        },
    };
    let token = HardwareToken {
        sealed_seed: seeds::seal_kept(&state.house, &row.serial, &row.seed).await?,
        serial: row.serial,
        manufacturer: row.manufacturer,
        model: row.model,
        period: row.period,
        mark: None,
        added_at: state.house.now(),
        version: 0,
        custody,
    };
    let KeptToken::There(there) = state.tokens.keep_token(&token).await? else {
        return Ok(Outcome::Imported);
    };
    let kept = seeds::open_kept(&state.house, &there.serial, &there.sealed_seed).await?;
    Ok(if kept.matches(row.seed.expose()) {
        Outcome::AlreadyThere
    } else {
        Outcome::Flawed((Some(2), Flaw::SerialTaken))
    })
}
