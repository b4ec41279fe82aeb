//! Calls to the cloud's own interface, signed as a function's role signs them, or by the emulator's root.

use std::time::SystemTime;

use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::{Credentials, Deployed, deployed};

/// A call, before anybody signs it.
#[derive(Debug, Clone)]
pub struct Call {
    service: &'static str,
    method: Method,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: String,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Said {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: String,
}

impl Said {
    /// Whether the caller was refused for lack of a permission.
    pub fn is_denied(&self) -> bool {
        let code = ["AccessDenied", "AuthorizationError", "NotAuthorized"];
        self.status >= 400
            && code.iter().any(|code| self.body.contains(code))
            && self.body.contains("is not authorized to perform")
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }
}

impl Call {
    /// DynamoDB.
    pub fn dynamodb(action: &str, body: &Value) -> Self {
        Self::targeted("dynamodb", "DynamoDB_20120810", "1.0", action, body)
    }

    /// Secrets Manager.
    pub fn secrets(action: &str, body: &Value) -> Self {
        Self::targeted("secretsmanager", "secretsmanager", "1.1", action, body)
    }

    /// KMS.
    pub fn kms(action: &str, body: &Value) -> Self {
        Self::targeted("kms", "TrentService", "1.1", action, body)
    }

    /// CloudWatch Logs.
    pub fn logs(action: &str, body: &Value) -> Self {
        Self::targeted("logs", "Logs_20140328", "1.1", action, body)
    }

    /// SQS: one message to a queue of ours.
    pub fn message(queue: &str) -> Self {
        let Deployed { emulator, account, .. } = deployed();
        let body = json!({ "QueueUrl": format!("{emulator}/{account}/{queue}"), "MessageBody": "a fact" });
        Self::targeted("sqs", "AmazonSQS", "1.0", "SendMessage", &body)
    }

    /// SNS.
    pub fn sns(action: &str, parameters: &[(&str, &str)]) -> Self {
        Self::query("sns", "2010-03-31", action, parameters)
    }

    /// IAM.
    pub fn iam(action: &str, parameters: &[(&str, &str)]) -> Self {
        Self::query("iam", "2010-05-08", action, parameters)
    }

    /// STS.
    pub fn sts(action: &str, parameters: &[(&str, &str)]) -> Self {
        Self::query("sts", "2011-06-15", action, parameters)
    }

    /// SES: one mail.
    pub fn mail(from: &str, to: &str) -> Self {
        let text = |text: &str| json!({ "Data": text });
        let simple = json!({ "Subject": text("A fact"), "Body": { "Text": text("of the deployed test") } });
        let body = json!({ "FromEmailAddress": from, "Destination": { "ToAddresses": [to] }, "Content": { "Simple": simple } });
        Self::rest("ses", "/v2/email/outbound-emails".to_owned(), &body)
    }

    /// Lambda: an invocation with this event.
    pub fn invoke(function: &str, event: &Value) -> Self {
        Self::rest("lambda", format!("/2015-03-31/functions/{function}/invocations"), event)
    }

    fn targeted(service: &'static str, target: &str, version: &str, action: &str, body: &Value) -> Self {
        Self {
            service,
            method: Method::POST,
            path: "/".to_owned(),
            headers: vec![
                ("content-type", format!("application/x-amz-json-{version}")),
                ("x-amz-target", format!("{target}.{action}")),
            ],
            body: body.to_string(),
        }
    }

    fn query(service: &'static str, version: &str, action: &str, parameters: &[(&str, &str)]) -> Self {
        let named = [("Action", action), ("Version", version)];
        let mut url = reqwest::Url::parse("http://query").unwrap();
        url.query_pairs_mut().extend_pairs(named.iter().chain(parameters));
        Self {
            service,
            method: Method::POST,
            path: "/".to_owned(),
            headers: vec![("content-type", "application/x-www-form-urlencoded".to_owned())],
            body: url.query().unwrap_or_default().to_owned(),
        }
    }

    fn rest(service: &'static str, path: String, body: &Value) -> Self {
        Self {
            service,
            method: Method::POST,
            path,
            headers: vec![("content-type", "application/json".to_owned())],
            body: body.to_string(),
        }
    }

    /// Sends it as a role.
    pub async fn by(&self, credentials: &Credentials) -> Said {
        self.send(credentials).await
    }

    /// Sends it as the emulator's root, who may do everything.
    pub async fn by_root(&self) -> Said {
        let root = |text: &str| text.to_owned();
        self.send(&Credentials {
            access_key_id: root("test"),
            secret_access_key: root("test"),
            session_token: String::new(),
        })
        .await
    }

    async fn send(&self, credentials: &Credentials) -> Said {
        let Deployed { emulator, region, .. } = deployed();
        let url = format!("{emulator}{}", self.path);
        let token = Some(credentials.session_token.clone()).filter(|token| !token.is_empty());
        let (id, key) = (&credentials.access_key_id, &credentials.secret_access_key);
        let identity = aws_credential_types::Credentials::new(id, key, token, None, "facts").into();
        let signing = v4::SigningParams::builder()
            .identity(&identity)
            .region(region)
            .name(self.service)
            .time(SystemTime::now())
            .settings(SigningSettings::default())
            .build()
            .unwrap();
        let host = emulator.trim_start_matches("http://").to_owned();
        let headers = self.headers.iter().map(|(name, value)| (*name, value.as_str()));
        let headers = headers.chain([("host", host.as_str())]);
        let body = SignableBody::Bytes(self.body.as_bytes());
        let signable = SignableRequest::new(self.method.as_str(), &url, headers, body).unwrap();
        let (signed, _) = sign(signable, &signing.into()).unwrap().into_parts();
        let mut request = client().request(self.method.clone(), &url).body(self.body.clone());
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        for (name, value) in signed.headers() {
            request = request.header(name, value);
        }
        let response = request.send().await.unwrap();
        Said {
            status: response.status().as_u16(),
            body: response.text().await.unwrap(),
        }
    }
}

/// A client for plain HTTP on this machine.
pub fn client() -> Client {
    Client::builder().no_proxy().tls_certs_only([]).build().unwrap()
}
