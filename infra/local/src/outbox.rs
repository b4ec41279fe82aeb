//! The outbox: every message as it would have gone out, kept in a file so that it is there again at the next start.

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use countersign_domain::delivery::{Channel, Delivery, Mail, Sent};
use countersign_platform::clock::Clock;
use countersign_platform::delivery::{CodeWords, Deliver, WebPush};
use countersign_platform::http::ApiError;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How many messages are shown.
const KEPT: usize = 200;

/// One message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// When it went out.
    pub at: Timestamp,
    /// `push`, `mail`, `sms` or `voice`.
    pub kind: String,
    /// The address, or the kind of push channel.
    pub to: String,
    /// What it says.
    pub text: String,
    /// A link in it, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// What became of it.
    pub outcome: String,
}

/// Keeps messages, and hands web pushes on to the browsers' push services.
pub struct Outbox {
    messages: Mutex<Vec<Message>>,
    file: Option<PathBuf>,
    clock: Arc<dyn Clock>,
    web_push: WebPush,
    words: CodeWords,
}

impl std::fmt::Debug for Outbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Outbox")
    }
}

impl Outbox {
    /// Opens the outbox, with what an earlier run left in its file.
    pub fn open(file: Option<PathBuf>, clock: Arc<dyn Clock>, web_push: WebPush, words: CodeWords) -> Self {
        let text = file
            .as_ref()
            .and_then(|path| std::fs::read_to_string(path).ok())
            .unwrap_or_default();
        let messages = text
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok())
            .collect();
        Self {
            messages: Mutex::new(messages),
            file,
            clock,
            web_push,
            words,
        }
    }

    /// The latest messages, newest first.
    pub fn latest(&self) -> Vec<Message> {
        self.messages
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .iter()
            .rev()
            .take(KEPT)
            .cloned()
            .collect()
    }

    /// Keeps a message that something else of the local run wrote.
    pub fn keep(&self, kind: &str, to: &str, text: String, link: Option<String>, outcome: &str) {
        let (kind, to, outcome) = (kind.to_owned(), to.to_owned(), outcome.to_owned());
        let message = Message {
            at: self.clock.now(),
            kind,
            to,
            text,
            link,
            outcome,
        };
        if let (Some(path), Ok(line)) = (&self.file, serde_json::to_string(&message)) {
            let appended = std::fs::OpenOptions::new().append(true).create(true).open(path);
            if let Err(error) = appended.and_then(|mut file| writeln!(file, "{line}")) {
                tracing::warn!(
                    error.message = error.to_string(),
                    "the outbox's file could not be written"
                );
            }
        }
        self.messages
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(message);
    }
}

#[async_trait]
impl Deliver for Outbox {
    async fn register(&self, channel: Channel) -> Result<Channel, ApiError> {
        if let Channel::WebPush { endpoint, p256dh, auth } = &channel {
            self.web_push.check(endpoint.expose(), p256dh, auth.expose())?;
        }
        Ok(channel)
    }

    async fn deliver(&self, delivery: &Delivery) -> Sent {
        match delivery {
            Delivery::Push {
                account,
                prompt,
                channel,
            } => {
                let sent = match channel {
                    Channel::WebPush { endpoint, p256dh, auth } => {
                        let sending = self
                            .web_push
                            .send(*account, *prompt, endpoint.expose(), p256dh, auth.expose());
                        let limit = countersign_platform::delivery::LIMIT;
                        tokio::time::timeout(limit, sending)
                            .await
                            .map_or(Sent::Failed, |sent| sent.unwrap_or(Sent::Failed))
                    }
                    Channel::Apns { .. } | Channel::Fcm { .. } => Sent::Sent,
                    Channel::None => Sent::NoChannel,
                };
                let text = format!("Countersign — Open to answer a sign-in request. ({prompt})");
                self.keep("push", channel.kind(), text, None, outcome(sent));
                sent
            }
            Delivery::Mail {
                to,
                message: Mail::EnrollmentLink { display_name, link },
            } => {
                let text =
                    format!("Hello {display_name}, this link sets up your sign-in. It is good once, for 24 hours.");
                self.keep("mail", to, text, Some(link.expose().clone()), "sent");
                Sent::Sent
            }
            Delivery::Mail {
                to,
                message: Mail::Notice(notice),
            } => {
                let told = countersign_platform::delivery::told(notice, "your organization");
                let text = format!(
                    "{}: {} Was it not you? Say so in your recent activity.",
                    told.subject, told.body
                );
                self.keep("mail", to, text, Some(notice.link.clone()), "sent");
                Sent::Sent
            }
            Delivery::Sms { to, code, language } => {
                let text = self.words.text(code.expose(), *language);
                self.keep("sms", to.e164(), text, None, "sent");
                Sent::Sent
            }
            Delivery::Voice { to, code, language } => {
                let text = self.words.spoken(code.expose(), *language);
                self.keep("voice", to.e164(), text, None, "sent");
                Sent::Sent
            }
        }
    }

    fn places_calls(&self) -> bool {
        true
    }
}

const fn outcome(sent: Sent) -> &'static str {
    match sent {
        Sent::Sent => "sent",
        Sent::NoChannel => "no channel: the phone polls",
        Sent::ChannelGone => "channel gone",
        Sent::Failed => "failed: the phone polls",
        Sent::Refused(why) => why.as_str(),
    }
}
