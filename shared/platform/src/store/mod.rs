//! What is stored, and how: the ports, their DynamoDB and their memory.

pub mod dynamo;
pub mod memory;
mod policy;
mod ports;

#[cfg(test)]
mod contract;

pub use dynamo::DynamoStore;
pub use memory::MemoryStore;
pub use policy::KeepPolicy;
pub use ports::*;
