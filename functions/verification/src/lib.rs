//! The verification function: proves who it is.
