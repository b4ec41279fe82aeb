//! Facts about signed messages: the right one is taken, and each small change of it is not.

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::Value;

use super::jws::Kind;
use super::testing::{HTU, KID, KINDS, check, claims, header, key, now, sign, sign_by, untrusted};
use super::verify::{Expected, read_kid, verify_pairing, verify_proof};
use crate::encoding::base64url;
use crate::refusal::Refusal;

/// Asserts that a change of header or claims makes each kind of message untrusted.
fn refuses(change: impl Fn(&mut Header, &mut Value)) {
    for kind in KINDS {
        let (mut header, mut claims) = (header(kind), claims(kind));
        change(&mut header, &mut claims);
        assert_eq!(check(kind, &sign(&header, &claims)), untrusted(kind), "{kind:?}");
    }
}

#[test]
fn each_message_is_taken_as_its_own_kind_and_as_no_other() {
    for made in KINDS {
        for taken in KINDS {
            let outcome = check(taken, &sign(&header(made), &claims(made)));
            assert_eq!(
                outcome,
                if made == taken { Ok(()) } else { untrusted(taken) },
                "{made:?} as {taken:?}"
            );
        }
    }
}

#[test]
fn a_pairing_brings_its_own_key() {
    let (brought, claims) = verify_pairing(&sign(&header(Kind::Pairing), &claims(Kind::Pairing)), HTU, now()).unwrap();
    assert_eq!(brought, key());
    assert_eq!(claims.code.canonical(), "7K3MQ9XW2A");
}

#[test]
fn a_proof_names_its_account_and_authenticator_before_anything_is_proven() {
    let claimed = read_kid(&sign_by(
        "other_pkcs8_for_tests_only",
        &header(Kind::Proof),
        &claims(Kind::Proof),
    ))
    .unwrap();
    assert_eq!(claimed.authenticator.to_string(), KID);
    assert_eq!(
        read_kid(&sign(&header(Kind::Pairing), &claims(Kind::Pairing))),
        Err(Refusal::DeviceProofInvalid)
    );
}

#[test]
fn the_typ_is_compared_exactly() {
    refuses(|header, _| header.typ = None);
    refuses(|header, _| header.typ = Some("JWT".into()));
    refuses(|header, _| header.typ = header.typ.as_deref().map(str::to_uppercase));
    refuses(|header, _| header.typ = header.typ.as_deref().map(|typ| format!("application/{typ}")));
}

#[test]
fn a_header_cannot_say_where_the_key_comes_from_or_what_must_be_understood() {
    refuses(|header, _| header.jku = Some("https://evil.example/keys".into()));
    refuses(|header, _| header.x5u = Some("https://evil.example/cert".into()));
    refuses(|header, _| header.x5c = Some(vec![]));
    refuses(|header, _| header.crit = Some(vec!["b64".into()]));
    refuses(|header, _| header.extras.insert("b64", false));
}

#[test]
fn a_stale_or_future_message_is_refused_and_ninety_seconds_are_not() {
    for seconds in [-91, 91, i64::MIN / 2, i64::MAX / 2] {
        refuses(|_, claims| claims["iat"] = (now().as_second() + seconds).into());
    }
    for (kind, seconds) in KINDS.into_iter().flat_map(|kind| [(kind, -90), (kind, 90)]) {
        let mut claims = claims(kind);
        claims["iat"] = (now().as_second() + seconds).into();
        assert_eq!(check(kind, &sign(&header(kind), &claims)), Ok(()));
    }
}

#[test]
fn an_unsigned_message_is_refused() {
    for kind in KINDS {
        let jws = sign(&header(kind), &claims(kind));
        let (_, rest) = jws.split_once('.').unwrap();
        let (payload, signature) = rest.split_once('.').unwrap();
        let mut none = serde_json::to_value(header(kind)).unwrap();
        none["alg"] = "none".into();
        let none = base64url(none.to_string());
        for forged in [
            format!("{none}.{payload}."),
            format!("{none}.{payload}"),
            format!("{none}.{payload}.{signature}"),
        ] {
            assert_eq!(check(kind, &forged), untrusted(kind));
        }
    }
}

#[test]
fn the_public_key_is_no_hmac_secret() {
    for kind in KINDS {
        let mut header = header(kind);
        header.alg = Algorithm::HS256;
        for secret in [
            serde_json::to_vec(&key()).unwrap(),
            key().decoding().unwrap().try_get_as_bytes().unwrap().to_vec(),
        ] {
            let forged = jsonwebtoken::encode(&header, &claims(kind), &EncodingKey::from_secret(&secret)).unwrap();
            assert_eq!(check(kind, &forged), untrusted(kind));
        }
    }
}

#[test]
fn another_key_a_cut_signature_or_a_changed_payload_is_refused() {
    for kind in KINDS {
        assert_eq!(
            check(
                kind,
                &sign_by("other_pkcs8_for_tests_only", &header(kind), &claims(kind))
            ),
            untrusted(kind)
        );
        let jws = sign(&header(kind), &claims(kind));
        for end in [jws.len() - 1, jws.len() - 4, jws.len() - 86, jws.len() - 87] {
            assert_eq!(check(kind, &jws[..end]), untrusted(kind));
        }
        let (front, signature) = jws.rsplit_once('.').unwrap();
        let mut other = claims(kind);
        other["jti"] = "AAAAAAAAAAAAAAAAAAAAAQ".into();
        let payload = base64url(other.to_string());
        let (header, _) = front.split_once('.').unwrap();
        assert_eq!(check(kind, &format!("{header}.{payload}.{signature}")), untrusted(kind));
    }
}

#[test]
fn a_message_over_eight_kilobytes_is_not_looked_at() {
    refuses(|_, claims| claims["padding"] = "x".repeat(8 * 1024).into());
}

#[test]
fn a_key_in_the_header_of_a_proof_or_answer_is_refused() {
    for kind in [Kind::Proof, Kind::Answer, Kind::HandOver] {
        let mut header = header(kind);
        header.jwk = super::testing::header(Kind::Pairing).jwk;
        assert_eq!(check(kind, &sign(&header, &claims(kind))), untrusted(kind));
    }
}

#[test]
fn a_proof_is_for_one_method_url_and_body() {
    let jws = sign(&header(Kind::Proof), &claims(Kind::Proof));
    let given = |htm, htu, body: &str| {
        verify_proof(
            &jws,
            &key(),
            Expected {
                htm,
                htu,
                body: body.as_bytes(),
            },
            now(),
        )
    };
    assert!(given("PUT", HTU, "{}").is_ok());
    for (htm, htu, body) in [
        ("GET", HTU, "{}"),
        ("PUT", "https://mfa.example/", "{}"),
        ("PUT", HTU, "{ }"),
        ("PUT", HTU, ""),
    ] {
        assert_eq!(given(htm, htu, body), Err(Refusal::DeviceProofInvalid));
    }
}

#[test]
fn a_rightly_signed_message_with_wrong_claims_is_malformed() {
    let mut pairing = claims(Kind::Pairing);
    pairing["admin"] = true.into();
    assert_eq!(
        check(Kind::Pairing, &sign(&header(Kind::Pairing), &pairing)),
        Err(Refusal::Malformed("pairing"))
    );
    let mut answer = claims(Kind::Answer);
    answer["reason"] = "not_me".into();
    assert_eq!(
        check(Kind::Answer, &sign(&header(Kind::Answer), &answer)),
        Err(Refusal::Malformed("answer"))
    );
    let mut proof = claims(Kind::Proof);
    proof["admin"] = true.into();
    assert_eq!(
        check(Kind::Proof, &sign(&header(Kind::Proof), &proof)),
        Err(Refusal::DeviceProofInvalid)
    );
}

#[test]
fn a_phone_cannot_name_an_endpoint_of_ours() {
    let mut pairing = claims(Kind::Pairing);
    pairing["channel"] =
        serde_json::json!({ "kind": "fcm", "token": "a", "endpoint_arn": "arn:aws:sns:eu-west-1:1:endpoint/x" });
    assert_eq!(
        check(Kind::Pairing, &sign(&header(Kind::Pairing), &pairing)),
        Err(Refusal::ChannelInvalid)
    );
}
