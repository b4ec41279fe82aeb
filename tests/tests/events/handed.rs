//! What is handed out once: recovery codes and a pass. Their hashes are dear, so each is computed once a run.

use std::sync::OnceLock;

use countersign_domain::accounts::{Role, Status};
use countersign_domain::enrollment::{Enrollment, Stage as Ceremony};
use countersign_domain::entropy::Seeded;
use countersign_domain::ids::AuthenticatorId;
use countersign_domain::methods::Binding;
use countersign_domain::methods::pass::{Pass, Terms};
use countersign_domain::methods::recovery_codes::{CodeSet, Codes};
use countersign_domain::sessions::Token;
use countersign_domain::sign_in::{Choosing, SignIn};
use countersign_platform::looking_up;
use countersign_platform::store::Saved;

use crate::director::{Director, Somebody, authenticator_id, before};
use crate::scenes::full;
use crate::stage::pepper;

/// The codes of everybody who has some.
pub(crate) fn codes() -> Codes {
    Codes::draw(&Seeded::new("recovery codes"))
}

fn set() -> CodeSet {
    static SET: OnceLock<CodeSet> = OnceLock::new();
    let keep = || codes().keep(&pepper(), &Seeded::new("recovery codes' salt")).unwrap();
    SET.get_or_init(keep).clone()
}

fn pass() -> (Pass, String) {
    static PASS: OnceLock<(Pass, String)> = OnceLock::new();
    let issue = || {
        let terms = Terms {
            length: 8,
            starts_at: before(10),
            ends_at: before(-50),
            once: false,
        };
        let (pass, shown) = Pass::issue(terms, &pepper(), &Seeded::new("pass")).unwrap();
        (pass, shown.expose().clone())
    };
    PASS.get_or_init(issue).clone()
}

/// Who has a code generator, recovery codes, a pass that an administrator gave her, and new codes on her page.
pub(crate) struct Annie {
    pub(crate) who: Somebody,
    pub(crate) studio: Token,
    pub(crate) codes: AuthenticatorId,
    pub(crate) pass: String,
    pub(crate) stranded: SignIn<Choosing>,
    pub(crate) saving: Enrollment,
}

impl Annie {
    pub(crate) async fn enter(director: &Director<'_>) -> Self {
        let mut who = director
            .account("annie", "Annie Easley", Role::Member, Status::Active)
            .await;
        director.generator(&mut who, "Annie’s generator").await;
        let studio = full(director, &who, "studio", 1).await;
        let codes = director.recovery_codes(&who, "Recovery codes").await;
        let pass = director.pass(&who).await;
        let stranded = director.sign_in(who.account, "annie").await;
        let offer = async |ceremony: &Enrollment| director.offered_codes(ceremony).await;
        let saving = director.ceremony(who.account, "saving", offer).await;
        Self {
            who,
            studio,
            codes,
            pass,
            stranded,
            saving,
        }
    }
}

impl Director<'_> {
    /// Recovery codes in use.
    pub(crate) async fn recovery_codes(&self, who: &Somebody, name: &str) -> AuthenticatorId {
        let id = authenticator_id(name);
        let ceremony = Ceremony::Codes {
            sealed_codes: "used".to_owned(),
        };
        self.bind(who.account, id, name, Binding::RecoveryCodes(set()), ceremony)
            .await;
        id
    }

    /// A pass for any number of sign-ins, issued ten minutes ago for an hour; what was shown of it.
    pub(crate) async fn pass(&self, who: &Somebody) -> String {
        let (pass, shown) = pass();
        let name = "Temporary access pass";
        let person = self.person(who.account).await;
        let issued = person.issue_pass(authenticator_id("pass"), name.parse().unwrap(), pass, before(10));
        assert_eq!(self.store.issue_pass(&issued, None).await.unwrap(), Saved::Won);
        shown
    }

    /// The codes of a ceremony, sealed for its row.
    pub(crate) async fn offered_codes(&self, ceremony: &Enrollment) -> Ceremony {
        let (house, codes) = (&self.house, codes());
        let sealed = looking_up::seal_codes(house, ceremony.account, ceremony.id, &codes).await;
        Ceremony::Codes {
            sealed_codes: sealed.unwrap(),
        }
    }
}
