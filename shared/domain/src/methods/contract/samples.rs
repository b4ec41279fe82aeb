//! One bound sample of every method, with answers to it. A new method adds its line to [`sample`].

mod look_up;

use crate::delivery::Channel;
use crate::device::claims::DenyReason;
use crate::device::octets::Challenge;
use crate::entropy::Seeded;
use crate::ids::{AccountId, AuthenticatorId, PromptId, SignInId};
use crate::methods::look_up::LookedUp;
use crate::methods::passkey::Asserted;
use crate::methods::sent_code::{self, Line, SentCode};
pub(super) use crate::methods::testing::at;
use crate::methods::testing::{asserted, bound, code_of, held, passkey, phone_binding, shown};
use crate::methods::totp::Generator;
use crate::methods::{Authenticator, Binding, MethodKind, Response, Verdict};
use crate::phone_numbers::{Carries, PhoneNumber};
use crate::policy::Policy;
use crate::prompts::{Prompt, Purpose, State};
use crate::secret::Secret;

/// An answer that is kept as long as the test needs it.
#[derive(Debug, Clone)]
pub(super) enum Answer {
    Code(Secret<String>),
    Prompt(Box<Prompt>),
    LookUp(LookedUp),
    Assertion(Box<Asserted>),
    Sent { code: Secret<String>, flow: &'static str },
}

impl Answer {
    pub(super) fn response(&self) -> Response<'_> {
        match self {
            Self::Code(code) => Response::Code(code),
            Self::Prompt(prompt) => Response::Prompt(prompt),
            Self::LookUp(looked_up) => Response::LookUp(looked_up),
            Self::Assertion(asserted) => Response::Assertion(asserted),
            Self::Sent { code, flow } => Response::SentCode { code, flow },
        }
    }
}

/// One method, bound, with answers to it.
pub(super) struct Sample {
    pub(super) bound: Authenticator,
    pub(super) secret: Option<Secret<Vec<u8>>>,
    /// What must not be seen anywhere.
    pub(super) planted: Vec<String>,
    pub(super) right: Answer,
    /// From when on the right one is late.
    pub(super) late: i64,
    pub(super) wrong: Vec<Answer>,
}

impl Sample {
    /// What the authenticator says of an answer.
    pub(super) fn check(&self, answer: &Answer, now: i64) -> Verdict {
        self.bound.check(self.secret.as_ref(), &answer.response(), at(now))
    }
}

/// When an answer is late that never is: the last day of our clock.
pub(super) const NEVER: i64 = 200_000_000_000;

/// When the samples are answered.
pub(super) const NOW: i64 = 3_000_000_000;

/// The sample of a method. A new method adds its line.
pub(super) fn sample(kind: MethodKind) -> Sample {
    let entropy = Seeded::new(kind.as_str());
    let account = AccountId::new(at(0), &entropy);
    let bound = |binding| bound(account, binding, &entropy);
    match kind {
        MethodKind::PASSKEY => {
            let mut key = passkey(b"a credential", true);
            key.sign_count = 5;
            let right = asserted(&key, at(NOW));
            let with = |change: &dyn Fn(&mut Asserted)| {
                let mut other = right.clone();
                change(&mut other);
                Answer::Assertion(Box::new(other))
            };
            Sample {
                planted: Vec::new(), // nothing of a passkey is secret to us
                wrong: vec![
                    with(&|one| one.credential_id = "another".to_owned()),
                    with(&|one| one.challenged_at = at(NOW + 1)),
                    with(&|one| one.expires_at = at(NOW)),
                    with(&|one| one.sign_count = 5),
                    with(&|one| one.sign_count = 0),
                    with(&|one| one.backup_eligible = false),
                ],
                right: with(&|_| {}),
                late: NOW + 600,
                secret: None,
                bound: bound(Binding::Passkey(key)),
            }
        }
        MethodKind::TOTP => {
            let seed = b"a planted seed of 20".to_vec();
            let code = |time: i64| Answer::Code(Secret::new(code_of(&seed, time)));
            Sample {
                bound: bound(Binding::Totp(Generator::usual("v1.sealed".to_owned()))),
                planted: vec!["a planted seed".to_owned(), code_of(&seed, NOW)],
                right: code(NOW),
                late: NOW + 60,
                wrong: vec![
                    code(NOW - 60),
                    code(NOW + 30),
                    Answer::Code(Secret::new(String::new())),
                    Answer::Code(Secret::new("not a code".to_owned())),
                    Answer::Code(Secret::new(format!("{}0", code_of(&seed, NOW)))),
                ],
                secret: Some(Secret::new(seed)),
            }
        }
        MethodKind::HARDWARE_OATH => {
            let seed = b"another planted seed".to_vec();
            let code = |time: i64| Answer::Code(Secret::new(code_of(&seed, time)));
            Sample {
                bound: bound(Binding::HardwareOath(held("v1.sealed"))),
                planted: vec!["another planted".to_owned(), code_of(&seed, NOW)],
                right: code(NOW),
                late: NOW + 60,
                wrong: vec![
                    code(NOW - 60),
                    code(NOW + 60),
                    Answer::Code(Secret::new(String::new())),
                    Answer::Code(Secret::new("not a code".to_owned())),
                    Answer::Code(Secret::new(format!("{}0", code_of(&seed, NOW)))),
                ],
                secret: Some(Secret::new(seed)),
            }
        }
        MethodKind::AUTHENTICATOR => {
            let channel = Channel::WebPush {
                endpoint: Secret::new("https://push.example/planted-endpoint".to_owned()),
                p256dh: "BPublic".to_owned(),
                auth: Secret::new("planted-auth".to_owned()),
            };
            let phone = bound(phone_binding(channel, &entropy));
            let prompt = |state| Answer::Prompt(Box::new(prompt(&phone, state, &entropy)));
            let denied = |reason| prompt(State::Denied { reason });
            Sample {
                planted: vec!["planted-endpoint".to_owned(), "planted-auth".to_owned()],
                right: prompt(State::Approved { unlocked: true }),
                late: NOW + 120,
                wrong: vec![
                    prompt(State::Waiting),
                    prompt(State::Mismatched),
                    prompt(State::Consumed),
                    prompt(State::Unanswered),
                    prompt(State::Withdrawn),
                    denied(DenyReason::NotMe),
                    denied(DenyReason::ChangedMind),
                ],
                secret: None,
                bound: phone,
            }
        }
        MethodKind::PASS => look_up::pass(bound),
        MethodKind::RECOVERY_CODES => look_up::recovery_codes(bound),
        MethodKind::SMS | MethodKind::VOICE => sent_code(kind, account, &entropy),
        other => panic!("no sample of {other:?}: add one, so that it is held to the contract"),
    }
}

/// A code that is on its way to a number, asked for by one sign-in.
fn sent_code(kind: MethodKind, account: AccountId, entropy: &Seeded) -> Sample {
    let number = PhoneNumber::parse("912 345 678", "PT".parse().unwrap(), Carries::Texts).unwrap();
    let id = AuthenticatorId::new(at(NOW), entropy);
    let (key, policy) = (sent_code::key(b"pepper", id), Policy::default());
    let draw = |before: Option<&SentCode>, second| {
        SentCode::draw(before, None, "sgn_mine", &key, &policy, entropy, at(second)).unwrap()
    };
    let before = draw(None, NOW - 60);
    let drawn = draw(Some(&before.sent), NOW);
    let line = Line {
        number,
        sent: Some(drawn.sent),
    };
    let bound = bound(
        account,
        if kind == MethodKind::SMS {
            Binding::Sms(line)
        } else {
            Binding::Voice(line)
        },
        entropy,
    );
    let entered = |code: &str, flow| Answer::Sent {
        code: Secret::new(code.to_owned()),
        flow,
    };
    let code = drawn.code.expose();
    Sample {
        bound,
        planted: vec![code.clone(), "912345678".to_owned()],
        right: entered(code, "sgn_mine"),
        late: NOW + 600,
        wrong: vec![
            entered(before.code.expose(), "sgn_mine"),
            entered(code, "sgn_another"),
            entered(&format!("{code}0"), "sgn_mine"),
            entered("", "sgn_mine"),
            entered("not a code", "sgn_mine"),
            Answer::Code(Secret::new(code.clone())),
        ],
        secret: Some(key),
    }
}

fn prompt(phone: &Authenticator, state: State, entropy: &Seeded) -> Prompt {
    Prompt {
        id: PromptId::new(at(NOW), entropy),
        purpose: Purpose::SignIn {
            flow: SignInId::new(at(NOW), entropy),
        },
        authenticator: phone.id,
        challenge: Challenge::draw(entropy),
        number_length: 2,
        quiet: false,
        shown: shown(at(NOW)),
        created_at: at(NOW),
        expires_at: at(NOW + 120),
        opened_at: None,
        state,
        answer: None,
    }
}
