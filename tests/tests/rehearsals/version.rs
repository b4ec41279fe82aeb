//! A version of verification: the real one, invoked as Lambda does, or spoiled in one way.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use axum::Router;
use countersign_platform::fault::Fault;
use countersign_platform::http::{EdgeConfig, edge};
use countersign_platform::lambda::request_of;
use countersign_platform::rehearsing::InvokeVersion;
use countersign_tests::World;
use countersign_verification::{State, router};
use http::header::SET_COOKIE;
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tower::ServiceExt as _;

/// What is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spoiled {
    /// Nothing.
    Healthy,
    /// It cannot be invoked from the n-th time on, the first being 0.
    DeadFrom(usize),
    /// It answers every request with 500.
    Broken,
    /// It answers a wrong password as if it were right.
    TakesAnyPassword,
    /// It sets no cookie.
    NoCookies,
    /// Its cookies can be read by scripts.
    OpenCookies,
    /// It takes the password for a whole sign-in.
    NoSecondFactor,
    /// It goes on answering for a session that has ended.
    Remembers,
    /// It says that the session is somebody else's.
    MixesUp,
    /// Its answer is none that a gateway could use.
    NoAnswer,
}

pub(crate) struct Version {
    router: Router,
    spoiled: Spoiled,
    /// What it was sent and what it answered.
    pub(crate) seen: Mutex<Vec<(Value, Value)>>,
}

impl Version {
    pub(crate) fn of(world: &World, spoiled: Spoiled) -> Self {
        let parts = &world.parts;
        let state = State::new(parts.house(), &parts.store, Arc::clone(&parts.deliver));
        let config = EdgeConfig::new("verification", &parts.config, Arc::clone(&parts.clock));
        Self {
            router: edge(router(state), config),
            spoiled,
            seen: Mutex::default(),
        }
    }

    async fn answer(&self, event: &Value) -> Value {
        let request = request_of(&event.to_string(), "rehearsed").unwrap();
        let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        let cookies: Vec<_> = parts
            .headers
            .get_all(SET_COOKIE)
            .iter()
            .map(|cookie| cookie.to_str().unwrap())
            .collect();
        let body = body.collect().await.unwrap().to_bytes();
        json!({
            "statusCode": parts.status.as_u16(), "headers": {}, "multiValueHeaders": {}, "cookies": cookies,
            "body": String::from_utf8_lossy(&body), "isBase64Encoded": false,
        })
    }

    fn spoil(&self, event: &Value, answer: &mut Value) {
        let path = event["rawPath"].as_str().unwrap();
        let whose = path == "/api/v1/me";
        match self.spoiled {
            Spoiled::Broken => answer["statusCode"] = json!(500),
            Spoiled::TakesAnyPassword if answer["statusCode"] == 401 && path == "/api/v1/sign-ins" => {
                *answer =
                    json!({ "statusCode": 200, "body": "{\"state\":\"choose\",\"prompts\":[{\"kind\":\"code\"}]}" });
            }
            Spoiled::NoCookies => answer["cookies"] = json!([]),
            Spoiled::OpenCookies => {
                for cookie in answer["cookies"].as_array_mut().unwrap() {
                    *cookie = json!(cookie.as_str().unwrap().replace("; HttpOnly", ""));
                }
            }
            Spoiled::NoSecondFactor if answer["statusCode"] == 200 && path == "/api/v1/sign-ins" => {
                let session = json!("__Host-cs-session=acc.token; Path=/; Max-Age=60; Secure; HttpOnly; SameSite=Lax");
                answer["cookies"].as_array_mut().unwrap().push(session);
            }
            Spoiled::Remembers if whose && answer["statusCode"] == 401 => {
                let before = self.seen.lock().unwrap();
                *answer = before
                    .iter()
                    .rfind(|(event, _)| event["rawPath"] == path)
                    .unwrap()
                    .1
                    .clone();
            }
            Spoiled::MixesUp if whose => {
                let body = answer["body"].as_str().unwrap().replace("acc_0000", "acc_0001");
                answer["body"] = json!(body);
            }
            Spoiled::NoAnswer => *answer = json!({ "message": "Internal Server Error" }),
            Spoiled::Healthy
            | Spoiled::DeadFrom(_)
            | Spoiled::TakesAnyPassword
            | Spoiled::NoSecondFactor
            | Spoiled::Remembers
            | Spoiled::MixesUp => {}
        }
    }
}

#[async_trait]
impl InvokeVersion for Version {
    async fn invoke(&self, event: &Value) -> Result<Value, Fault> {
        let count = self.seen.lock().unwrap().len();
        if matches!(self.spoiled, Spoiled::DeadFrom(from) if count >= from) {
            return Err(Fault::unavailable(
                "Lambda: invoke the rehearsed version",
                "it ended as Unhandled",
            ));
        }
        let mut answer = self.answer(event).await;
        self.spoil(event, &mut answer);
        self.seen.lock().unwrap().push((event.clone(), answer.clone()));
        Ok(answer)
    }
}
