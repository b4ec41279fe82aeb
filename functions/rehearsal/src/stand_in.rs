//! The synthetic account: let in with secrets that are new each time, by the same writes as anybody; and taken out again.
//!
//! It stands among the people that administrators see, as "Rehearsal", disabled: an account that is in the directory and not in the list
//! would be a place to hide. Who enables it by hand opens nothing, since nobody has its password. It counts nowhere: that an organization
//! is set up is a mark of its own, which no account makes.

use countersign_domain::accounts::{Account, Role, Status};
use countersign_domain::encoding::base64url;
use countersign_domain::enrollment::{Enrollment, Stage};
use countersign_domain::entropy::bytes;
use countersign_domain::ids::{AccountId, AuthenticatorId};
use countersign_domain::invitations::{For, Invitation};
use countersign_domain::methods::totp::{self, Generator};
use countersign_domain::methods::{Authenticator, Binding};
use countersign_domain::passwords::{self, Kept};
use countersign_domain::people::Person;
use countersign_domain::secret::Secret;
use countersign_platform::fault::Fault;
use countersign_platform::seeds;
use countersign_platform::store::{Consistency, Saved};

use crate::State;
use crate::failure::{At as _, Failure};

/// The account's id: the same in every deployment, so that a role can be held to it.
pub const ACCOUNT: &str = "acc_0000000000000000000REHEARS";
/// What it signs in with.
pub const USER_NAME: &str = "countersign-rehearsal";

/// The account, ready to sign in.
pub(crate) struct StandIn {
    pub(crate) account: AccountId,
    pub(crate) password: Secret<String>,
    pub(crate) seed: Secret<Vec<u8>>,
}

/// A password that nobody has had before.
pub(crate) fn password(state: &State) -> Secret<String> {
    Secret::new(base64url(bytes::<24>(state.house.entropy.as_ref())))
}

fn account() -> Result<AccountId, Fault> {
    ACCOUNT
        .parse()
        .map_err(|_| Fault::Defect("the rehearsal's account has no id"))
}

/// Lets it in.
pub(crate) async fn enter(state: &State) -> Result<StandIn, Failure> {
    let account = account().at("find the account")?;
    invite(state, account).await?;
    let password = password(state);
    accept(state, account, &password).await?;
    let seed = totp::new_seed(state.house.entropy.as_ref());
    bind(state, account, &seed).await?;
    Ok(StandIn {
        account,
        password,
        seed,
    })
}

/// Makes the account, or moves the one of last time to where somebody stands who was just invited.
async fn invite(state: &State, id: AccountId) -> Result<(), Failure> {
    const STEP: &str = "invite the account";
    let found = state.people.person(id, Consistency::Strong).await.at(STEP)?;
    let saved = match found.map(|person| person.account.status) {
        None => {
            let name = |_| Fault::Defect("the rehearsal's account has no name");
            let (user_name, greeting) = (
                USER_NAME.parse().map_err(name).at(STEP)?,
                "Rehearsal".parse().map_err(name).at(STEP)?,
            );
            let new = Account::invited(id, user_name, greeting, None, Role::Member, state.house.now());
            if state.administer.create(&new, None).await.at(STEP)? == Saved::Lost {
                return Err(Failure::new(
                    STEP,
                    format!("the user name {USER_NAME} is somebody else's"),
                ));
            }
            return Ok(());
        }
        Some(Status::Invited) => return Ok(()),
        Some(status) => state
            .administer
            .move_status(id, status, Status::Invited, None)
            .await
            .at(STEP)?,
    };
    won(saved).at(STEP)
}

/// Sets the password by a link that never leaves this function.
async fn accept(state: &State, account: AccountId, password: &Secret<String>) -> Result<(), Failure> {
    const STEP: &str = "set the password";
    let (house, now) = (&state.house, state.house.now());
    let kept = keep(state, password).await.at(STEP)?;
    let (invitation, _) = Invitation::new(For::Enrollment { account }, &house.policy, house.entropy.as_ref(), now);
    state.invitations.invite(&invitation).await.at(STEP)?;
    won(state
        .invitations
        .enter(&invitation, account, &kept, now)
        .await
        .at(STEP)?)
    .at(STEP)
}

async fn keep(state: &State, password: &Secret<String>) -> Result<Kept, Fault> {
    let pepper = state.house.keys.keyring().await?.pepper.clone();
    passwords::keep(pepper.expose(), state.house.entropy.as_ref(), password)
        .ok_or(Fault::Defect("a password could not be hashed"))
}

/// Binds a code generator in place of every method that was there.
async fn bind(state: &State, account: AccountId, seed: &Secret<Vec<u8>>) -> Result<(), Failure> {
    const STEP: &str = "bind a code generator";
    let (house, now) = (&state.house, state.house.now());
    let person = state
        .people
        .person(account, Consistency::Strong)
        .await
        .at(STEP)?
        .at(STEP)?;
    let id = AuthenticatorId::new(now, house.entropy.as_ref());
    let sealed_seed = seeds::seal(house, account, id, seed).await.at(STEP)?;
    let name = |_| Fault::Defect("a generator without a name");
    let name = "Rehearsal".parse().map_err(name).at(STEP)?;
    let binding = Binding::Totp(Generator::usual(sealed_seed));
    let authenticator = Authenticator::bound(id, account, name, binding, now);
    let before = person.authenticators.iter().map(|one| one.id).collect();
    let bare = Person {
        authenticators: Vec::new(),
        ..person
    };
    let mut activation = bare
        .activate(authenticator, &house.policy, now)
        .map_err(|_| Failure::new(STEP, "the account may have no method"))?;
    activation.replaces = before;
    let shown = Stage::Seed {
        sealed_seed: String::new(),
    };
    let ceremony = Enrollment::begin(account, None, shown, &house.policy, house.entropy.as_ref(), now);
    state.enrollments.begin_enrollment(&ceremony, None).await.at(STEP)?;
    won(state.bind.activate(&activation, &ceremony, None).await.at(STEP)?).at(STEP)
}

fn won(saved: Saved) -> Option<()> {
    (saved == Saved::Won).then_some(())
}

/// Takes it out: disabled first, so that nothing can begin, then without sessions. Each is tried even if the other failed.
pub(crate) async fn leave(state: &State) -> Result<(), Failure> {
    let account = account().at("find the account")?;
    let disabled = disable(state, account).await.at("disable the account");
    let ended = end_sessions(state, account).await.at("end its sessions");
    disabled.and(ended)
}

async fn disable(state: &State, account: AccountId) -> Result<(), Fault> {
    for from in [Status::Active, Status::Invited] {
        // Lost where it does not stand there: it is disabled already, or was never made.
        let _ = state
            .administer
            .move_status(account, from, Status::Disabled, None)
            .await?;
    }
    Ok(())
}

/// Ends every session that it has.
pub(crate) async fn end_sessions(state: &State, account: AccountId) -> Result<(), Fault> {
    let sessions = state.sessions.sessions(account).await?;
    let ids: Vec<_> = sessions.into_iter().map(|session| session.id).collect();
    state.end.end_sessions(account, &ids).await
}
