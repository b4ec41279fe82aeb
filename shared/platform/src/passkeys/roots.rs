//! The root certificates that prove which model a passkey is of (WebAuthn Level 3 §7.1, step 24), and whether one can prove anything.

use std::time::Duration;

use countersign_domain::methods::passkey::{AttestationRule, PasskeySettings};
use countersign_domain::methods::rules::Objection;
use jiff::Timestamp;
use webauthn_rs_core::proto::AttestationCaList;
use x509_cert::der::DecodePem as _;
use x509_cert::ext::pkix::{BasicConstraints, KeyUsage};
use x509_cert::{Certificate, TbsCertificate};

use crate::fault::Fault;

/// The roots that a model must be proven by, each by itself; none where it need not be. The library takes the first root of the issuer's name
/// and looks at no other, so two of one name, the old and the new of a maker, have to be tried in turns.
pub(super) fn roots(rule: &AttestationRule) -> Result<Option<Vec<AttestationCaList>>, Fault> {
    let AttestationRule::Required { roots } = rule else {
        return Ok(None);
    };
    let read = |root: &String| AttestationCaList::try_from(root.as_bytes());
    let all: Result<_, _> = roots.iter().map(read).collect();
    all.map(Some)
        .map_err(|_| Fault::Defect("a root certificate in the methods policy is not one"))
}

/// What is wrong with the roots of edited settings, each place below the settings. Kept, such a root would refuse every passkey.
pub fn objections(settings: &PasskeySettings, now: Timestamp) -> Vec<Objection> {
    let AttestationRule::Required { roots } = &settings.attestation else {
        return Vec::new();
    };
    let wrong = |(at, root): (usize, &String)| {
        let says = flaw(root, now)?;
        Some(Objection::new(format!("/attestation/roots/{at}"), says))
    };
    roots.iter().enumerate().filter_map(wrong).collect()
}

/// Why no passkey could be proven by it, if so (RFC 5280 §4.1.2.5, §4.2.1.3 and §4.2.1.9).
fn flaw(root: &str, now: Timestamp) -> Option<&'static str> {
    let read = Certificate::from_pem(root.trim()).ok();
    // The library has to read it, too.
    let Some(read) = read.filter(|_| AttestationCaList::try_from(root.as_bytes()).is_ok()) else {
        return Some("This is not one certificate in PEM. Give each root on its own, from BEGIN to END CERTIFICATE.");
    };
    let certificate = read.tbs_certificate();
    if !signs_certificates(certificate) {
        return Some(
            "This certificate does not say that it is a root: it lacks the basic constraint CA or the key usage keyCertSign. Give the \
             maker's root, not the certificate of a key.",
        );
    }
    let validity = certificate.validity();
    let now = Duration::from_secs(u64::try_from(now.as_second()).unwrap_or_default());
    let current = validity.not_before.to_unix_duration()..=validity.not_after.to_unix_duration();
    (!current.contains(&now)).then_some("This certificate is not valid today. Give the maker's current root.")
}

fn signs_certificates(certificate: &TbsCertificate) -> bool {
    let constraints = certificate.get_extension::<BasicConstraints>().ok().flatten();
    let usage = certificate.get_extension::<KeyUsage>().ok().flatten();
    constraints.is_some_and(|(_, constraints)| constraints.ca) && usage.is_some_and(|(_, usage)| usage.key_cert_sign())
}
