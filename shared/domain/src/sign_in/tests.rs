//! Facts of the sign-in.
