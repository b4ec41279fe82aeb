//! The whole of Countersign in one process on an embedded DynamoDB.
