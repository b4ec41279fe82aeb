//! Property tests of the prompt ledger.
