//! The administration function: serves the organization's administrators.
