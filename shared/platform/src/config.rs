//! Every environment variable that Countersign reads, each documented and checked once, at start.

mod parse;
mod variables;

use std::fmt;

use countersign_domain::secret::Secret;
use url::Url;

pub use variables::{AWS_VARIABLES, VARIABLES, Variable};

/// A variable is missing or not what it must be.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("{variable} {problem}: {fix}")]
pub struct ConfigError {
    /// Which one.
    pub variable: &'static str,
    /// What is wrong; never the value.
    pub problem: &'static str,
    /// What to set.
    pub fix: &'static str,
}

/// As `Display`: it is how a `main` that returns it tells the operator.
impl fmt::Debug for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What a deployment sets.
#[derive(Debug, Clone)]
pub struct Config {
    /// The one origin, as browsers write it: `https://id.example.com`, no slash at the end.
    pub origin: String,
    /// The organization's name, as members read it.
    pub organization: String,
    /// Where members find help.
    pub help_url: Option<Url>,
    /// The three tables' names.
    pub tables: Tables,
    /// The ARN of the secret that all keys are derived from.
    pub secret: String,
    /// What the distribution in front adds to each request.
    pub edge_secret: Option<Secret<String>>,
    /// The sender of mails.
    pub mail_from: String,
    /// SNS platform applications for native phones.
    pub applications: Applications,
    /// As whom texts and calls go out.
    pub phones: Phones,
    /// Where web pushes may go.
    pub push: Push,
    /// The ARN of the version that the rehearsal tries; no other function has one.
    pub rehearsed: Option<String>,
}

/// The three tables' names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tables {
    /// Accounts, authenticators, policy.
    pub directory: String,
    /// Sign-ins under way, prompts, sessions.
    pub sessions: String,
    /// Records; append only.
    pub activity: String,
}

/// The SNS platform applications that native phones receive through; without one, such phones only poll.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applications {
    /// The ARN for Apple devices.
    pub apns: Option<String>,
    /// The ARN for Firebase.
    pub fcm: Option<String>,
}

/// As whom texts and calls go out. Each is optional: texts then come from a number of the service's own, and there are no calls.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Phones {
    /// The sender's name that texts carry, registered where countries ask for it.
    pub texts_as: Option<String>,
    /// The number that texts come from.
    pub texts_from: Option<String>,
    /// The ARN of the number or pool that calls come from.
    pub calls_from: Option<String>,
}

/// Where web pushes may go, and as whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Push {
    /// Host names; each allows itself and what lies under it.
    pub services: Vec<String>,
    /// Whether `http://127.0.0.1` and `http://localhost` are allowed too: for the local run and for tests, never in a deployment.
    pub allow_loopback: bool,
    /// The contact that push services are told (RFC 8292 §2.1): a real `mailto:` or `https:` address, or iOS drops every push.
    pub vapid_subject: String,
}

impl Config {
    /// Reads the environment.
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::from_lookup(|name| std::env::var(name).ok())
    }

    /// Reads from any source of named values. An empty value is none, as templates pass optional ones so.
    pub fn from_lookup(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let read = parse::Reader::new(&lookup);
        Ok(Self {
            origin: read.required("COUNTERSIGN_ORIGIN", parse::origin)?,
            organization: read.required("COUNTERSIGN_ORGANIZATION", parse::name)?,
            help_url: read.optional("COUNTERSIGN_HELP_URL", parse::web_address)?,
            tables: Tables {
                directory: read.required("COUNTERSIGN_TABLE_DIRECTORY", parse::name)?,
                sessions: read.required("COUNTERSIGN_TABLE_SESSIONS", parse::name)?,
                activity: read.required("COUNTERSIGN_TABLE_ACTIVITY", parse::name)?,
            },
            secret: read.required("COUNTERSIGN_SECRET", parse::secret_arn)?,
            edge_secret: read.optional("COUNTERSIGN_EDGE_SECRET", parse::secret)?,
            mail_from: read.required("COUNTERSIGN_MAIL_FROM", parse::mail_address)?,
            applications: Applications {
                apns: read.optional("COUNTERSIGN_SNS_APNS_APPLICATION", parse::arn)?,
                fcm: read.optional("COUNTERSIGN_SNS_FCM_APPLICATION", parse::arn)?,
            },
            phones: Phones {
                texts_as: read.optional("COUNTERSIGN_SMS_SENDER", parse::sender)?,
                texts_from: read.optional("COUNTERSIGN_SMS_NUMBER", parse::phone_number)?,
                calls_from: read.optional("COUNTERSIGN_VOICE_IDENTITY", parse::voice_arn)?,
            },
            push: Push {
                services: read
                    .optional("COUNTERSIGN_PUSH_SERVICES", parse::hosts)?
                    .unwrap_or_else(Push::known_services),
                allow_loopback: false,
                vapid_subject: read.required("COUNTERSIGN_VAPID_SUBJECT", parse::vapid_subject)?,
            },
            rehearsed: read.optional("COUNTERSIGN_REHEARSED", parse::version_arn)?,
        })
    }

    /// A configuration for the local run and for tests: loopback pushes allowed, tables by their plain names, no secret.
    pub fn local(origin: &str) -> Self {
        Self {
            origin: origin.to_owned(),
            organization: "Example".to_owned(),
            help_url: None,
            tables: Tables {
                directory: "directory".into(),
                sessions: "sessions".into(),
                activity: "activity".into(),
            },
            secret: String::new(),
            edge_secret: None,
            mail_from: "Countersign <countersign@example.com>".to_owned(),
            applications: Applications::default(),
            phones: Phones::default(),
            push: Push {
                services: Push::known_services(),
                allow_loopback: true,
                vapid_subject: "mailto:security@example.com".to_owned(),
            },
            rehearsed: None,
        }
    }

    /// The version that the rehearsal tries: it cannot do without.
    pub fn rehearsed(&self) -> Result<String, ConfigError> {
        let missing = || parse::error("COUNTERSIGN_REHEARSED", "is missing");
        self.rehearsed.clone().ok_or_else(missing)
    }
}

impl Push {
    /// The push services of the common browsers.
    pub fn known_services() -> Vec<String> {
        [
            "fcm.googleapis.com",
            "updates.push.services.mozilla.com",
            "notify.windows.com",
            "web.push.apple.com",
        ]
        .map(str::to_owned)
        .to_vec()
    }
}

#[cfg(test)]
mod tests;
