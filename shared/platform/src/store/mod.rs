//! What is stored, and how: the ports, their DynamoDB and their memory.

mod ports;

pub use ports::*;
