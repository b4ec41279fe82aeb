//! Signing in, confirming and proving a second factor by a passkey.

pub(crate) mod options;
pub(crate) mod redeem;
