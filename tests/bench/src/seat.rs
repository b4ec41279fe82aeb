//! A member at a browser, with a phone: takes the steps of a sign-in and keeps the cookies.

use std::collections::BTreeMap;
use std::time::Instant;

use countersign_device::{Client, Prompt, SigningKey};
use countersign_domain::device::claims::Decision;
use countersign_domain::encoding::from_base64url;
use countersign_domain::secret::Secret;
use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use reqwest::header::{COOKIE, ORIGIN, SET_COOKIE};
use serde_json::{Value, json};
use totp_rs::{Algorithm, Builder};

use crate::members::{Member, PASSWORD};
use crate::steps::Step;

const USER_AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/// One connection of a browser and one of a phone, and the members who use them in turn.
#[derive(Debug)]
pub struct Worker {
    http: reqwest::Client,
    origin: String,
    app: Client,
    /// The members.
    pub seats: Vec<Seat>,
}

/// One member, in the middle of something.
#[derive(Debug)]
pub struct Seat {
    member: Member,
    key: SigningKey,
    cookies: BTreeMap<String, String>,
    number: String,
    prompt: Option<Prompt>,
    shift: i64,
}

impl Seat {
    fn new(member: &Member) -> Self {
        let key = SigningKey::from_pkcs8(&from_base64url(&member.key).unwrap()).unwrap();
        Self {
            member: member.clone(),
            key,
            cookies: BTreeMap::new(),
            number: String::new(),
            prompt: None,
            shift: 0,
        }
    }

    /// Moves its clock on.
    pub const fn later(&mut self, seconds: i64) {
        self.shift += seconds;
    }

    /// What the generator shows.
    fn code(&self) -> String {
        let seed = from_base64url(&self.member.seed).unwrap();
        let totp = Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(6)
            .with_step_duration(30)
            .with_secret(seed);
        let now = Timestamp::now().as_second() + self.shift;
        totp.build_noncompliant().generate(now.unsigned_abs()).to_string()
    }

    fn keep(&mut self, cookie: &str) {
        let (name, value) = cookie.split(';').next().and_then(|pair| pair.split_once('=')).unwrap();
        if value.is_empty() {
            self.cookies.remove(name)
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned())
        };
    }
}

impl Worker {
    /// A worker for these members.
    pub fn new(origin: &str, members: &[Member]) -> Self {
        let http = reqwest::Client::builder()
            .no_proxy()
            .user_agent(USER_AGENT)
            .pool_max_idle_per_host(1);
        Self {
            http: http.build().unwrap(),
            origin: origin.to_owned(),
            app: Client::new(origin.parse().unwrap()).unwrap(),
            seats: members.iter().map(Seat::new).collect(),
        }
    }

    /// All its members take a step, one after the other; how long each waited, in milliseconds.
    pub async fn take(&mut self, step: Step) -> Vec<f64> {
        let mut waits = Vec::new();
        let mut seats = std::mem::take(&mut self.seats);
        for seat in &mut seats {
            let started = Instant::now();
            self.once(seat, step).await;
            waits.push(started.elapsed().as_secs_f64() * 1e3);
        }
        self.seats = seats;
        waits
    }

    async fn once(&self, seat: &mut Seat, step: Step) {
        match step {
            Step::Password | Step::Again => {
                let body = json!({ "user_name": seat.member.user_name, "password": PASSWORD });
                self.call(seat, Method::POST, "/api/v1/sign-ins", body, "choose").await;
            }
            Step::Prompt => {
                let page = self
                    .call(
                        seat,
                        Method::POST,
                        "/api/v1/sign-ins/current/prompt",
                        Value::Null,
                        "waiting",
                    )
                    .await;
                page["prompts"][0]["number"]
                    .as_str()
                    .unwrap()
                    .clone_into(&mut seat.number);
            }
            Step::Poll => {
                self.call(seat, Method::GET, "/api/v1/sign-ins/current", Value::Null, "waiting")
                    .await;
            }
            Step::Fetch => seat.prompt = Some(self.phone(seat).prompts().await.unwrap().prompts.remove(0)),
            Step::Answer => {
                let decision = Decision::Approve {
                    number: Secret::new(seat.number.clone()),
                };
                self.phone(seat)
                    .answer(seat.prompt.as_ref().unwrap(), decision)
                    .await
                    .unwrap();
            }
            Step::Finish => {
                self.call(seat, Method::GET, "/api/v1/sign-ins/current", Value::Null, "complete")
                    .await;
            }
            Step::Code => {
                let body = json!({ "code": seat.code() });
                self.call(seat, Method::POST, "/api/v1/sign-ins/current/code", body, "complete")
                    .await;
            }
            Step::Session => {
                self.call(seat, Method::GET, "/api/v1/me", Value::Null, "").await;
            }
            Step::Activity => {
                self.call(seat, Method::GET, "/api/v1/me/activity", Value::Null, "")
                    .await;
            }
        }
    }

    fn phone(&self, seat: &Seat) -> countersign_device::Phone {
        let app = self
            .app
            .clone()
            .with_clock_offset(SignedDuration::from_secs(seat.shift));
        app.phone(seat.key.clone(), seat.member.account, seat.member.phone)
    }

    /// A request of the page, which must come to that state.
    async fn call(&self, seat: &mut Seat, method: Method, path: &str, body: Value, state: &str) -> Value {
        let cookies: Vec<String> = seat
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = self
            .http
            .request(method, format!("{}{path}", self.origin))
            .header(ORIGIN, &self.origin);
        let request = if cookies.is_empty() {
            request
        } else {
            request.header(COOKIE, cookies.join("; "))
        };
        let response = if body.is_null() {
            request.send()
        } else {
            request.json(&body).send()
        }
        .await
        .unwrap();
        let status = response.status();
        for cookie in response.headers().clone().get_all(SET_COOKIE) {
            seat.keep(cookie.to_str().unwrap());
        }
        let answer: Value = response.json().await.unwrap();
        assert!(
            status.is_success() && (state.is_empty() || answer["state"] == state),
            "{path}: {status} {answer}"
        );
        answer
    }
}
