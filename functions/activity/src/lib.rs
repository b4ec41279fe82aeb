//! The activity function: shows what happened.
