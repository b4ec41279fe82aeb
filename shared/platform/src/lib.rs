//! What Countersign stands on: DynamoDB, delivery, keys, configuration, telemetry and the HTTP edge.

pub mod aws;
pub mod boot;
pub mod clock;
pub mod config;
pub mod delivery;
pub mod ending;
pub mod entropy;
pub mod fault;
pub mod house;
pub mod http;
pub mod keys;
pub mod lambda;
pub mod looking_up;
pub mod noticing;
pub mod opening;
pub mod passkeys;
pub mod prompting;
pub mod rehearsing;
pub mod removing;
pub mod seal;
pub mod seeds;
pub mod sending;
pub mod store;
pub mod telemetry;
