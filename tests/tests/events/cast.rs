//! Who is there when a sample event arrives, and what each holds.

use countersign_domain::accounts::{Role, Status};
use countersign_domain::activity::{Outcome, What};
use countersign_domain::enrollment::{Enrollment, Stage as Ceremony};
use countersign_domain::entropy::Seeded;
use countersign_domain::ids::{AccountId, ActivityId};
use countersign_domain::invitations::For;
use countersign_domain::methods::passkey::new_challenge;
use countersign_domain::methods::totp;
use countersign_domain::prompts::{Prompt, number_of};
use countersign_domain::sessions::Token;
use countersign_domain::sign_in::{Choosing, Prompting, SignIn};
use countersign_domain::tokens::Custody;
use countersign_local::service::Parts;
use countersign_platform::store::Store;
use countersign_tests::SoftPasskey;

use crate::director::{Director, Somebody};
use crate::handed::Annie;
use crate::scenes::{by_passkey, first, full, prompted, test, yes};
use crate::stage::pepper;

/// Everybody.
pub(crate) struct Cast {
    /// A member with a phone, which has a prompt open, and a code generator. Her tablet's proof is forty minutes old.
    pub(crate) ada: Somebody,
    pub(crate) laptop: Token,
    pub(crate) tablet: Token,
    pub(crate) choosing: SignIn<Choosing>,
    pub(crate) waiting: SignIn<Prompting>,
    pub(crate) prompt: Prompt,
    /// Ada's rows, the newest first.
    pub(crate) rows: [ActivityId; 3],
    /// An administrator, whose phone has just said yes to a sign-in.
    pub(crate) grace: Somebody,
    pub(crate) desk: Token,
    pub(crate) approved: SignIn<Prompting>,
    /// A member with one method, so that it has to stay.
    pub(crate) dorothy: Somebody,
    pub(crate) office: Token,
    /// Invited, not there yet.
    pub(crate) alan: Somebody,
    pub(crate) link: String,
    /// The link by which an organization is set up.
    pub(crate) first_link: String,
    /// Disabled.
    pub(crate) katherine: Somebody,
    /// A member with a passkey and nothing else; she has given her password.
    pub(crate) margaret: Somebody,
    pub(crate) margarets: SoftPasskey,
    pub(crate) moon: Token,
    pub(crate) asked: SignIn<Choosing>,
    /// She adds another.
    pub(crate) making: Enrollment,
    /// Edsger's. He has a password and adds a first method: a pairing code is shown in one ceremony, a seed in another.
    pub(crate) newcomer: Token,
    pub(crate) pairing: Enrollment,
    pub(crate) seeding: Enrollment,
    /// And a token’s serial number was typed, `FT-0001`.
    pub(crate) token: Enrollment,
    pub(crate) seed: Vec<u8>,
    /// Has paired a first phone that waits for its test.
    pub(crate) barbara: Somebody,
    pub(crate) learner: Token,
    pub(crate) testing: Enrollment,
    /// The same, and the test has been answered.
    pub(crate) tested: Enrollment,
    pub(crate) finisher: Token,
    /// Has a code generator, recovery codes, a pass that an administrator gave her, and new codes on her page.
    pub(crate) annie: Annie,
}

impl Cast {
    /// Puts everybody into the store.
    #[expect(
        clippy::too_many_lines,
        reason = "one list of who is on the stage, read from the top"
    )]
    pub(crate) async fn enter<T: Store + 'static>(parts: &Parts<T>) -> Self {
        let director = Director::of(parts.store.as_ref(), parts.house());
        let mut ada = director
            .account("ada", "Ada Lovelace", Role::Member, Status::Active)
            .await;
        director.phone(&mut ada, "Ada’s phone").await;
        director.generator(&mut ada, "Code generator").await;
        let (laptop, tablet) = (
            full(&director, &ada, "laptop", 1).await,
            full(&director, &ada, "tablet", 40).await,
        );
        let choosing = director.sign_in(ada.account, "ada").await;
        let prompt = director.prompt(ada.phone(), choosing.purpose(), |ledger| ledger).await;
        let waiting = prompted(choosing.clone(), &prompt);
        let rows = [
            director
                .row(ada.account, "newest", 10, What::SignIn, Outcome::Success)
                .await,
            director
                .row(ada.account, "middle", 70, What::Prompt, Outcome::Failure)
                .await,
            director
                .row(ada.account, "oldest", 30_000, What::MethodAdded, Outcome::Success)
                .await,
        ];

        let mut grace = director
            .account("grace", "Grace Hopper", Role::Administrator, Status::Active)
            .await;
        director.phone(&mut grace, "Grace’s phone").await;
        let desk = full(&director, &grace, "desk", 1).await;
        let sign_in = director.sign_in(grace.account, "grace").await;
        let approved = director
            .prompt(grace.phone(), sign_in.purpose(), |ledger| yes(ledger, grace.phone()))
            .await;
        let approved = prompted(sign_in, &approved);

        let mut dorothy = director
            .account("dorothy", "Dorothy Vaughan", Role::Member, Status::Active)
            .await;
        director.generator(&mut dorothy, "Dorothy’s generator").await;
        let office = full(&director, &dorothy, "office", 1).await;

        let alan = director
            .account("alan", "Alan Turing", Role::Member, Status::Invited)
            .await;
        let link = director.link(For::Enrollment { account: alan.account }, "alan").await;
        let first_link = director.link(For::FirstAdministrator, "first").await;
        let katherine = director
            .account("katherine", "Katherine Johnson", Role::Member, Status::Disabled)
            .await;

        let margaret = director
            .account("margaret", "Margaret Hamilton", Role::Member, Status::Active)
            .await;
        let margarets = director.passkey(&margaret, "Margaret’s passkey").await;
        let moon = by_passkey(&director, &margaret, "moon").await;
        let asked = director.sign_in(margaret.account, "margaret").await;
        let making = director
            .ceremony(margaret.account, "making", async |_| Ceremony::Passkey {
                challenge: new_challenge(&Seeded::new("making")),
                attachment: None,
            })
            .await;

        let edsger = director
            .account("edsger", "Edsger Dijkstra", Role::Member, Status::Active)
            .await;
        let newcomer = first(&director, &edsger, "newcomer").await;
        let pairing = director
            .ceremony(edsger.account, "pairing", async |_| Ceremony::Pairing)
            .await;
        let seed = totp::new_seed(&Seeded::new("offered seed"));
        let offer = async |ceremony: &Enrollment| director.offered(ceremony, &seed).await;
        let seeding = director.ceremony(edsger.account, "seeding", offer).await;

        let token = tokens(&director, ada.account, edsger.account).await;

        let mut barbara = director
            .account("barbara", "Barbara Liskov", Role::Member, Status::Active)
            .await;
        let learner = first(&director, &barbara, "tester").await;
        let testing = test(&director, &mut barbara, "Barbara’s phone", |ledger, _| ledger).await;
        let mut mary = director
            .account("mary", "Mary Jackson", Role::Member, Status::Active)
            .await;
        let finisher = first(&director, &mary, "finisher").await;
        let tested = test(&director, &mut mary, "Mary’s phone", yes).await;

        let annie = Annie::enter(&director).await;

        Self {
            ada,
            laptop,
            tablet,
            choosing,
            waiting,
            prompt,
            rows,
            grace,
            desk,
            approved,
            dorothy,
            office,
            alan,
            link,
            first_link,
            katherine,
            margaret,
            margarets,
            moon,
            asked,
            making,
            newcomer,
            pairing,
            seeding,
            token,
            seed: seed.expose().clone(),
            barbara,
            learner,
            testing,
            tested,
            finisher,
            annie,
        }
    }

    /// The number on the page of Ada's sign-in.
    pub(crate) fn number(&self) -> String {
        number_of(&pepper(), self.prompt.id, self.prompt.number_length)
            .digits()
            .expose()
            .clone()
    }

    /// The pairing code on Edsger's page.
    pub(crate) fn code(&self) -> String {
        self.pairing.pairing_code(&pepper()).canonical().to_owned()
    }
}

/// The inventory: two tokens that are available and one that is kept for Ada. Edsger has typed the first one’s serial number.
async fn tokens(director: &Director<'_>, ada: AccountId, edsger: AccountId) -> Enrollment {
    for serial in ["FT-0001", "FT-0002"] {
        director.token(serial, Custody::Available).await;
    }
    let kept = Custody::Assigned {
        holder: ada,
        user_name: "ada".parse().unwrap(),
    };
    director.token("FT-0003", kept).await;
    let typed = async |_: &Enrollment| Ceremony::Token {
        serial: "FT-0001".parse().unwrap(),
    };
    director.ceremony(edsger, "token", typed).await
}
