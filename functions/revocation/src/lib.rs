//! The revocation function: takes trust away.
