//! SES: mails, each as text and as plain HTML.

use aws_sdk_sesv2::Client;
use aws_sdk_sesv2::error::BuildError;
use aws_sdk_sesv2::types::{Body, Content, Destination, EmailContent, Message};
use countersign_domain::delivery::{Mail, Sent};
use countersign_domain::notices::Notice;

use super::text::{escaped, filled, text};
use super::{notices, reason};
use crate::config::Config;
use crate::fault::Fault;

/// Sends through SES.
#[derive(Debug)]
pub(super) struct Ses {
    client: Client,
    from: String,
    organization: String,
    help_url: Option<String>,
}

/// A mail as it is read.
struct Written {
    subject: String,
    text: String,
    html: String,
}

/// What every mail has.
struct Parts<'a> {
    greeting: String,
    body: String,
    link: &'a str,
    button: &'a str,
    closing: &'a str,
}

impl Ses {
    pub(super) fn new(client: Client, config: &Config) -> Self {
        let help_url = config.help_url.as_ref().map(ToString::to_string);
        Self {
            client,
            from: config.mail_from.clone(),
            organization: config.organization.clone(),
            help_url,
        }
    }

    /// Sends one mail.
    pub(super) async fn send(&self, to: &str, mail: &Mail) -> Result<Sent, Fault> {
        let message = message(self.write(mail)).map_err(|_| Fault::Delivery("a mail could not be put together"))?;
        self.client
            .send_email()
            .from_email_address(&self.from)
            .destination(Destination::builder().to_addresses(to).build())
            .content(EmailContent::builder().simple(message).build())
            .send()
            .await
            .map(|_| Sent::Sent)
            .map_err(|error| Fault::unavailable("SES: mail", reason(&error)))
    }

    fn write(&self, mail: &Mail) -> Written {
        match mail {
            Mail::EnrollmentLink { display_name, link } => self.enrollment_link(display_name, link.expose()),
            Mail::Notice(notice) => self.notice(notice),
        }
    }

    fn enrollment_link(&self, display_name: &str, link: &str) -> Written {
        let gaps = [
            ("organization", self.organization.as_str()),
            ("display_name", display_name),
        ];
        let [subject, greeting, body] = [
            "mail.enrollment_link.subject",
            "mail.greeting",
            "mail.enrollment_link.body",
        ]
        .map(|code| filled(code, &gaps));
        let parts = Parts {
            greeting,
            body,
            link,
            button: text("mail.enrollment_link.button"),
            closing: text("mail.enrollment_link.closing"),
        };
        self.put_together(subject, &parts)
    }

    fn notice(&self, notice: &Notice) -> Written {
        let told = notices::told(notice, &self.organization);
        let parts = Parts {
            greeting: told.greeting,
            body: told.body,
            link: &notice.link,
            button: text("mail.notice.button"),
            closing: text("mail.notice.closing"),
        };
        self.put_together(told.subject, &parts)
    }

    fn put_together(&self, subject: String, parts: &Parts<'_>) -> Written {
        let Parts {
            greeting,
            body,
            link,
            button,
            closing,
        } = parts;
        let help = self
            .help_url
            .as_ref()
            .map(|url| filled("mail.help", &[("help_url", url)]));
        let last = help.as_ref().map(|help| format!("\n\n{help}")).unwrap_or_default();
        let paragraph = |text: &str| format!("<p>{}</p>", escaped(text));
        Written {
            subject,
            text: format!("{greeting}\n\n{body}\n\n{link}\n\n{closing}{last}\n"),
            html: [
                "<!doctype html><html lang=\"en\"><body style=\"font-family:sans-serif\">".to_owned(),
                paragraph(greeting),
                paragraph(body),
                format!("<p><a href=\"{}\">{}</a></p>", escaped(link), escaped(button)),
                paragraph(closing),
                help.as_deref().map(paragraph).unwrap_or_default(),
                "</body></html>".to_owned(),
            ]
            .concat(),
        }
    }
}

fn message(written: Written) -> Result<Message, BuildError> {
    let content = |data: String| Content::builder().data(data).charset("UTF-8").build();
    let body = Body::builder()
        .text(content(written.text)?)
        .html(content(written.html)?)
        .build();
    Ok(Message::builder().subject(content(written.subject)?).body(body).build())
}

#[cfg(test)]
mod tests {
    use countersign_domain::notices::Change;
    use countersign_domain::secret::Secret;
    use serde_json::{Value, json};
    use wiremock::matchers::{method, path};
    use wiremock::{Mock, MockServer, ResponseTemplate};

    use super::*;
    use crate::aws::Aws;

    const LINK: &str = "https://id.example.com/welcome#token=abc-123";

    fn mail() -> Mail {
        Mail::EnrollmentLink {
            display_name: "Ada <b>L.</b>".into(),
            link: Secret::new(LINK.into()),
        }
    }

    fn ses(endpoint: &str) -> Ses {
        let mut config = Config::local("https://id.example.com");
        config.help_url = Some("https://help.example.com/?a=b&c".parse().unwrap());
        Ses::new(Aws::at(endpoint).ses(), &config)
    }

    #[tokio::test]
    async fn an_enrollment_link_goes_out_as_text_and_html() {
        let server = MockServer::start().await;
        Mock::given(method("POST"))
            .and(path("/v2/email/outbound-emails"))
            .respond_with(ResponseTemplate::new(200).set_body_json(json!({ "MessageId": "m" })))
            .mount(&server)
            .await;
        assert_eq!(
            ses(&server.uri()).send("ada@example.com", &mail()).await.unwrap(),
            Sent::Sent
        );

        let sent: Value = server.received_requests().await.unwrap()[0].body_json().unwrap();
        assert_eq!(sent["Destination"], json!({ "ToAddresses": ["ada@example.com"] }));
        assert_eq!(sent["FromEmailAddress"], "Countersign <countersign@example.com>");
        let simple = &sent["Content"]["Simple"];
        assert_eq!(simple["Subject"]["Data"], "Set up your sign-in for Example");
        let text = simple["Body"]["Text"]["Data"].as_str().unwrap();
        assert!(text.starts_with("Hello Ada <b>L.</b>,\n") && text.contains(&format!("\n{LINK}\n")));
        let html = simple["Body"]["Html"]["Data"].as_str().unwrap();
        assert!(html.contains("Ada &lt;b&gt;L.&lt;/b&gt;") && html.contains(&format!("href=\"{LINK}\"")));
        assert!(html.contains("a=b&amp;c"));
    }

    #[tokio::test]
    async fn a_notice_says_what_was_changed_and_where_to_say_that_it_was_somebody_else() {
        let notice = Notice {
            display_name: "Ada <b>L.</b>".into(),
            change: Change::Added,
            method: "Authenticator".into(),
            name: "My <i>phone</i>".into(),
            at: "2026-11-24T12:00:00Z".parse().unwrap(),
            from: Some("Lisbon, PT, Firefox".into()),
            link: "https://id.example.com/activity".into(),
        };
        let written = ses("http://127.0.0.1:1").write(&Mail::Notice(notice));
        assert_eq!(written.subject, "A sign-in method was added to your account at Example");
        assert!(
            written.text.contains("Authenticator (My <i>phone</i>)") && written.text.contains("Lisbon, PT, Firefox")
        );
        assert!(written.text.contains("24 November 2026, 12:00 UTC"));
        assert!(written.html.contains("My &lt;i&gt;phone&lt;/i&gt;"));
        assert!(
            written.html.contains("href=\"https://id.example.com/activity\"")
                && written.html.contains("This wasn&#39;t me")
        );
    }

    #[tokio::test]
    async fn a_refusal_of_ses_is_told_by_its_code_and_not_by_the_address() {
        let server = MockServer::start().await;
        let body = json!({ "message": "not verified: ada@example.com" });
        Mock::given(method("POST"))
            .respond_with(
                ResponseTemplate::new(400)
                    .insert_header("x-amzn-errortype", "MessageRejected")
                    .set_body_json(body),
            )
            .mount(&server)
            .await;
        let fault = ses(&server.uri()).send("ada@example.com", &mail()).await.unwrap_err();
        assert_eq!(fault.story(), "SES: mail is unavailable: it refused: MessageRejected");
    }
}
