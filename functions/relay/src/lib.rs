//! The relay function: speaks with the phone.
