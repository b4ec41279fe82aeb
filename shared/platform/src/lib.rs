//! What Countersign stands on: DynamoDB, delivery, keys, configuration, telemetry and the HTTP edge.

pub mod clock;
pub mod config;
pub mod entropy;
pub mod fault;
pub mod http;
pub mod store;
pub mod telemetry;
