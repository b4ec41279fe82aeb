//! What the cast is put together from: whole sessions, tested phones, prompts that were answered.

use countersign_domain::device::claims::{AnswerClaims, Decision};
use countersign_domain::device::octets::MessageId;
use countersign_domain::enrollment::{Enrollment, Stage as Ceremony};
use countersign_domain::entropy::Seeded;
use countersign_domain::methods::MethodKind;
use countersign_domain::methods::passkey::{Ceremony as Challenge, Whom};
use countersign_domain::policy::Policy;
use countersign_domain::prompts::{Ledger, Prompt, Purpose, number_of};
use countersign_domain::sessions::{Proof, Scope, Token};
use countersign_domain::sign_in::{Choosing, Prompting, SignIn, UnderWay};
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::director::{Director, Somebody};
use crate::phone::Bound;
use crate::stage::{HOST, now, pepper, sealed};

/// A session that was opened with everything its person has.
pub(crate) async fn full(director: &Director<'_>, who: &Somebody, name: &str, minutes: i64) -> Token {
    let second = match (&who.phone, &who.generator) {
        (Some(phone), _) => (phone.id, MethodKind::AUTHENTICATOR, "Phone"),
        (None, Some((id, _))) => (*id, MethodKind::TOTP, "Code generator"),
        (None, None) => panic!("{name} has no second factor"),
    };
    let (id, kind, called) = second;
    let second = Proof {
        authenticator: Some(id),
        kind: kind.as_str().to_owned(),
        name: called.to_owned(),
        unlocked: false,
        device_bound: false,
    };
    director
        .session(who.account, name, Scope::Full, vec![Proof::password(), second], minutes)
        .await
}

/// A session that was opened with a passkey alone.
pub(crate) async fn by_passkey(director: &Director<'_>, who: &Somebody, name: &str) -> Token {
    let person = director.person(who.account).await;
    let proof = Proof {
        authenticator: person.authenticators.first().map(|one| one.id),
        kind: MethodKind::PASSKEY.as_str().to_owned(),
        name: "Passkey".to_owned(),
        unlocked: false,
        device_bound: false,
    };
    director.session(who.account, name, Scope::Full, vec![proof], 1).await
}

/// A challenge for a passkey that was drawn a minute ago: what the browser was asked, and the cookie that holds it.
pub(crate) fn challenged(whom: Whom, name: &str) -> (Value, String) {
    let drawn_at = now() - SignedDuration::from_mins(1);
    let ceremony = Challenge::draw(whom, &Policy::default(), &Seeded::new(name), drawn_at);
    let options = json!({ "challenge": ceremony.challenge, "rpId": HOST });
    (options, sealed("COOKIE|passkey|1", &ceremony))
}

/// A session that may register a first method.
pub(crate) async fn first(director: &Director<'_>, who: &Somebody, name: &str) -> Token {
    director
        .session(who.account, name, Scope::Registration, vec![Proof::password()], 3)
        .await
}

/// A ceremony whose phone has paired.
pub(crate) async fn test(
    director: &Director<'_>,
    who: &mut Somebody,
    name: &str,
    then: impl FnOnce(Ledger, &Bound) -> Ledger,
) -> Enrollment {
    let authenticator = director.pending(who, name).await;
    let make = async |ceremony: &Enrollment| {
        let purpose = Purpose::Test { flow: ceremony.id };
        let prompt = director
            .prompt(who.phone(), purpose, |ledger| then(ledger, who.phone()))
            .await
            .id;
        Ceremony::Testing { authenticator, prompt }
    };
    director.ceremony(who.account, name, make).await
}

pub(crate) fn prompted(sign_in: SignIn<Choosing>, prompt: &Prompt) -> SignIn<Prompting> {
    let way = sign_in.way(Some(prompt.authenticator)).unwrap().clone();
    sign_in.prompted(prompt.id, way, true)
}

/// The ledger after the phone's yes with the right number.
pub(crate) fn yes(ledger: Ledger, phone: &Bound) -> Ledger {
    let (account, prompt) = (ledger.account, ledger.prompt.clone().unwrap());
    let number = number_of(&pepper(), prompt.id, prompt.number_length);
    let claims = AnswerClaims {
        acc: account,
        prompt: prompt.id,
        challenge: prompt.challenge,
        decision: Decision::Approve {
            number: number.digits().clone(),
        },
        shown: prompt.shown.hash(),
        unlocked: true,
        iat: now().as_second(),
        jti: MessageId::draw(&Seeded::new("yes")),
    };
    ledger
        .answer(phone.id, &claims, &number, &Policy::default(), now())
        .unwrap()
        .0
}

/// The cookie of a sign-in under way.
pub(crate) fn cookie(at: &UnderWay) -> String {
    sealed("COOKIE|sign-in|2", &serde_json::json!({ "at": at }))
}
