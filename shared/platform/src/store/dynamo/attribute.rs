//! The attributes that are ours and not the domain's: keys, expiry, the last try, the list of people.

/// Partition key of each table.
pub(super) const PK: &str = "PK";
/// Sort key of each table.
pub(super) const SK: &str = "SK";
/// When the database may clean a row up, in seconds since the epoch; each condition that depends on it tests it itself.
pub(super) const TTL: &str = "ttl";
/// Who wrote a row last: a retried request that finds its own name here has won before.
pub(super) const LAST_TRY: &str = "last_try";
/// Partition key of the list of people.
pub(super) const PEOPLE_PK: &str = "people_pk";
/// Sort key of the list of people: the user name.
pub(super) const PEOPLE_SK: &str = "people_sk";
/// The one partition of the list of people.
pub(super) const PEOPLE: &str = "PEOPLE";
/// What the partitions of the lists of hardware tokens begin with; they share the index of people, whose sort key is the serial number here.
pub(super) const TOKENS: &str = "TOKENS#";
