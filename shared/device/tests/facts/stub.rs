//! A service that knows one code and one account, and checks what it is sent as the real one does.

use std::sync::{Arc, Mutex};

use countersign_device::Origin;
use countersign_domain::device::key::DeviceKey;
use countersign_domain::device::shown::Shown;
use countersign_domain::device::verify::{Expected, read_kid, verify_answer, verify_pairing, verify_proof};
use countersign_domain::refusal::Refusal;
use jiff::Timestamp;
use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

pub(crate) const CODE: &str = "7K3MQ-9XW2A";
pub(crate) const ACCOUNT: &str = "acc_01KAVXGA00000000000000000A";
pub(crate) const AUTHENTICATOR: &str = "aut_01KAVXGA00000000000000000B";
pub(crate) const PROMPT: &str = "prm_01KAVXGA00000000000000000C";
pub(crate) const NUMBER: &str = "42";

/// What the service has come to know.
#[derive(Default)]
pub(crate) struct Known {
    pub(crate) key: Option<DeviceKey>,
    pub(crate) installation: Option<String>,
    pub(crate) channel: Value,
    pub(crate) outcome: Option<&'static str>,
    pub(crate) removed: bool,
}

/// A running stub.
pub(crate) struct Stub {
    server: MockServer,
    pub(crate) known: Arc<Mutex<Known>>,
}

impl Stub {
    pub(crate) async fn start() -> Self {
        let server = MockServer::start().await;
        let known = Arc::new(Mutex::new(Known::default()));
        let service = Service {
            origin: server.uri().parse().unwrap(),
            known: Arc::clone(&known),
        };
        Mock::given(any()).respond_with(service).mount(&server).await;
        Self { server, known }
    }

    pub(crate) fn origin(&self) -> Origin {
        self.server.uri().parse().unwrap()
    }
}

struct Service {
    origin: Origin,
    known: Arc<Mutex<Known>>,
}

impl Respond for Service {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        self.answer(request, &mut self.known.lock().unwrap()).unwrap_or_else(|(status, code)| {
            let body = json!({ "type": "about:blank", "title": "No.", "status": status, "code": code, "fix": "Do better." });
            ResponseTemplate::new(status).set_body_raw(body.to_string(), "application/problem+json")
        })
    }
}

impl Service {
    fn answer(&self, request: &Request, known: &mut Known) -> Result<ResponseTemplate, (u16, &'static str)> {
        let path = request.url.path();
        match (request.method.as_str(), path) {
            ("GET", "/device/v1/configuration") => Ok(ok(
                &json!({ "protocol": 1, "organization": "Example", "vapid_public_key": null,
                "capabilities": ["number_matching"], "help_url": null, "news": "ignored" }),
            )),
            ("POST", "/device/v1/pairings") => self.pair(request, known),
            _ => {
                self.prove(request, known)?;
                Self::serve(request, known)
            }
        }
    }

    fn pair(&self, request: &Request, known: &mut Known) -> Result<ResponseTemplate, (u16, &'static str)> {
        let jws = body(request, "pairing");
        let (key, claims) = verify_pairing(&jws, &self.origin.url("/device/v1/pairings"), Timestamp::now())
            .map_err(|_| (401, "device.signature_invalid"))?;
        if claims.code.to_string() != CODE {
            return Err((409, "pairing.expired"));
        }
        known.key = Some(key);
        known.removed = false;
        known.installation = Some(claims.installation.to_string());
        Ok(ResponseTemplate::new(201).set_body_json(json!({ "account_id": ACCOUNT, "authenticator_id": AUTHENTICATOR, "organization": "Example", "user_name": "ada",
            "display_name": "Ada L.", "replaces_added_at": null })))
    }

    fn prove(&self, request: &Request, known: &Known) -> Result<(), (u16, &'static str)> {
        let no = (401, "device.proof_invalid");
        let proof = request
            .headers
            .get("countersign-proof")
            .and_then(|proof| proof.to_str().ok())
            .ok_or(no)?;
        let claimed = read_kid(proof).map_err(|_| no)?;
        let htu = self.origin.url(request.url.path());
        let expected = Expected {
            htm: request.method.as_str(),
            htu: &htu,
            body: &request.body,
        };
        let key = known
            .key
            .as_ref()
            .filter(|_| claimed.authenticator.to_string() == AUTHENTICATOR && !known.removed);
        verify_proof(proof, key.ok_or((410, "device.removed"))?, expected, Timestamp::now())
            .map(|_| ())
            .map_err(|_| no)
    }

    fn serve(request: &Request, known: &mut Known) -> Result<ResponseTemplate, (u16, &'static str)> {
        match (request.method.as_str(), request.url.path()) {
            ("GET", "/device/v1/device") => Ok(ok(
                &json!({ "account_id": ACCOUNT, "authenticator_id": AUTHENTICATOR, "name": "Phone",
                "organization": "Example", "user_name": "ada", "display_name": "Ada L.", "status": "active",
                "added_at": "2026-11-24T17:00:00Z", "channel": "none" }),
            )),
            ("GET", "/device/v1/prompts") => {
                let open = if known.outcome.is_none() {
                    vec![prompt()]
                } else {
                    vec![]
                };
                Ok(ok(&json!({ "prompts": open, "poll_after_ms": 1 })))
            }
            ("PUT", "/device/v1/channel") => {
                known.channel = request.body_json::<Value>().unwrap()["channel"].clone();
                Ok(ResponseTemplate::new(204))
            }
            ("DELETE", "/device/v1/device") => {
                known.removed = true;
                Ok(ResponseTemplate::new(204))
            }
            ("POST", path) if path == format!("/device/v1/prompts/{PROMPT}/answer") => Self::settle(request, known),
            _ => Err((404, "route.not_found")),
        }
    }

    fn settle(request: &Request, known: &mut Known) -> Result<ResponseTemplate, (u16, &'static str)> {
        use countersign_domain::device::claims::Decision;
        let key = known.key.as_ref().unwrap();
        let claims = verify_answer(&body(request, "answer"), key, Timestamp::now()).map_err(|no| match no {
            Refusal::Malformed(_) => (400, "request.malformed"),
            _ => (401, "device.signature_invalid"),
        })?;
        let shown: Shown = serde_json::from_value(prompt()["shown"].clone()).unwrap();
        if claims.acc.to_string() != ACCOUNT
            || claims.shown != shown.hash()
            || claims.challenge.to_string() != prompt()["challenge"]
        {
            return Err((409, "challenge.expired"));
        }
        let outcome = match claims.decision {
            Decision::Approve { number } if number.matches(NUMBER) => "approved",
            Decision::Approve { .. } => return Err((409, "challenge.number_mismatch")),
            Decision::Deny { .. } => "denied",
        };
        known.outcome = Some(outcome);
        Ok(ok(&json!({ "outcome": outcome })))
    }
}

fn ok(body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

fn body(request: &Request, name: &str) -> String {
    let body: Value = request.body_json().unwrap();
    assert_eq!(
        body.as_object().unwrap().len(),
        1,
        "the protocol refuses unknown fields"
    );
    body[name].as_str().unwrap().to_owned()
}

fn prompt() -> Value {
    json!({ "id": PROMPT, "purpose": "sign_in", "challenge": "A".repeat(43), "number_length": 2,
        "shown": { "app": "Security info", "place": "Lisbon, PT", "browser": "Firefox on Linux", "address": "203.0.113.9",
            "at": "2026-11-24T17:00:00Z" },
        "created_at": "2026-11-24T17:00:00Z", "expires_at": "2026-11-24T17:02:00Z" })
}
