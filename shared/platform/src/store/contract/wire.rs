//! What the store asks of the database: how often, how strongly, and what it does when a reply is lost or a request refused.

use aws_sdk_dynamodb::types::AttributeValue;
use countersign_domain::accounts::Status;
use countersign_domain::attempts::Attempts;
use countersign_domain::enrollment::Stage;
use countersign_domain::ids::{AccountId, AuthenticatorId, PromptId};
use countersign_domain::invitations::For;
use countersign_domain::passwords::{Bucket, Guesses};
use countersign_domain::policy::Policy;
use countersign_domain::prompts::Ledger;

use super::proxy::Trick::{Cancel, Conflict, LeaveHalf, LoseReply, Throttle};
use super::proxy::{Proxy, Trick};
use super::world::{
    account, ada, after, attempt, ceremony, generator, now, password, pending, person, phone, prompted, session, stored, testing, web_push,
};
use super::{guesses, invitations, phones};
use crate::entropy::SystemEntropy;
use crate::fault::Fault;
use crate::store::{
    AdministerPeople as _, BindMethods as _, Consistency, ConsumeCodes as _, CountGuesses as _, DynamoStore, EndSessions as _,
    KeepEnrollments as _, KeepInvitations as _, KeepPhones as _, KeepPrompts as _, OpenSessions as _, ReadActivity as _, ReadPeople as _,
    ReadSessions as _, RecordActivity as _, RemoveMethods as _, Saved, SetUp,
};
