//! What has to be there for everything of a kind.

mod documents;
mod functions;
mod routes;
