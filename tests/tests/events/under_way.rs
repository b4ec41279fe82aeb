//! Puts into a store what people have begun: sessions, ceremonies, prompts, sign-ins, links; and what they have done.

use countersign_domain::activity::{Event, Outcome, What};
use countersign_domain::enrollment::{Enrollment, Stage as Ceremony};
use countersign_domain::entropy::Seeded;
use countersign_domain::ids::{AccountId, ActivityId, AttemptId};
use countersign_domain::invitations::{For, Invitation};
use countersign_domain::place::Place;
use countersign_domain::prompts::{Ledger, Opening, Prompt, Purpose};
use countersign_domain::secret::Secret;
use countersign_domain::sessions::{Proof, Scope, Session, Token};
use countersign_domain::sign_in::{Aim, Begun, Choosing, SignIn, begin};
use countersign_platform::seeds;
use countersign_platform::store::Saved;
use jiff::{SignedDuration, Timestamp};

use crate::director::{Director, before};
use crate::phone::Bound;
use crate::stage::{now, pepper};

/// When the prompts went out that are open.
fn asked_at() -> Timestamp {
    now() - SignedDuration::from_secs(30)
}

/// From where everybody acts who is not somewhere else.
pub(crate) fn place() -> Place {
    Place {
        address: Some("203.0.113.9".to_owned()),
        place: Some("Lisbon, PT".to_owned()),
        country: Some("PT".to_owned()),
        network: Some("AS64500".to_owned()),
        browser: Some("Firefox".to_owned()),
        os: Some("Linux".to_owned()),
        device_kind: Some("desktop".to_owned()),
    }
}

impl Director<'_> {
    /// A session whose proof is so old.
    pub(crate) async fn session(
        &self,
        of: AccountId,
        name: &str,
        scope: Scope,
        proofs: Vec<Proof>,
        minutes: i64,
    ) -> Token {
        let (policy, seeded) = (&self.house.policy, Seeded::new(&format!("session {name}")));
        let (mut session, token) = Session::open(of, scope, proofs, place(), policy, &seeded, before(minutes));
        session.last_seen_at = before(1);
        self.store.open_session(&session).await.unwrap();
        token
    }

    /// A ceremony, two minutes old.
    pub(crate) async fn ceremony(
        &self,
        of: AccountId,
        name: &str,
        stage: impl AsyncFnOnce(&Enrollment) -> Ceremony,
    ) -> Enrollment {
        let (policy, seeded) = (&self.house.policy, Seeded::new(&format!("ceremony {name}")));
        let mut ceremony = Enrollment::begin(of, None, Ceremony::Pairing, policy, &seeded, before(2));
        ceremony.stage = stage(&ceremony).await;
        let pairing = matches!(ceremony.stage, Ceremony::Pairing).then(|| ceremony.pairing(&pepper(), policy));
        self.store.begin_enrollment(&ceremony, pairing.as_ref()).await.unwrap();
        ceremony
    }

    /// The seed of a ceremony, sealed for its row.
    pub(crate) async fn offered(&self, ceremony: &Enrollment, seed: &Secret<Vec<u8>>) -> Ceremony {
        let sealed_seed = seeds::seal_offered(&self.house, ceremony.account, ceremony.id, seed)
            .await
            .unwrap();
        Ceremony::Seed { sealed_seed }
    }

    /// A prompt that went out half a minute ago, as `then` leaves it.
    pub(crate) async fn prompt(&self, to: &Bound, purpose: Purpose, then: impl FnOnce(Ledger) -> Ledger) -> Prompt {
        let shown = countersign_domain::device::shown::Shown {
            app: "Security info".to_owned(),
            place: "Lisbon, PT".to_owned(),
            browser: "Firefox on Linux".to_owned(),
            address: "203.0.113.9".to_owned(),
            at: asked_at(),
        };
        let opening = Opening {
            purpose,
            authenticator: to.id,
            shown,
            number_length: self.house.policy.number_length,
            quiet: false,
        };
        let seeded = Seeded::new(&format!("prompt {}", to.id));
        let opened = Ledger::empty(to.account)
            .open(opening, &self.house.policy, &seeded, asked_at())
            .unwrap();
        let attempt = AttemptId::new(asked_at(), &seeded);
        assert_eq!(self.store.save_ledger(&opened, attempt).await.unwrap(), Saved::Won);
        let after = then(opened.clone());
        if after.version != opened.version {
            assert_eq!(
                self.store
                    .save_ledger(&after, AttemptId::new(now(), &seeded))
                    .await
                    .unwrap(),
                Saved::Won
            );
        }
        after.prompt.unwrap()
    }

    /// A sign-in whose password was right half a minute ago.
    pub(crate) async fn sign_in(&self, of: AccountId, name: &str) -> SignIn<Choosing> {
        let (person, seeded) = (self.person(of).await, Seeded::new(&format!("sign-in {name}")));
        match begin(&person, Aim::SignIn, None, &self.house.policy, &seeded, asked_at()).unwrap() {
            Begun::SecondFactor(sign_in) => sign_in,
            Begun::Registration(_) => panic!("{name} has no second factor"),
        }
    }

    /// A link, an hour old at most.
    pub(crate) async fn link(&self, whom: For, name: &str) -> String {
        let (invitation, token) = Invitation::new(
            whom,
            &self.house.policy,
            &Seeded::new(&format!("link {name}")),
            before(30),
        );
        self.store.invite(&invitation).await.unwrap();
        token.link("").expose().split_once("#token=").unwrap().1.to_owned()
    }

    /// A row of activity.
    pub(crate) async fn row(
        &self,
        of: AccountId,
        name: &str,
        minutes: i64,
        what: What,
        outcome: Outcome,
    ) -> ActivityId {
        let event = Event::new(
            of,
            what,
            outcome,
            place(),
            &Seeded::new(&format!("row {name}")),
            before(minutes),
        )
        .app("Security info");
        self.store.record(&event, before(-30 * 24 * 60)).await.unwrap();
        event.id
    }
}
