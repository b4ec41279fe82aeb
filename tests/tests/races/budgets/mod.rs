//! What each flow costs the database, against the table in docs/architecture.md: with ten accounts, and the same with ten thousand.

mod methods;

use countersign_device::Phone;
use countersign_domain::device::claims::{Decision, DenyReason};
use countersign_domain::secret::Secret;
use countersign_tests::{Answer, Browser, Cost, Member, Metered};
use reqwest::Method;
use serde_json::{Value, json};

use crate::race::session_of;
use crate::scale::fill;

/// The document with the table.
const ARCHITECTURE: &str = include_str!("../../../../docs/architecture.md");

/// What the session's own read costs: rows of the table that need a session name what comes beside it.
const SESSION: Cost = Cost::of(0.0, 1.0, 1);

/// The flows of one account, measured.
struct Measure<'a> {
    metered: &'a Metered,
    ada: &'a Member<'a>,
    costs: Vec<(&'static str, Cost)>,
}

fn approve(page: &Answer) -> Decision {
    Decision::Approve {
        number: Secret::new(page.text("/prompts/0/number").to_owned()),
    }
}

impl Measure<'_> {
    async fn flow<T>(&mut self, what: &'static str, flow: impl Future<Output = T>) -> T {
        let (outcome, cost) = self.metered.cost(flow).await;
        self.costs.push((what, cost));
        outcome
    }

    /// A request of somebody who is signed in, without what it costs to know that.
    async fn beside(&mut self, what: &'static str, request: impl Future<Output = Answer>) {
        let (answer, cost) = self.metered.cost(request).await;
        answer.expect(200);
        let Cost { writes, reads, trips } = cost;
        self.costs.push((
            what,
            Cost::of(writes - SESSION.writes, reads - SESSION.reads, trips - SESSION.trips),
        ));
    }

    /// Before anything else, since then nothing is left of another sign-in.
    async fn password(&mut self) {
        let (ada, browser) = (self.ada, self.ada.world.browser());
        self.flow("the password and the start of a prompt", ada.enter_password(&browser))
            .await
            .expect(200);
        let wrong = json!({ "user_name": ada.user_name, "password": "quietly sings harbor violet" });
        self.flow(
            "a wrong password, with its record",
            browser.post("/api/v1/sign-ins", wrong),
        )
        .await
        .expect(401);
    }

    async fn number(&mut self) {
        let (ada, phone, browser) = (self.ada, self.ada.phone(0), self.ada.world.browser());
        // The prompt of the sign-in before is settled first: a new one over one that still waits costs its record besides.
        ada.enter_password(&browser).await.expect(200);
        self.deny(&phone, "the phone's no, with its record").await;
        let page = self
            .flow("start of a prompt, once the password is right", ask(&browser))
            .await;
        self.flow("poll while waiting", browser.get("/api/v1/sign-ins/current"))
            .await
            .expect(200);
        let first = self
            .flow("the phone fetches its prompt for the first time", phone.prompts())
            .await;
        self.flow("the phone fetches its prompt", phone.prompts())
            .await
            .unwrap();
        let prompt = first.unwrap().prompts.remove(0);
        self.flow("the phone's answer", phone.answer(&prompt, approve(&page)))
            .await
            .unwrap();
        let done = self
            .flow(
                "last poll: consume, session, record, check",
                browser.get("/api/v1/sign-ins/current"),
            )
            .await;
        assert_eq!(done.text("/state"), "complete");

        ada.world.pass(3_600);
        let phone = ada.phone(0); // its clock set again
        ada.enter_password(&browser).await.expect(200);
        let page = browser.get("/api/v1/sign-ins/current").await.expect(200);
        let prompt = phone.prompts().await.unwrap().prompts.remove(0);
        self.flow(
            "the phone's answer, the first in an hour",
            phone.answer(&prompt, approve(&page)),
        )
        .await
        .unwrap();
    }

    async fn deny(&mut self, phone: &Phone, what: &'static str) {
        let prompt = phone.prompts().await.unwrap().prompts.remove(0);
        self.flow(
            what,
            phone.answer(
                &prompt,
                Decision::Deny {
                    reason: DenyReason::ChangedMind,
                },
            ),
        )
        .await
        .unwrap();
    }

    async fn signed_in(&mut self) {
        let (ada, lane) = (self.ada, self.ada.world.browser());
        let browser = session_of(ada, &lane, ada.phones[0].1).await;
        let refused = || browser.call(Method::PUT, "/api/v1/me/methods/default", json!({ "id": "none" }));
        self.flow("a request with a session", refused()).await.expect(404);
        self.beside("a page of activity", browser.get("/api/v1/me/activity"))
            .await;
        self.beside("the list of methods", browser.get("/api/v1/me/methods"))
            .await;
        self.beside("the list of sessions", browser.get("/api/v1/me/sessions"))
            .await;
        ada.world.pass(301);
        self.flow("a request with a session, the first in five minutes", refused())
            .await
            .expect_problem(401, "session.reauthentication_required");

        let browser = session_of(ada, &lane, ada.phones[0].1).await;
        self.beside(
            "a removal that ends one session",
            browser.delete(&format!("/api/v1/me/methods/{}", ada.generators[0].1)),
        )
        .await;
    }
}

async fn ask(browser: &Browser) -> Answer {
    browser
        .post("/api/v1/sign-ins/current/prompt", Value::Null)
        .await
        .expect(200)
}

async fn measure(metered: &Metered, ada: &Member<'_>) -> Vec<(&'static str, Cost)> {
    let mut measure = Measure {
        metered,
        ada,
        costs: Vec::new(),
    };
    measure.password().await;
    measure.number().await;
    measure.code().await;
    measure.passkey().await;
    measure.number_of_a_phone().await;
    measure.recovery_code().await;
    measure.pass().await;
    measure.signed_in().await;
    measure.costs
}

/// The rows of the table: flow, W, R, trips.
fn table() -> Vec<(&'static str, Cost)> {
    let number = |cell: &str| {
        let (whole, half) = cell.strip_suffix('½').map_or((cell, 0.0), |whole| (whole, 0.5));
        half + if whole.is_empty() {
            0.0
        } else {
            whole.parse::<f64>().unwrap()
        }
    };
    let section = ARCHITECTURE
        .split_once("\n## Budgets\n")
        .unwrap()
        .1
        .split("\n## ")
        .next()
        .unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| ")).skip(1);
    let row = |line: &'static str| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        (
            cells[1],
            Cost::of(number(cells[2]), number(cells[3]), cells[4].parse().unwrap()),
        )
    };
    rows.map(row).collect()
}

#[tokio::test]
async fn every_flow_costs_what_the_table_says_with_ten_accounts_and_with_ten_thousand() {
    let (world, metered) = Metered::start().await;
    world.give_numbers().await;
    let member = |name| world.member(name).with_phone().with_totp().create();
    let ada = member("ada").await;
    fill(&metered, &ada, 10).await;
    let few = measure(&metered, &ada).await;
    let named = few.iter().map(|(what, cost)| format!("{what}: {cost:?}"));
    let expected = table()
        .into_iter()
        .map(|(what, cost)| format!("{what}: {cost:?}"))
        .collect::<std::collections::BTreeSet<_>>();
    assert_eq!(named.collect::<std::collections::BTreeSet<_>>(), expected);

    let grace = member("grace").await;
    fill(&metered, &grace, 10_000).await;
    assert_eq!(measure(&metered, &grace).await, few);
}
