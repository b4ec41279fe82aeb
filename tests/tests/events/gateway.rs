//! Events as an HTTP API sends them to Lambda (payload format 2.0): one cookie an entry, doubled headers joined by commas, names in
//! lower case.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use base64::Engine as _;
use countersign_domain::sessions::Token;
use serde_json::{Value, json};

use crate::stage::{HOST, ORIGIN, now};

/// A browser of a laptop.
const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
/// The authenticator's on a phone.
const PHONE: &str =
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36";

/// A request, on its way through the gateway.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    route: &'static str,
    pub(crate) path: String,
    parameters: BTreeMap<String, String>,
    query: String,
    cookies: Vec<String>,
    headers: BTreeMap<&'static str, String>,
    body: Option<String>,
    base64: bool,
    stage: &'static str,
    address: &'static str,
}

impl Event {
    /// A request of a route, `GET /api/v1/me/methods/{id}/removal`, with the values of its path in their order.
    fn new(route: &'static str, ids: &[&str]) -> Self {
        let (_, template) = route.split_once(' ').unwrap();
        let mut ids = ids.iter();
        let mut parameters = BTreeMap::new();
        let parts = template.split('/').map(|part| match part.strip_prefix('{') {
            Some(name) => {
                let id = (*ids.next().unwrap()).to_owned();
                parameters.insert(name.trim_end_matches('}').to_owned(), id.clone());
                id
            }
            None => part.to_owned(),
        });
        let path = parts.collect::<Vec<_>>().join("/");
        Self {
            route,
            path,
            parameters,
            query: String::new(),
            cookies: Vec::new(),
            headers: BTreeMap::new(),
            body: None,
            base64: false,
            stage: "$default",
            address: "203.0.113.9",
        }
    }

    /// One that the portal's pages send.
    pub(crate) fn page(route: &'static str, ids: &[&str]) -> Self {
        let event = Self::new(route, ids)
            .header("accept", "application/json")
            .header("accept-language", "en-GB,en;q=0.5")
            .header("sec-fetch-site", "same-origin")
            .header("user-agent", BROWSER);
        if route.starts_with("GET ") {
            event
        } else {
            event.header("origin", ORIGIN)
        }
    }

    /// One that a browser's address line sends.
    pub(crate) fn visit(path: &str) -> Self {
        let event = Self {
            path: path.to_owned(),
            ..Self::new("$default /", &[])
        };
        event
            .header("accept", "text/html,application/xhtml+xml")
            .header("accept-encoding", "identity")
            .header("sec-fetch-site", "none")
            .header("user-agent", BROWSER)
    }

    /// One that a phone's app sends.
    pub(crate) fn app(route: &'static str, ids: &[&str]) -> Self {
        Self {
            address: "198.51.100.23",
            ..Self::new(route, ids)
        }
        .header("accept", "application/json")
        .header("user-agent", PHONE)
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.insert(name, value.into());
        self
    }

    pub(crate) fn cookie(mut self, name: &str, value: &str) -> Self {
        self.cookies.push(format!("{name}={value}"));
        self
    }

    pub(crate) fn session(self, token: &Token) -> Self {
        self.cookie("__Host-cs-session", token.to_cookie().expose())
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        self.body(&body.to_string())
    }

    pub(crate) fn body(mut self, body: &str) -> Self {
        self.body = Some(body.to_owned());
        let length = body.len().to_string();
        self.header("content-length", length)
            .header("content-type", "application/json")
    }

    /// With the body as the gateway hands on what it takes for binary.
    pub(crate) fn base64(mut self) -> Self {
        self.base64 = true;
        self
    }

    pub(crate) fn query(mut self, query: impl Into<String>) -> Self {
        self.query = query.into();
        self
    }

    /// Through a stage that has a name: it then stands in front of the path.
    pub(crate) fn through(mut self, stage: &'static str) -> Self {
        self.stage = stage;
        self
    }

    pub(crate) fn from(mut self, address: &'static str) -> Self {
        self.address = address;
        self
    }

    /// The verb.
    pub(crate) fn method(&self) -> &'static str {
        match self.route.split_once(' ').unwrap().0 {
            "$default" => "GET",
            verb => verb,
        }
    }

    /// The event's JSON.
    pub(crate) fn written(&self, name: &str) -> Value {
        let Self {
            route, stage, address, ..
        } = self;
        let (verb, at) = (self.method(), now());
        let route = if route.starts_with("$default") {
            "$default"
        } else {
            route
        };
        let path = if *stage == "$default" {
            self.path.clone()
        } else {
            format!("/{stage}{}", self.path)
        };
        let mut headers: BTreeMap<&str, String> = self.headers.clone();
        headers.insert("host", HOST.to_owned());
        headers.insert("x-amzn-trace-id", format!("Root=1-6a25c7f0-{}", id(name, 12)));
        headers.insert("x-forwarded-for", (*address).to_owned());
        headers.insert("x-forwarded-port", "443".to_owned());
        headers.insert("x-forwarded-proto", "https".to_owned());
        let mut event = json!({
            "version": "2.0",
            "routeKey": route,
            "rawPath": path,
            "rawQueryString": self.query,
            "headers": headers,
            "requestContext": {
                "accountId": "123456789012",
                "apiId": "a1b2c3d4e5",
                "domainName": HOST,
                "domainPrefix": HOST.split('.').next(),
                "http": {
                    "method": verb, "path": path, "protocol": "HTTP/1.1", "sourceIp": address,
                    "userAgent": self.headers.get("user-agent"),
                },
                "requestId": format!("{}=", id(name, 8)),
                "routeKey": route,
                "stage": stage,
                "time": at.strftime("%d/%b/%Y:%H:%M:%S +0000").to_string(),
                "timeEpoch": at.as_millisecond(),
            },
            "isBase64Encoded": self.base64,
        });
        if !self.cookies.is_empty() {
            event["cookies"] = json!(self.cookies);
        }
        if !self.parameters.is_empty() {
            event["pathParameters"] = json!(self.parameters);
        }
        if !self.query.is_empty() {
            // Decoded here, unlike in the raw one.
            let whole: reqwest::Url = format!("{ORIGIN}/?{}", self.query).parse().unwrap();
            event["queryStringParameters"] = json!(whole.query_pairs().collect::<BTreeMap<_, _>>());
        }
        if let Some(body) = &self.body {
            let encoded = base64::engine::general_purpose::STANDARD.encode(body);
            event["body"] = json!(if self.base64 { &encoded } else { body });
        }
        event
    }
}

/// An id that looks like one, the same each time.
pub(crate) fn id(of: &str, bytes: usize) -> String {
    let mut id = String::new();
    for byte in &countersign_domain::encoding::sha256(of)[..bytes] {
        write!(id, "{byte:02x}").unwrap();
    }
    id
}
