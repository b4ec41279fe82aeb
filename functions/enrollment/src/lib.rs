//! The enrollment function: binds sign-in methods to an account.
