//! The gaps of a sign-in that is finishing, held open: between the proof that was spent and its session, and between the session and the
//! last look at the account. Whatever ends sessions meanwhile wins, in every order.

use countersign_domain::device::claims::Decision;
use countersign_domain::ids::AuthenticatorId;
use countersign_domain::secret::Secret;
use countersign_platform::store::{Consistency, ReadPeople as _};
use countersign_tests::{Answer, Browser, Member, Metered, codes};
use serde_json::{Value, json};

use super::race::{is_alive, session_of, sessions};

/// The request before which a gap is: the session is put, or the account is looked at once more.
const GAPS: [(&str, &str); 2] = [("PutItem", "SESSION#"), ("Query", "\"ConsistentRead\":true")];

/// What ends sessions.
#[derive(Debug, Clone, Copy)]
enum Ending {
    SignOutEverywhere,
    EndSessions,
    Disable,
    Remove,
}

const ENDINGS: [Ending; 4] = [
    Ending::SignOutEverywhere,
    Ending::EndSessions,
    Ending::Disable,
    Ending::Remove,
];

impl Ending {
    /// Carries it out, and answers when it is done.
    async fn carry_out(self, ada: &Member<'_>, current: &Browser, administrator: &Browser, with: AuthenticatorId) {
        let person = format!("/api/v1/people/{}", ada.account);
        let done = match self {
            Self::SignOutEverywhere => {
                current
                    .post("/api/v1/me/sign-out-everywhere", json!({ "keep_current": true }))
                    .await
            }
            Self::EndSessions => administrator.delete(&format!("{person}/sessions")).await,
            Self::Disable => administrator.post(&format!("{person}/disable"), Value::Null).await,
            Self::Remove => current.delete(&format!("/api/v1/me/methods/{with}")).await,
        };
        done.expect(200);
    }
}

/// A sign-in that only has to finish, by the number or by a code.
async fn finishing(ada: &Member<'_>, by_number: bool) -> (Browser, impl Future<Output = Answer> + Send + 'static) {
    let (browser, code) = (ada.world.browser(), ada.code(0));
    let page = ada.enter_password(&browser).await.expect(200);
    if by_number {
        let phone = ada.phone(0);
        let prompt = phone.prompts().await.unwrap().prompts.remove(0);
        let number = Secret::new(page.text("/prompts/0/number").to_owned());
        phone.answer(&prompt, Decision::Approve { number }).await.unwrap();
    }
    let finishing = browser.clone();
    let finish = async move {
        if by_number {
            finishing.get("/api/v1/sign-ins/current").await
        } else {
            finishing
                .post("/api/v1/sign-ins/current/code", json!({ "code": code }))
                .await
        }
    };
    (browser, finish)
}

#[tokio::test]
async fn whatever_ends_sessions_wins_in_every_gap_of_a_sign_in() {
    let (world, metered) = Metered::start().await;
    let root = world.member("root").with_totp().administrator().create().await;
    for (n, ending) in ENDINGS.into_iter().enumerate() {
        for (m, (operation, about)) in GAPS.into_iter().enumerate() {
            for by_number in [true, false] {
                let ada = world
                    .member(&format!("ada{n}{m}{by_number}"))
                    .with_phone()
                    .with_totp()
                    .create()
                    .await;
                let (with, other) = if by_number {
                    (ada.phones[0].1, ada.generators[0].1)
                } else {
                    (ada.generators[0].1, ada.phones[0].1)
                };
                let current = session_of(&ada, &world.browser(), other).await;
                let administrator = session_of(&root, &world.browser(), root.generators[0].1).await;
                let (browser, finish) = finishing(&ada, by_number).await;
                let held = metered.hold(operation, about);
                let finishing = tokio::spawn(finish);
                held.arrived().await;
                ending.carry_out(&ada, &current, &administrator, with).await;
                held.release();
                let case = format!("{ending:?} before {operation} {about}, by number: {by_number}");
                let told = finishing.await.unwrap();
                assert_eq!(
                    (told.status.as_u16(), told.code()),
                    (409, "sign_in.not_under_way"),
                    "{case}"
                );
                assert!(!is_alive(&browser).await, "{case}");
                let left = usize::from(matches!(ending, Ending::SignOutEverywhere | Ending::Remove));
                assert_eq!(sessions(&ada).await.len(), left, "{case}");
            }
        }
    }
}

/// The steps of what ends sessions, each held while a sign-in finishes: the change of the account, the list of sessions, their deletion.
const STEPS: [(&str, &str); 4] = [
    ("UpdateItem", "#epoch"),
    ("TransactWriteItems", "AUTHENTICATOR#"),
    ("Query", "SESSION#"),
    ("BatchWriteItem", "SESSION#"),
];

#[tokio::test]
async fn whatever_ends_sessions_wins_however_far_it_is_when_a_sign_in_finishes() {
    let (world, metered) = Metered::start().await;
    let root = world.member("root").with_totp().administrator().create().await;
    for (n, ending) in ENDINGS.into_iter().enumerate() {
        let removal = matches!(ending, Ending::Remove);
        let steps = STEPS.into_iter().enumerate().filter(|(_, (step, _))| match *step {
            "UpdateItem" => !removal,
            "TransactWriteItems" => removal,
            _ => true,
        });
        for (m, (operation, about)) in steps {
            let ada = world
                .member(&format!("ada{n}{m}"))
                .with_phone()
                .with_totp()
                .create()
                .await;
            let (with, other) = (ada.generators[0].1, ada.phones[0].1);
            let current = session_of(&ada, &world.browser(), other).await;
            let earlier = session_of(&ada, &world.browser(), with).await;
            let administrator = session_of(&root, &world.browser(), root.generators[0].1).await;
            let (browser, finish) = finishing(&ada, false).await;
            let held = metered.hold(operation, about);
            let finished = async {
                held.arrived().await;
                let told = finish.await;
                held.release();
                told
            };
            let ended = ending.carry_out(&ada, &current, &administrator, with);
            let (told, ()) = tokio::join!(finished, ended);
            let case = format!("{ending:?} at {operation} {about}: {}", told.status);
            assert!(!is_alive(&browser).await && !is_alive(&earlier).await, "{case}");
            let left = usize::from(matches!(ending, Ending::SignOutEverywhere | Ending::Remove));
            assert_eq!(sessions(&ada).await.len(), left, "{case}");
        }
    }
}

/// Another sign-in may begin while sessions are ended, and live; not so where the account is disabled.
#[tokio::test]
async fn no_sign_in_that_begins_while_an_account_is_disabled_outlives_it() {
    let (world, metered) = Metered::start().await;
    let root = world.member("root").with_totp().administrator().create().await;
    let ada = world.member("ada").with_totp().create().await;
    for (operation, about) in [
        ("TransactWriteItems", "#status"),
        ("UpdateItem", "\"ADD #epoch"),
        ("Query", "SESSION#"),
        ("BatchWriteItem", "SESSION#"),
    ] {
        let (browser, code) = (world.browser(), ada.code(0));
        session_of(&ada, &browser, ada.generators[0].1).await;
        let administrator = session_of(&root, &world.browser(), root.generators[0].1).await;
        let held = metered.hold(operation, about);
        let whole = async {
            held.arrived().await;
            if ada.enter_password(&browser).await.status.is_success() {
                browser
                    .post("/api/v1/sign-ins/current/code", json!({ "code": code }))
                    .await;
            }
            held.release();
        };
        let person = format!("/api/v1/people/{}", ada.account);
        let disable = format!("{person}/disable");
        let disabled = administrator.post(&disable, Value::Null);
        let ((), disabled) = tokio::join!(whole, disabled);
        disabled.expect(200);
        assert!(!is_alive(&browser).await, "at {operation} {about}");
        assert_eq!(sessions(&ada).await.len(), 0, "at {operation} {about}");
        administrator
            .post(&format!("{person}/enable"), Value::Null)
            .await
            .expect(200);
        world.pass(30);
    }
}

/// The attack: a session by the password alone, which is about to bind a first method, while an administrator ends all sessions. The
/// request began before; the full session that it is worth must not outlive the end.
#[tokio::test]
async fn a_registering_session_that_was_ended_gives_no_full_one() {
    for (operation, about) in [
        ("Query", "\"ConsistentRead\":true"),
        ("TransactWriteItems", "AUTHENTICATOR#"),
        ("PutItem", "SESSION#"),
    ] {
        let (world, metered) = Metered::start().await;
        let root = world.member("root").with_totp().administrator().create().await;
        let ada = world.member("ada").create().await;
        let administrator = session_of(&root, &world.browser(), root.generators[0].1).await;
        let browser = world.browser();
        ada.enter_password(&browser).await.expect(200);
        let (ceremony, seed) = browser.begin_totp().await;
        let code = codes::code(&seed, world.now());
        let held = metered.hold(operation, about);
        let confirming = browser.clone();
        let confirmed = tokio::spawn(async move {
            confirming
                .post(&format!("{ceremony}/confirm"), json!({ "code": code }))
                .await
        });
        held.arrived().await;
        administrator
            .delete(&format!("/api/v1/people/{}/sessions", ada.account))
            .await
            .expect(200);
        held.release();
        let told = confirmed.await.unwrap();
        assert!(!told.status.is_success(), "before {operation} {about}: {told:?}");
        assert!(!is_alive(&browser).await, "before {operation} {about}");
        assert_eq!(sessions(&ada).await.len(), 0, "before {operation} {about}");
        let person = world
            .parts
            .store
            .person(ada.account, Consistency::Strong)
            .await
            .unwrap()
            .unwrap();
        let bound = usize::from(operation == "PutItem"); // it was bound before the end, and stays the member's
        assert_eq!(person.authenticators.len(), bound, "before {operation} {about}");
    }
}
