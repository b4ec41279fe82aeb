//! The part of the platform's house that passkeys know: where it is and what it is called.

pub struct House {
    pub origin: &'static str,
    pub organization: &'static str,
}
