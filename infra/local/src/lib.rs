//! The whole of Countersign in one process on an embedded DynamoDB: what `make run` starts and the tests drive.

pub mod database;
pub mod demo;
pub mod document;
pub mod keyring;
pub mod outbox;
mod outbox_page;
pub mod service;
