//! The organization's numbers: every limit and lifetime that decides, with its default from the field's standards.

use jiff::SignedDuration;

use crate::methods::Family;
use crate::sendings::SendingLimits;

/// How a counter of wrong answers behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttemptLimits {
    /// Wrong answers that cost nothing but their count.
    pub free: u32,
    /// The wait after the last free one; doubled by each further one.
    pub first_wait: SignedDuration,
    /// The longest wait.
    pub longest_wait: SignedDuration,
    /// Wrong answers in a row that disable the authenticator until it is bound again (NIST SP 800-63B-4 §3.2.2: at most 100).
    pub disable_at: Option<u32>,
}

/// What an organization decides. Defaults are what `docs/architecture.md` lists.
#[derive(Debug, Clone, Copy)]
pub struct Policy {
    /// Wrong passwords, per account and place of sign-in.
    pub password_attempts: AttemptLimits,
    /// Wrong codes, per authenticator.
    pub code_attempts: AttemptLimits,
    /// Failed sign-ins from one address within an hour before that address has to wait.
    pub address_failures: u32,
    /// Shortest password when a second factor is always asked for (NIST SP 800-63B-4 §3.1.1.2).
    pub password_shortest: usize,
    /// Longest password.
    pub password_longest: usize,
    /// Digits of the number on the sign-in page: 2, 3 or 6.
    pub number_length: u8,
    /// How long a prompt can be answered.
    pub prompt_lifetime: SignedDuration,
    /// Prompts denied, unanswered or wrong within `strike_window` before prompts pause.
    pub strikes: usize,
    /// The window in which they are counted.
    pub strike_window: SignedDuration,
    /// How long prompts pause.
    pub mute: SignedDuration,
    /// How long a sign-in may take from the password on.
    pub sign_in_lifetime: SignedDuration,
    /// How long an enrollment ceremony lives.
    pub enrollment_lifetime: SignedDuration,
    /// How long a pairing code is good.
    pub pairing_lifetime: SignedDuration,
    /// How old a proof may be for changes to methods.
    pub fresh: SignedDuration,
    /// How long a new method cannot by itself change others.
    pub probation: SignedDuration,
    /// A session's longest life (NIST SP 800-63B-4 §2.2.3).
    pub session_lifetime: SignedDuration,
    /// A session's longest idle time.
    pub session_idle: SignedDuration,
    /// The longest life of one at the highest level (NIST SP 800-63B-4 §2.3.3).
    pub highest_session_lifetime: SignedDuration,
    /// Its longest idle time.
    pub highest_session_idle: SignedDuration,
    /// How stale "last seen" may be before it is written again.
    pub session_touch: SignedDuration,
    /// The first-administrator link's life.
    pub first_administrator_link: SignedDuration,
    /// An enrollment link's life.
    pub enrollment_link: SignedDuration,
    /// Authenticators and code generators together.
    pub authenticators: usize,
    /// Passkeys and security keys.
    pub passkeys: usize,
    /// Phone numbers.
    pub phone_numbers: usize,
    /// How long a code that was sent is good (NIST SP 800-63B-4 §3.1.3.2: at most 10 minutes).
    pub sent_code_lifetime: SignedDuration,
    /// How long another one has to wait.
    pub resend_after: SignedDuration,
    /// Wrong codes that a ceremony takes before it is over.
    pub ceremony_codes: u32,
    /// How many messages each may cause.
    pub sendings: SendingLimits,
    /// Days that activity is kept.
    pub activity_days: i64,
}

impl Policy {
    /// How many of a family an account may have.
    pub const fn most(&self, family: Family) -> usize {
        match family {
            Family::Authenticators => self.authenticators,
            Family::Passkeys => self.passkeys,
            Family::Passes | Family::RecoveryCodes => 1,
            Family::Phones => self.phone_numbers,
        }
    }
}

impl Default for Policy {
    fn default() -> Self {
        let growing = |free, disable_at| AttemptLimits {
            free,
            first_wait: SignedDuration::from_secs(60),
            longest_wait: SignedDuration::from_hours(1),
            disable_at,
        };
        Self {
            password_attempts: growing(10, None),
            code_attempts: growing(5, Some(100)),
            address_failures: 50,
            password_shortest: 8,
            password_longest: 256,
            number_length: 2,
            prompt_lifetime: SignedDuration::from_secs(120),
            strikes: 3,
            strike_window: SignedDuration::from_mins(10),
            mute: SignedDuration::from_mins(20),
            sign_in_lifetime: SignedDuration::from_mins(10),
            enrollment_lifetime: SignedDuration::from_mins(15),
            pairing_lifetime: SignedDuration::from_mins(10),
            fresh: SignedDuration::from_mins(5),
            probation: SignedDuration::from_hours(7 * 24),
            session_lifetime: SignedDuration::from_hours(24),
            session_idle: SignedDuration::from_hours(1),
            highest_session_lifetime: SignedDuration::from_hours(12),
            highest_session_idle: SignedDuration::from_mins(15),
            session_touch: SignedDuration::from_mins(5),
            first_administrator_link: SignedDuration::from_hours(1),
            enrollment_link: SignedDuration::from_hours(24),
            authenticators: 5,
            passkeys: 10,
            phone_numbers: 2,
            sent_code_lifetime: SignedDuration::from_mins(10),
            resend_after: SignedDuration::from_secs(30),
            ceremony_codes: 5,
            sendings: SendingLimits::default(),
            activity_days: 30,
        }
    }
}
