//! Every expected "no" that a caller can be told, closed, so that whoever maps it must know all.

use jiff::Timestamp;

/// Why something was not done. It knows nothing of HTTP; `platform` turns it into a problem document by one exhaustive match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// No such route.
    RouteNotFound,
    /// The route exists, the verb does not.
    VerbNotAllowed,
    /// The body, query or path does not have the shape that the route takes.
    Malformed(&'static str),
    /// The request comes from another origin, or does not say where it comes from.
    ForeignOrigin,
    /// The body is over 64 kB.
    TooLarge,
    /// The body is not JSON by its content type.
    UnsupportedMediaType,
    /// The paging cursor is not one of ours.
    CursorInvalid,
    /// No session, or one that is over.
    SessionRequired,
    /// The last proof is older than the act allows.
    ReauthenticationRequired,
    /// The last proof is fresh, but weaker than the account's best.
    StrongerProofRequired,
    /// Every second factor of this session is new: until then it changes no other method.
    MethodOnProbation(Timestamp),
    /// This session may only register a method.
    RegistrationOnly,
    /// The caller's role does not reach here.
    RoleRequired,
    /// Unknown name, wrong password, locked or disabled: one answer for all.
    SignInRejected,
    /// No sign-in is under way in this browser, or it is too old.
    SignInNotUnderWay,
    /// The code was wrong, too old or used before.
    CodeRejected,
    /// The passkey's answer does not hold, or its account cannot sign in: one answer for both.
    PasskeyRejected,
    /// No account has this passkey.
    PasskeyUnknown,
    /// The passkey was asked for too long ago, elsewhere, or has answered already.
    PasskeyExpired,
    /// An account has this passkey already.
    PasskeyTaken,
    /// Policy does not take this model, a synced passkey, or one that does not prove its model.
    PasskeyNotAllowed,
    /// The prompt is over.
    ChallengeExpired,
    /// The wrong number was typed on the phone.
    NumberMismatch,
    /// The member said no on the phone.
    ChallengeDenied,
    /// The member said on the phone that it was somebody else.
    ChallengeReported,
    /// A newer prompt replaced this one.
    ChallengeSuperseded,
    /// Another answer was first.
    ChallengeAnswered,
    /// Too many prompts went wrong: none until then.
    PromptMuted(Timestamp),
    /// Too many wrong answers: none is taken until then.
    AttemptsExhausted(Timestamp),
    /// No authenticator of this account has that id.
    MethodNotFound,
    /// The last usable method, or one that policy requires.
    MethodLastOrRequired,
    /// The account has as many of this kind as it may.
    MethodLimitReached,
    /// A spare method is added beside another one, not instead of one.
    MethodNeedsAnother,
    /// Policy does not offer this method to this account.
    MethodNotOffered,
    /// The text is not a number that a code can be sent to.
    PhoneNumberInvalid,
    /// Policy does not send to the country of this number, or to none at all.
    CountryNotAllowed,
    /// This deployment has nothing to place calls with.
    VoiceNotSetUp,
    /// A code was sent a moment ago: the next one from then on.
    SendingTooSoon(Timestamp),
    /// A budget of messages is used up: the next one from then on.
    SendingTooMany(Timestamp),
    /// The enrollment ceremony is over or unknown.
    EnrollmentExpired,
    /// The pairing code is unknown, used or too old.
    PairingExpired,
    /// The link is unknown, used or too old.
    InvitationInvalid,
    /// The password is shorter than the rule.
    PasswordTooShort(usize),
    /// The password is longer than 256 characters.
    PasswordTooLong,
    /// The password is on the block-list, or holds the member's or organization's name.
    PasswordBlockListed,
    /// The password is too easy to guess.
    PasswordTooWeak,
    /// Another account has that user name.
    UserNameTaken,
    /// The user name breaks the rule.
    UserNameInvalid,
    /// The display name breaks the rule.
    DisplayNameInvalid,
    /// The mail address breaks the rule.
    MailInvalid,
    /// The name given to a method breaks the rule.
    NameInvalid,
    /// The name of a group breaks the rule.
    GroupInvalid,
    /// A person is in as many groups as they may be.
    GroupLimitReached(usize),
    /// The policy was edited without saying which version.
    PolicyVersionRequired,
    /// The policy has been changed since that version.
    PolicyVersionConflict,
    /// The policy breaks a rule; which, stands with each field.
    PolicyInvalid,
    /// The policy, or the groups, would leave who edits them without a method.
    PolicyLocksOut,
    /// No such account.
    AccountNotFound,
    /// The act would leave no administrator, or is aimed at oneself.
    AccountLastAdministrator,
    /// The account's state does not allow the act (already enabled, already active...).
    AccountStateConflict,
    /// Nobody issues a pass to themselves.
    PassNotForOneself,
    /// The account has no pass.
    PassNotFound,
    /// The lifetime is outside what policy allows, in minutes.
    PassLifetimeNotAllowed {
        /// The fewest.
        least: u32,
        /// The most.
        most: u32,
    },
    /// The length is not one that a pass can have.
    PassLengthNotAllowed,
    /// Policy allows only passes for one sign-in.
    PassOneTimeRequired,
    /// The pass would begin too far ahead.
    PassStartNotAllowed,
    /// No such session of this account.
    SessionNotFound,
    /// No such row of this account's activity.
    ActivityNotFound,
    /// The phone's proof is missing, stale, replayed or not by its key.
    DeviceProofInvalid,
    /// The phone's message is not signed by its key.
    DeviceSignatureInvalid,
    /// The authenticator was removed, or never was.
    DeviceRemoved,
    /// The phone was not unlocked for an answer that stands for two factors.
    DeviceUnlockRequired,
    /// No hand-over of that id is under way from this phone.
    HandOverExpired,
    /// The new phone has not passed its test.
    HandOverNotTested,
    /// This account has no phone that may sign in without the password.
    PasswordlessNotAvailable,
    /// The push channel is not one that can be sent to.
    ChannelInvalid,
    /// The serial number breaks the rule.
    SerialInvalid,
    /// No token with this serial number and this code is there for this account; which of the two is wrong is not told.
    TokenRejected,
    /// No hardware token has that serial number.
    TokenNotFound,
    /// The token is in use: its member removes it first.
    TokenInUse,
    /// The token's state does not allow the act, or somebody changed it at the same time.
    TokenStateConflict,
    /// The file of an import, as a whole, is not one that can be read.
    ImportInvalid(&'static str),
}
