//! `POST /api/v1/sign-ins/phone`: a user name, and a number for a phone that unlocks; no password.

use axum::extract::State;
use axum::http::HeaderMap;
use countersign_domain::methods::rules::MethodsPolicy;
use countersign_domain::names::{MethodName, UserName};
use countersign_domain::passwords::Bucket;
use countersign_domain::people::Person;
use countersign_domain::place::Place;
use countersign_domain::prompts::Ledger;
use countersign_domain::refusal::Refusal;
use countersign_domain::sign_in::passwordless::Asked;
use countersign_domain::sign_in::{Choosing, ReturnTo, SignIn};
use countersign_platform::fault::Fault;
use countersign_platform::http::{ApiError, ApiResult, Caller, Json, Problem, SetCookie};
use countersign_platform::prompting::{Ask, Opened};
use countersign_platform::store::Consistency;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::guessing::{address_key, hour_ends};
use crate::prompt::{APP, shown};
use crate::under_way;
use crate::view::View;

/// Who wants in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StartByPhone {
    /// As typed; case does not matter.
    user_name: String,
    /// Where the person was going: a path of this site.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    return_to: Option<ReturnTo>,
}

/// Start a sign-in without a password.
///
/// Shows a number to type on the phone, which must unlock. A browser that this person has signed in from is told if that is not possible
/// (`passwordless.not_available`), and its request is announced on the phone. Any other browser always gets a number, also for an unknown
/// name, and no notification is sent: the member opens the app.
#[utoipa::path(
    post, path = "/api/v1/sign-ins/phone", tag = "verification", request_body = StartByPhone,
    responses((status = 200, body = View), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(crate) async fn phone(
    State(state): State<crate::State>,
    headers: HeaderMap,
    caller: Caller,
    Json(request): Json<StartByPhone>,
) -> ApiResult<(SetCookie, Json<View>)> {
    let name: UserName = request.user_name.parse()?;
    let attempt = Attempt {
        state: &state,
        caller: &caller,
        name,
        return_to: request.return_to,
    };
    attempt.begin(&headers).await
}

/// One attempt.
pub(crate) struct Attempt<'a> {
    pub(crate) state: &'a crate::State,
    pub(crate) caller: &'a Caller,
    pub(crate) name: UserName,
    pub(crate) return_to: Option<ReturnTo>,
}

impl Attempt<'_> {
    /// Opens a prompt and shows its number.
    pub(crate) async fn begin(self, headers: &HeaderMap) -> ApiResult<(SetCookie, Json<View>)> {
        let familiar = under_way::bucket(self.state, headers, &self.name).await? == Bucket::Familiar;
        if !familiar {
            self.count().await?;
        }
        let pepper = self.state.house.keys.keyring().await?.pepper.expose().as_slice();
        let nobody = Asked::nobody(pepper, &self.name);
        let account = self.state.people.account_named(&self.name).await?;
        // An unknown name reads somebody who is not there: the time that a read takes must not tell which names exist.
        let (person, ledger) = tokio::try_join!(
            self.state
                .people
                .person(account.unwrap_or(nobody.account), Consistency::Strong),
            self.state
                .prompts
                .ledger(account.unwrap_or(nobody.account), Consistency::Eventual),
        )?;
        match self.ask(person.as_ref(), ledger, !familiar).await {
            Err(ApiError::Refused(_)) if !familiar => self.ask_nobody(nobody).await,
            asked => asked,
        }
    }

    /// Counts the attempt against the caller's address: each shows a number to somebody who has proven nothing.
    async fn count(&self) -> ApiResult<()> {
        let house = &self.state.house;
        let pepper = house.keys.keyring().await?.pepper.expose().as_slice();
        let (address, hour) = (address_key(pepper, self.caller), hour_ends(house.now()));
        if self.state.guesses.address_failures(&address, hour).await? >= house.policy.address_failures {
            return Err(Refusal::AttemptsExhausted(hour).into());
        }
        Ok(self.state.guesses.count_address_failure(&address, hour).await?)
    }

    async fn ask(&self, person: Option<&Person>, ledger: Ledger, quiet: bool) -> ApiResult<(SetCookie, Json<View>)> {
        let person = person.ok_or(Refusal::PasswordlessNotAvailable)?;
        let phone = person.passwordless_phone(&self.state.house.policy)?;
        let name = if quiet { unnamed()? } else { phone.name.clone() };
        let sign_in = self.sign_in(Asked::somebody(person, phone), name);
        let place = Place::from(self.caller);
        let mut ask = Ask::to(phone, &person.rules, sign_in.purpose(), APP, &place);
        if quiet {
            ask.channel = None;
        }
        let opened = self.state.prompter().open_over(ledger, ask).await?;
        self.shown(sign_in, &opened).await
    }

    /// The attack: learn from the answer which names exist, and which of them have such a phone. Nobody can answer this prompt; it waits and
    /// expires like any other.
    async fn ask_nobody(&self, nobody: Asked) -> ApiResult<(SetCookie, Json<View>)> {
        let sign_in = self.sign_in(nobody, unnamed()?);
        let place = Place::from(self.caller);
        let ask = Ask {
            account: nobody.account,
            phone: nobody.phone,
            channel: None,
            rules: &MethodsPolicy::default(),
            purpose: sign_in.purpose(),
            app: APP,
            place: &place,
        };
        let opened = self.state.prompter().open(ask).await?;
        self.shown(sign_in, &opened).await
    }

    async fn shown(&self, sign_in: SignIn<Choosing>, opened: &Opened) -> ApiResult<(SetCookie, Json<View>)> {
        let way = sign_in.way(None)?.clone();
        let (cookie, view) = shown(self.state, sign_in, way, opened).await?;
        Ok((cookie, Json(view)))
    }

    fn sign_in(&self, asked: Asked, phone: MethodName) -> SignIn<Choosing> {
        let house = &self.state.house;
        SignIn::without_password(
            asked,
            self.name.clone(),
            phone,
            self.return_to.clone(),
            &house.policy,
            house.entropy.as_ref(),
            house.now(),
        )
    }
}

/// How a phone is called before a stranger.
fn unnamed() -> Result<MethodName, Fault> {
    "your phone"
        .parse()
        .map_err(|_| Fault::Defect("a phone without a name"))
}
