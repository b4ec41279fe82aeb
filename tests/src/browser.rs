//! A browser as far as the API sees one: an origin, a user agent, and cookies that it keeps.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use reqwest::header::{COOKIE, ORIGIN, RETRY_AFTER, SET_COOKIE};
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::Value;

/// One browser. Clones share their cookies, like tabs.
#[derive(Debug, Clone)]
pub struct Browser {
    client: Client,
    origin: String,
    cookies: Arc<Mutex<BTreeMap<String, String>>>,
    heard: Arc<Mutex<Vec<(String, String)>>>,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: reqwest::header::HeaderMap,
    /// The body as JSON; `null` if it has none.
    pub body: Value,
}

impl Answer {
    /// A string in the body, by JSON pointer.
    pub fn text(&self, pointer: &str) -> &str {
        self.body
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_else(|| panic!("no text at {pointer} in {self:?}"))
    }

    /// The problem's code, or nothing.
    pub fn code(&self) -> &str {
        self.body.get("code").and_then(Value::as_str).unwrap_or_default()
    }

    /// The seconds of `Retry-After`.
    pub fn retry_after(&self) -> Option<i64> {
        self.headers.get(RETRY_AFTER)?.to_str().ok()?.parse().ok()
    }

    /// The same, if it has that status; otherwise the test ends with what came instead.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{self:?}");
        self
    }

    /// The same, if it is a whole problem document of that status and code.
    #[track_caller]
    pub fn expect_problem(self, status: u16, code: &str) -> Self {
        assert_eq!((self.status.as_u16(), self.code()), (status, code), "{self:?}");
        assert_eq!(self.headers["content-type"], "application/problem+json");
        for field in ["type", "title", "detail", "fix", "request_id"] {
            assert!(!self.text(&format!("/{field}")).is_empty(), "{field} in {self:?}");
        }
        self
    }
}

impl Browser {
    /// A browser without cookies.
    pub fn new(origin: &str) -> Self {
        let client = Client::builder()
            .no_proxy()
            .user_agent("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0");
        // Plain HTTP needs no certificates, and reading the machine's would take longer than a request.
        let client = if origin.starts_with("http://") {
            client.tls_certs_only([])
        } else {
            client
        };
        Self {
            client: client.build().unwrap(),
            origin: origin.to_owned(),
            cookies: Arc::default(),
            heard: Arc::default(),
        }
    }

    /// A request with this browser's cookies and nothing else, to be made wrong by hand.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let cookies = self.cookies.lock().unwrap();
        let header: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = self.client.request(method, format!("{}{path}", self.origin));
        if header.is_empty() {
            request
        } else {
            request.header(COOKIE, header.join("; "))
        }
    }

    /// Sends a request and keeps the cookies that come back.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        for cookie in headers.get_all(SET_COOKIE) {
            let (name, value) = cookie
                .to_str()
                .unwrap()
                .split(';')
                .next()
                .unwrap()
                .split_once('=')
                .unwrap();
            let mut cookies = self.cookies.lock().unwrap();
            if value.is_empty() {
                cookies.remove(name)
            } else {
                cookies.insert(name.to_owned(), value.to_owned())
            };
        }
        let path = response.url().path().to_owned();
        let text = response.text().await.unwrap();
        self.heard.lock().unwrap().push((path, format!("{headers:?}\n{text}")));
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Answer { status, headers, body }
    }

    /// `GET`.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    /// Any verb with a JSON body, as the portal sends it; `Value::Null` is no body.
    pub async fn call(&self, method: Method, path: &str, body: Value) -> Answer {
        let request = self.request(method, path).header(ORIGIN, &self.origin);
        self.send(if body.is_null() { request } else { request.json(&body) })
            .await
    }

    /// `POST` with a JSON body.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.call(Method::POST, path, body).await
    }

    /// `PUT` with a JSON body.
    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.call(Method::PUT, path, body).await
    }

    /// `PATCH` with a JSON body.
    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.call(Method::PATCH, path, body).await
    }

    /// `DELETE`.
    pub async fn delete(&self, path: &str) -> Answer {
        self.call(Method::DELETE, path, Value::Null).await
    }

    /// All that came back so far, cookies and copies of them included: paths, each with its headers and body.
    pub fn heard(&self) -> Vec<(String, String)> {
        self.heard.lock().unwrap().clone()
    }

    /// A cookie's value.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }

    /// Plants a cookie.
    pub fn set_cookie(&self, name: &str, value: &str) {
        self.cookies.lock().unwrap().insert(name.to_owned(), value.to_owned());
    }

    /// The same cookies in a browser of its own: what a thief would have.
    #[must_use]
    pub fn stolen(&self) -> Self {
        let cookies = self.cookies.lock().unwrap().clone();
        Self {
            cookies: Arc::new(Mutex::new(cookies)),
            ..self.clone()
        }
    }
}
