//! A browser as the version sees it behind an HTTP API (payload format 2.0): its events, the answers, and the cookies between them.

use std::collections::BTreeMap;

use countersign_domain::secret::Secret;
use countersign_platform::http::Cookie;
use serde_json::{Value, json};

use crate::State;
use crate::failure::{At as _, Failure};

/// Where it says that it comes from: an address that nobody has (RFC 5737).
const ADDRESS: &str = "192.0.2.1";
const AGENT: &str = "countersign-rehearsal";

/// One browser, with the cookies that it was given.
pub(crate) struct Browser<'a> {
    state: &'a State,
    cookies: BTreeMap<String, Secret<String>>,
}

/// What the version answered.
pub(crate) struct Answer {
    pub(crate) status: u64,
    /// The body; null where it is none that can be read.
    pub(crate) body: Value,
}

impl<'a> Browser<'a> {
    pub(crate) const fn new(state: &'a State) -> Self {
        Self {
            state,
            cookies: BTreeMap::new(),
        }
    }

    /// Asks for something.
    pub(crate) async fn get(&mut self, step: &'static str, path: &str) -> Result<Answer, Failure> {
        self.send(step, "GET", path, None).await
    }

    /// Sends a form.
    pub(crate) async fn post(&mut self, step: &'static str, path: &str, body: &Value) -> Result<Answer, Failure> {
        self.send(step, "POST", path, Some(body)).await
    }

    async fn send(
        &mut self,
        step: &'static str,
        verb: &str,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Answer, Failure> {
        let answer = self
            .state
            .version
            .invoke(&self.event(verb, path, body))
            .await
            .at(step)?;
        let status = answer.get("statusCode").and_then(Value::as_u64);
        let status = status.ok_or_else(|| Failure::new(step, "the answer has no status"))?;
        let given = answer.get("cookies").and_then(Value::as_array).into_iter().flatten();
        for cookie in given.filter_map(Value::as_str) {
            self.keep(step, cookie)?;
        }
        let text = answer.get("body").and_then(Value::as_str).unwrap_or_default();
        Ok(Answer {
            status,
            body: serde_json::from_str(text).unwrap_or_default(),
        })
    }

    fn event(&self, verb: &str, path: &str, body: Option<&Value>) -> Value {
        let origin = &*self.state.house.origin;
        let host = origin.split_once("://").map_or(origin, |(_, host)| host);
        let mut headers = json!({
            "accept": "application/json", "host": host, "sec-fetch-site": "same-origin", "user-agent": AGENT,
            "x-forwarded-for": ADDRESS, "x-forwarded-port": "443", "x-forwarded-proto": "https",
        });
        let (route, now) = (format!("{verb} {path}"), self.state.house.now());
        let mut event = json!({
            "version": "2.0", "routeKey": route, "rawPath": path, "rawQueryString": "",
            "requestContext": {
                "accountId": "rehearsal", "apiId": "rehearsal", "domainName": host, "domainPrefix": "rehearsal",
                "http": { "method": verb, "path": path, "protocol": "HTTP/1.1", "sourceIp": ADDRESS, "userAgent": AGENT },
                "requestId": "rehearsal", "routeKey": route, "stage": "$default",
                "time": now.strftime("%d/%b/%Y:%H:%M:%S +0000").to_string(), "timeEpoch": now.as_millisecond(),
            },
            "isBase64Encoded": false,
        });
        let mut field = |name: &str, value: Value| {
            event
                .as_object_mut()
                .map(|fields| fields.insert(name.to_owned(), value))
        };
        if let (Some(body), Some(headers)) = (body, headers.as_object_mut()) {
            headers.insert("origin".to_owned(), json!(origin));
            headers.insert("content-type".to_owned(), json!("application/json"));
            headers.insert("content-length".to_owned(), json!(body.to_string().len().to_string()));
            field("body", json!(body.to_string()));
        }
        field("headers", headers);
        if !self.cookies.is_empty() {
            let cookies = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={}", value.expose()));
            field("cookies", cookies.collect::<Vec<_>>().into());
        }
        event
    }

    /// Keeps a cookie as a browser would that knows what `__Host-` promises (RFC 6265bis §4.1.3.2), and hides it from scripts as ours must be.
    fn keep(&mut self, step: &'static str, cookie: &str) -> Result<(), Failure> {
        let mut parts = cookie.split(';').map(str::trim);
        let (name, value) = parts.next().and_then(|pair| pair.split_once('=')).unwrap_or_default();
        let attributes: Vec<String> = parts.map(str::to_ascii_lowercase).collect();
        let has = |attribute: &str| attributes.iter().any(|one| one == attribute);
        let bound = name.starts_with("__Host-") && has("path=/") && has("secure") && has("httponly");
        if !bound || attributes.iter().any(|one| one.starts_with("domain=")) {
            return Err(Failure::new(
                step,
                "a cookie is not bound to this host, or scripts can read it",
            ));
        }
        if value.is_empty() || has("max-age=0") {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), Secret::new(value.to_owned()));
        }
        Ok(())
    }

    /// Whether it holds that cookie.
    pub(crate) fn holds(&self, cookie: Cookie) -> bool {
        self.cookies.contains_key(cookie.name())
    }
}

impl Answer {
    /// A text of the body; empty where there is none, or where it is none of our own words, ids and codes.
    pub(crate) fn text(&self, pointer: &str) -> &str {
        let ours = |text: &&str| {
            text.len() <= 64
                && text
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
        };
        self.body
            .pointer(pointer)
            .and_then(Value::as_str)
            .filter(ours)
            .unwrap_or_default()
    }
}
