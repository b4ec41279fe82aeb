//! The closed sets of words of the API, each made from the domain's own by an exhaustive match, so that the document cannot drift.

use countersign_domain::{accounts, activity, methods, sessions, strengths};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

macro_rules! word {
    ($(#[$doc:meta])* $name:ident = $domain:path { $($(#[$each:meta])* $variant:ident,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$each])* $variant,)*
        }

        impl From<$domain> for $name {
            fn from(value: $domain) -> Self {
                type Domain = $domain;
                match value {
                    $(Domain::$variant => Self::$variant,)*
                }
            }
        }

        impl From<$name> for $domain {
            fn from(word: $name) -> Self {
                match word {
                    $($name::$variant => Self::$variant,)*
                }
            }
        }
    };
}

word!(/// What an account may do beyond its own affairs.
Role = accounts::Role {
    /// Only its own affairs.
    Member,
    /// People and policy.
    Administrator,
});

word!(/// Where an account stands.
AccountStatus = accounts::Status {
    /// Made, not entered yet.
    Invited,
    /// In use.
    Active,
    /// Suspended: no sign-in, no session.
    Disabled,
});

word!(/// What a session is good for.
SessionScope = sessions::Scope {
    /// Everything that the account may do.
    Full,
    /// Registering a first method only.
    Registration,
});

word!(/// How much a method is worth.
Strength = methods::Strength {
    /// One knows it.
    Knowledge,
    /// One has it.
    Possession,
    /// One has it, and it binds to the site.
    PhishingResistant,
});

word!(/// How far the proofs of a session reach.
Level = strengths::Level {
    /// One factor: good for registering a first method.
    OneFactor,
    /// Two different factors.
    MultiFactor,
    /// Two different factors, bound to this site.
    PhishingResistant,
    /// The same, by a key that provably cannot leave its device.
    DeviceBound,
});

word!(/// Where a passkey's authenticator is.
PasskeyAttachment = methods::passkey::Attachment {
    /// In this device.
    Platform,
    /// Beside it: a security key, a phone.
    CrossPlatform,
});

word!(/// What happened.
EventKind = activity::What {
    /// Somebody signed in, or tried to.
    SignIn,
    /// A prompt ended without a sign-in.
    Prompt,
    /// A passkey's counter did not rise: there may be a copy of it.
    PasskeyCopied,
    /// A method was added.
    MethodAdded,
    /// A method was removed.
    MethodRemoved,
    /// A method got another name.
    MethodRenamed,
    /// Another method is asked first.
    DefaultChanged,
    /// A session was ended by its own browser.
    SignedOut,
    /// A session was ended from elsewhere.
    SessionEnded,
    /// All sessions were ended.
    SignedOutEverywhere,
    /// The password was set.
    PasswordSet,
    /// An administrator disabled the account.
    AccountDisabled,
    /// An administrator enabled it again.
    AccountEnabled,
    /// An administrator issued a temporary access pass.
    PassIssued,
    /// An administrator revoked it.
    PassRevoked,
    /// An administrator made the account or sent a new link.
    Invited,
    /// An administrator changed the account's groups.
    GroupsChanged,
    /// The member, an administrator, changed the organization's policy.
    PolicyChanged,
});

word!(/// How it went.
EventOutcome = activity::Outcome {
    /// As it was meant.
    Success,
    /// It was refused.
    Failure,
    /// Neither: worth knowing.
    Information,
});

word!(/// Whether the number was typed right.
NumberMatch = activity::NumberMatch {
    /// It was.
    Matched,
    /// It was not.
    Mismatched,
});

word!(/// Who did it.
By = activity::By {
    /// The member.
    Member,
    /// An administrator.
    Administrator,
});

word!(/// What the member says of a row.
Verdict = activity::Claim {
    /// "This was me."
    Me,
    /// "This wasn't me."
    NotMe,
});
