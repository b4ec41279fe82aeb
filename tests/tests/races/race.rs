//! The starting line: connections that are open already, fifty requests that are let go together, and what came of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use countersign_device::{Phone, Reply};
use countersign_domain::ids::{AttemptId, AuthenticatorId};
use countersign_domain::place::Place;
use countersign_domain::sessions::{Proof, Scope, Session};
use countersign_platform::store::{
    Consistency, ConsumeCodes as _, OpenSessions as _, ReadPeople as _, ReadSessions as _,
};
use countersign_tests::{Answer, Browser, Member, World};
use futures::future::join_all;
use reqwest::Method;
use reqwest::header::COOKIE;
use tokio::sync::Barrier;

/// How many are let go together.
pub(crate) const RACERS: usize = 50;

/// A cookie in the right form of a session that never was: whoever brings it is refused after one read of the database.
const NOBODY: &str = "__Host-cs-session=acc_01KAVXGA00000000000000000A.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// A round here is fifty requests through the whole service, each with several to the database: as dear as this many at the ports alone, where
/// the writes that decide are raced as often as is asked (`countersign_platform::store`, its contract).
const ROUNDS_AT_THE_PORTS: usize = 20;

/// How many rounds: as many as a quick run has time for, or what `COUNTERSIGN_ROUNDS` leaves for here (`make soak`: fifty of a thousand).
pub(crate) fn rounds(usual: usize) -> usize {
    std::env::var("COUNTERSIGN_ROUNDS")
        .ok()
        .and_then(|asked| asked.parse::<usize>().ok())
        .map_or(usual, |asked| asked.div_ceil(ROUNDS_AT_THE_PORTS))
}

/// Lets all go at the same moment.
pub(crate) async fn together<T, F>(racers: impl IntoIterator<Item = F>) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let racers: Vec<F> = racers.into_iter().collect();
    let line = Arc::new(Barrier::new(racers.len()));
    let running = racers.into_iter().map(|racer| {
        let line = Arc::clone(&line);
        tokio::spawn(async move {
            line.wait().await;
            racer.await
        })
    });
    join_all(running.collect::<Vec<_>>())
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect()
}

/// Opens a connection for each racer, from this browser to the service and from the service to its database.
pub(crate) async fn warm(browser: &Browser) {
    let asking = (0..RACERS).map(|_| {
        let browser = browser.clone();
        async move {
            browser
                .send(browser.request(Method::GET, "/api/v1/me").header(COOKIE, NOBODY))
                .await
                .status
        }
    });
    assert!(together(asking).await.iter().all(|status| *status == 401));
}

/// The same for phones.
pub(crate) async fn warm_phone(phone: &Phone) {
    let asking = (0..RACERS).map(|_| {
        let phone = phone.clone();
        async move { phone.client().configuration().await.unwrap() }
    });
    together(asking).await;
}

/// What came back, whichever way it was asked: status and, for a refusal, its code.
pub(crate) trait Outcome {
    fn outcome(&self) -> (u16, String);
}

impl Outcome for Answer {
    fn outcome(&self) -> (u16, String) {
        (self.status.as_u16(), self.code().to_owned())
    }
}

impl Outcome for Reply {
    fn outcome(&self) -> (u16, String) {
        (self.status, self.body["code"].as_str().unwrap_or_default().to_owned())
    }
}

/// How often each outcome came.
#[derive(Debug)]
pub(crate) struct Tally(BTreeMap<(u16, String), usize>);

impl Tally {
    /// Of answers that may be these and no others, by code; `""` is a success.
    #[track_caller]
    pub(crate) fn of<'a>(answers: impl IntoIterator<Item = &'a (impl Outcome + 'a)>, allowed: &[&str]) -> Self {
        let mut tally = BTreeMap::new();
        for answer in answers {
            *tally.entry(answer.outcome()).or_default() += 1;
        }
        for (status, code) in tally.keys() {
            let known = if code.is_empty() {
                (200..300).contains(status)
            } else {
                allowed.contains(&code.as_str())
            };
            assert!(known, "{status} {code:?} in {tally:?}");
        }
        Self(tally)
    }

    /// How many succeeded.
    pub(crate) fn won(&self) -> usize {
        self.0
            .iter()
            .filter(|((_, code), _)| code.is_empty())
            .map(|(_, count)| count)
            .sum()
    }

    /// How many got that code.
    pub(crate) fn coded(&self, code: &str) -> usize {
        self.0
            .iter()
            .filter(|((_, is), _)| is == code)
            .map(|(_, count)| count)
            .sum()
    }
}

/// A browser with a session of that member, opened a moment ago with one of their methods, on the connections of `lane`.
pub(crate) async fn session_of(member: &Member<'_>, lane: &Browser, with: AuthenticatorId) -> Browser {
    let parts = &member.world.parts;
    let a_phone = member.phones.iter().any(|(_, id)| *id == with);
    let proof = Proof {
        authenticator: Some(with),
        kind: if a_phone { "authenticator" } else { "totp" }.to_owned(),
        name: "Test".to_owned(),
        unlocked: false,
        device_bound: false,
    };
    let proofs = vec![Proof::password(), proof];
    let (entropy, now) = (parts.entropy.as_ref(), member.world.now());
    let (session, token) = Session::open(
        member.account,
        Scope::Full,
        proofs,
        Place::default(),
        &parts.policy,
        entropy,
        now,
    );
    parts.store.open_session(&session).await.unwrap();
    let browser = lane.stolen();
    browser.set_cookie("__Host-cs-session", token.to_cookie().expose());
    browser
}

/// The sessions of a member that are alive, as the database has them.
pub(crate) async fn sessions(member: &Member<'_>) -> Vec<Session> {
    let (parts, now) = (&member.world.parts, member.world.now());
    let all = parts.store.sessions(member.account).await.unwrap();
    all.into_iter()
        .filter(|session| session.is_alive(&parts.policy, now))
        .collect()
}

/// Wrong codes in a row on a generator, as the database has them.
pub(crate) async fn fails(member: &Member<'_>, generator: usize) -> usize {
    let person = member
        .world
        .parts
        .store
        .person(member.account, Consistency::Strong)
        .await
        .unwrap()
        .unwrap();
    usize::try_from(
        person
            .authenticator(member.generators[generator].1)
            .unwrap()
            .attempts
            .fails,
    )
    .unwrap()
}

/// Takes the wrong codes of the last round back, so that the next one begins where the first did.
pub(crate) async fn forgive(member: &Member<'_>) {
    let (store, world) = (&member.world.parts.store, member.world);
    let person = store
        .person(member.account, Consistency::Strong)
        .await
        .unwrap()
        .unwrap();
    for one in &person.authenticators {
        let attempt = AttemptId::new(world.now(), world.parts.entropy.as_ref());
        let _ = store
            .count_wrong_code(one, countersign_domain::attempts::Attempts::default(), attempt)
            .await
            .unwrap();
    }
}

/// Sign-ins under way, each with its own password step, on the connections of `lane`.
pub(crate) async fn begun(member: &Member<'_>, lane: &Browser, count: usize) -> Vec<Browser> {
    let browsers: Vec<Browser> = (0..count).map(|_| lane.stolen()).collect();
    for answer in join_all(browsers.iter().map(|browser| member.enter_password(browser))).await {
        answer.expect(200);
    }
    browsers
}

/// Whether a browser is signed in.
pub(crate) async fn is_alive(browser: &Browser) -> bool {
    match browser.get("/api/v1/me").await.status.as_u16() {
        200 => true,
        401 => false,
        other => panic!("{other}"),
    }
}

/// A world and a browser whose connections all racers share.
pub(crate) async fn start() -> (World, Browser) {
    let world = World::start_unhurried(|endpoint| endpoint).await;
    let lane = world.browser();
    (world, lane)
}
