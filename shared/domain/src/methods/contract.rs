//! What every registered method is held to. The tests walk the registry: a method without a sample here fails them all.

use std::collections::BTreeSet;

use jiff::Timestamp;
use totp_rs::{Algorithm, Builder};

use super::testing::{bound, phone_binding};
use super::totp::Generator;
use super::{Authenticator, Binding, MethodKind, REGISTRY, Response, Verdict};
use crate::attempts::Gate;
use crate::delivery::Channel;
use crate::device::claims::DenyReason;
use crate::device::octets::Challenge;
use crate::device::shown::Shown;
use crate::entropy::Seeded;
use crate::ids::{AccountId, PromptId, SignInId};
use crate::policy::Policy;
use crate::prompts::{Prompt, Purpose, State};
use crate::secret::Secret;

/// Values of the `amr` claim that RFC 8176 §2 registers.
const REGISTERED: [&str; 21] = [
    "face", "fpt", "geo", "hwk", "iris", "kba", "mca", "mfa", "otp", "pin", "pwd", "rba", "retina", "sc", "sms", "swk",
    "tel", "user", "vbm", "wia", "pop",
];

/// An answer that is kept as long as the test needs it.
#[derive(Debug, Clone)]
enum Answer {
    Code(Secret<String>),
    Prompt(Box<Prompt>),
}

impl Answer {
    fn response(&self) -> Response<'_> {
        match self {
            Self::Code(code) => Response::Code(code),
            Self::Prompt(prompt) => Response::Prompt(prompt),
        }
    }
}

/// One method, bound, with answers to it.
struct Sample {
    bound: Authenticator,
    secret: Option<Secret<Vec<u8>>>,
    /// What must not be seen anywhere.
    planted: Vec<String>,
    right: Answer,
    /// From when on the right one is late.
    late: i64,
    wrong: Vec<Answer>,
}

impl Sample {
    fn check(&self, answer: &Answer, now: i64) -> Verdict {
        self.bound.check(self.secret.as_ref(), &answer.response(), at(now))
    }
}

/// When the samples are answered.
const NOW: i64 = 3_000_000_000;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

/// The sample of a method. A new method adds its line.
fn sample(kind: MethodKind) -> Sample {
    let entropy = Seeded::new(kind.as_str());
    let account = AccountId::new(at(0), &entropy);
    let bound = |binding| bound(account, binding, &entropy);
    match kind {
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
                    denied(DenyReason::NotMe),
                    denied(DenyReason::ChangedMind),
                ],
                secret: None,
                bound: phone,
            }
        }
        other => panic!("no sample of {other:?}: add one, so that it is held to the contract"),
    }
}

fn code_of(seed: &[u8], time: i64) -> String {
    let totp = Builder::new().with_algorithm(Algorithm::SHA1).with_digits(6).with_step_duration(30);
    totp.with_secret(seed.to_vec()).build_noncompliant().generate(time.unsigned_abs()).to_string()
}

fn prompt(phone: &Authenticator, state: State, entropy: &Seeded) -> Prompt {
    let unknown = String::new;
    Prompt {
        id: PromptId::new(at(NOW), entropy),
        purpose: Purpose::SignIn { flow: SignInId::new(at(NOW), entropy) },
        authenticator: phone.id,
        challenge: Challenge::draw(entropy),
        number_length: 2,
        shown: Shown { app: unknown(), place: unknown(), browser: unknown(), address: unknown(), at: at(NOW) },
        created_at: at(NOW),
        expires_at: at(NOW + 120),
        opened_at: None,
        state,
        answer: None,
    }
}

fn kinds() -> Vec<MethodKind> {
    let kinds = REGISTRY.iter().map(|method| MethodKind::parse(method.kind()).unwrap());
    kinds.collect()
}

#[test]
fn the_right_answer_is_taken_once_and_never_again() {
    for kind in kinds() {
        let mut sample = sample(kind);
        let Verdict::Right { mark } = sample.check(&sample.right, NOW) else { panic!("{kind:?}: the right answer is right") };
        match (&mut sample.right, mark) {
            (_, Some(mark)) => sample.bound.mark = Some(mark),
            (Answer::Prompt(prompt), None) => prompt.state = State::Consumed,
            (Answer::Code(_), None) => panic!("{kind:?}: a code without a mark could be used again"),
        }
        for now in [NOW, NOW + 1, sample.late - 1] {
            assert_eq!(sample.check(&sample.right, now), Verdict::Wrong, "{kind:?} again at {now}");
        }
    }
}

#[test]
fn the_right_answer_is_taken_until_it_is_late_and_not_then() {
    for kind in kinds() {
        let sample = sample(kind);
        assert!(matches!(sample.check(&sample.right, sample.late - 1), Verdict::Right { .. }), "{kind:?} in time");
        for late in [0, 1, 3_600, 86_400 * 365] {
            assert_eq!(sample.check(&sample.right, sample.late + late), Verdict::Wrong, "{kind:?} late by {late} s");
        }
    }
}

#[test]
fn a_wrong_answer_is_never_taken() {
    for kind in kinds() {
        let sample = sample(kind);
        assert!(!sample.wrong.is_empty(), "{kind:?}");
        for wrong in &sample.wrong {
            assert_eq!(sample.check(wrong, NOW), Verdict::Wrong, "{kind:?}: {wrong:?}");
        }
    }
}

#[test]
fn an_answer_to_another_method_is_never_taken() {
    for kind in kinds() {
        for other in kinds().into_iter().filter(|other| *other != kind) {
            let (mine, theirs) = (sample(kind), sample(other));
            assert_eq!(mine.check(&theirs.right, NOW), Verdict::Wrong, "{kind:?} takes the answer of {other:?}");
            let verdict = kind.method().check(&theirs.bound.binding, theirs.secret.as_ref(), &mine.right.response(), at(NOW));
            assert_eq!(verdict, Verdict::Wrong, "{kind:?} takes its answer for a thing of {other:?}");
        }
    }
}

#[test]
fn a_method_that_needs_a_secret_takes_nothing_without_it() {
    for kind in kinds() {
        let sample = sample(kind);
        if sample.secret.is_some() {
            assert_eq!(sample.bound.check(None, &sample.right.response(), at(NOW)), Verdict::Wrong, "{kind:?}");
        }
    }
}

#[test]
fn too_many_wrong_answers_close_and_in_the_end_disable_whatever_it_is() {
    let policy = Policy::default();
    for kind in kinds() {
        let mut bound = sample(kind).bound;
        let mut now = NOW;
        for wrong in 1..=100 {
            assert!(bound.is_usable(&policy), "{kind:?} after {} wrong answers", wrong - 1);
            let Gate::Open { if_wrong } = bound.attempts.gate(&policy.code_attempts, at(now)) else {
                panic!("{kind:?} is closed before wrong answer {wrong}")
            };
            bound.attempts = if_wrong;
            let closed = matches!(bound.attempts.gate(&policy.code_attempts, at(now)), Gate::Closed(_) | Gate::Disabled);
            assert_eq!(closed, wrong >= 5, "{kind:?} after {wrong} wrong answers");
            now += 3_600;
        }
        assert!(!bound.is_usable(&policy), "{kind:?} after a hundred");
    }
}

#[test]
fn nothing_secret_is_seen_in_what_is_bound_or_answered() {
    for kind in kinds() {
        let sample = sample(kind);
        let seen = format!("{:?} {:?} {:?}", sample.bound, sample.right.response(), sample.secret);
        for planted in &sample.planted {
            assert!(!seen.contains(planted), "{kind:?} shows {planted}");
        }
    }
}

#[test]
fn every_method_says_what_it_is_and_what_it_lacks() {
    let mut titles = BTreeSet::new();
    for kind in kinds() {
        let (method, sample) = (kind.method(), sample(kind));
        assert!(titles.insert(method.title()) && !method.title().is_empty(), "{kind:?}");
        assert!(method.description().ends_with('.'), "{kind:?}: a sentence for who chooses");
        assert!(!method.detail(&sample.bound.binding).is_empty(), "{kind:?}: a line for the list");
        assert!(!method.lacks().is_empty() && method.lacks().iter().all(|text| text.ends_with('.')), "{kind:?}");
        assert!(!method.amr().is_empty(), "{kind:?}");
        assert!(method.amr().iter().all(|value| REGISTERED.contains(value)), "{kind:?}: {:?}", method.amr());
    }
}

#[test]
fn a_kind_is_unique_and_comes_back_as_it_went() {
    let all: BTreeSet<_> = REGISTRY.iter().map(|method| method.kind()).collect();
    assert_eq!(all.len(), REGISTRY.len());
    for kind in kinds() {
        let binding = sample(kind).bound.binding;
        let json = serde_json::to_value(kind).unwrap();
        assert_eq!(serde_json::from_value::<MethodKind>(json.clone()).unwrap(), kind);
        assert_eq!((binding.kind(), kind.method().kind()), (kind, kind.as_str()));
        assert_eq!(serde_json::to_value(&binding).unwrap()["kind"], json, "stored under its own name");
    }
    assert!(serde_json::from_str::<MethodKind>("\"carrier pigeon\"").is_err());
}

#[test]
fn the_registry_goes_from_the_strongest_to_the_weakest() {
    let strengths: Vec<_> = REGISTRY.iter().map(|method| method.strength()).collect();
    assert!(strengths.is_sorted_by(|before, after| before >= after), "{strengths:?}");
}
