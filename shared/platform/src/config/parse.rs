//! How the text of a variable becomes a value, or an error that names the variable and the fix.

use countersign_domain::phone_numbers::is_e164;
use countersign_domain::secret::Secret;
use url::{Host, Url};

use super::{ConfigError, VARIABLES};

/// Reads named values and says of a bad one what it should be.
pub(super) struct Reader<'a> {
    lookup: &'a dyn Fn(&str) -> Option<String>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(lookup: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self { lookup }
    }

    pub(super) fn required<T>(&self, variable: &'static str, parse: fn(&str) -> Option<T>) -> Result<T, ConfigError> {
        self.optional(variable, parse)?
            .ok_or_else(|| error(variable, "is missing"))
    }

    pub(super) fn optional<T>(
        &self,
        variable: &'static str,
        parse: fn(&str) -> Option<T>,
    ) -> Result<Option<T>, ConfigError> {
        let Some(text) = (self.lookup)(variable).filter(|text| !text.trim().is_empty()) else {
            return Ok(None);
        };
        parse(text.trim())
            .map(Some)
            .ok_or_else(|| error(variable, "is not what it must be"))
    }
}

pub(super) fn error(variable: &'static str, problem: &'static str) -> ConfigError {
    let fix = VARIABLES
        .iter()
        .find(|known| known.name == variable)
        .map_or("see the list of variables", |known| known.doc);
    ConfigError { variable, problem, fix }
}

/// An origin as a browser writes it. Plain http is for this machine only: cookies and passkeys work nowhere else without TLS.
pub(super) fn origin(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let secure = url.scheme() == "https" || (url.scheme() == "http" && url.host_str() == Some("localhost"));
    let origin = url.origin().ascii_serialization();
    (secure && text.trim_end_matches('/') == origin).then_some(origin)
}

pub(super) fn web_address(text: &str) -> Option<Url> {
    Url::parse(text)
        .ok()
        .filter(|url| url.scheme() == "https" && url.has_host())
}

pub(super) fn name(text: &str) -> Option<String> {
    (text.chars().count() <= 128 && !text.contains(char::is_control)).then(|| text.to_owned())
}

pub(super) fn secret_arn(text: &str) -> Option<String> {
    (text.starts_with("arn:") && text.contains(":secretsmanager:")).then(|| text.to_owned())
}

pub(super) fn secret(text: &str) -> Option<Secret<String>> {
    (text.len() >= 16 && text.is_ascii()).then(|| Secret::new(text.to_owned()))
}

pub(super) fn mail_address(text: &str) -> Option<String> {
    let address = text
        .strip_suffix('>')
        .and_then(|rest| rest.split_once('<'))
        .map_or(text, |(_, address)| address);
    is_mail_address(address).then(|| text.to_owned())
}

pub(super) fn arn(text: &str) -> Option<String> {
    (text.starts_with("arn:") && text.contains(":app/")).then(|| text.to_owned())
}

/// A sender's name (GSM 03.40 §9.1.2.5: eleven characters), as carriers take it.
pub(super) fn sender(text: &str) -> Option<String> {
    let letters = text.bytes().all(|b| b.is_ascii_alphanumeric()) && text.bytes().any(|b| b.is_ascii_alphabetic());
    ((1..=11).contains(&text.len()) && letters).then(|| text.to_owned())
}

pub(super) fn phone_number(text: &str) -> Option<String> {
    is_e164(text).then(|| text.to_owned())
}

/// `arn:aws:sms-voice:<region>:<account>:phone-number/<id>`, or a pool's.
pub(super) fn voice_arn(text: &str) -> Option<String> {
    let known = text.contains(":phone-number/") || text.contains(":pool/");
    (text.starts_with("arn:") && text.contains(":sms-voice:") && known).then(|| text.to_owned())
}

/// The ARN of one version: `arn:aws:lambda:<region>:<account>:function:<name>:<version>`.
pub(super) fn version_arn(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(':').collect();
    matches!(parts.as_slice(), ["arn", _, "lambda", _, _, "function", name, version] if !name.is_empty() && !version.is_empty())
        .then(|| text.to_owned())
}

pub(super) fn hosts(text: &str) -> Option<Vec<String>> {
    let one = |text: &str| match Host::parse(text.trim()) {
        Ok(Host::Domain(domain)) if domain.contains('.') => Some(domain),
        _ => None,
    };
    text.split(',').map(one).collect()
}

pub(super) fn vapid_subject(text: &str) -> Option<String> {
    let real = text
        .strip_prefix("mailto:")
        .map_or_else(|| web_address(text).is_some(), is_mail_address);
    real.then(|| text.to_owned())
}

fn is_mail_address(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    !local.is_empty()
        && domain.contains('.')
        && Host::parse(domain).is_ok()
        && !text.contains([' ', '\r', '\n', '<', '>'])
}
