//! Checks what a phone signed: by its key, for this server and request, and now.

use jiff::Timestamp;
use serde::Deserialize;

use super::channel;
use super::claims::{AnswerClaims, HandOverClaims, PairingClaims, ProofClaims};
use super::jws::{Fault, Kind, Parts};
use super::key::DeviceKey;
use super::octets::Digest;
use crate::encoding::sha256;
use crate::ids::{AccountId, AuthenticatorId};
use crate::refusal::Refusal;

/// How far a phone's clock may be off, either way, in seconds. A message's id must be remembered for as long as it can be accepted: twice this.
pub const LEEWAY: u64 = 90;

/// Whom a message says it is from. Not proven: it tells which key to check the message by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claimed {
    /// The account.
    pub account: AccountId,
    /// Its authenticator, whose key is to be fetched.
    pub authenticator: AuthenticatorId,
}

/// The request that a proof must have been made for.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// HTTP method, upper case.
    pub htm: &'a str,
    /// Origin and path, without query.
    pub htu: &'a str,
    /// The body's bytes; empty when there is none.
    pub body: &'a [u8],
}

/// Opens a pairing: signed by the key that it brings, made for `htu`, now. Whether the code is good is for who keeps codes.
///
/// # Errors
/// [`Refusal::DeviceSignatureInvalid`]; [`Refusal::ChannelInvalid`]; [`Refusal::Malformed`] where it is rightly signed but claims what it may not.
pub fn verify_pairing(jws: &str, htu: &str, now: Timestamp) -> Result<(DeviceKey, PairingClaims), Refusal> {
    let parts = Parts::read(jws).ok_or(Refusal::DeviceSignatureInvalid)?;
    let key = parts.header.jwk.clone().ok_or(Refusal::DeviceSignatureInvalid)?;
    let claims: PairingClaims = parts
        .open(Kind::Pairing, &key)
        .map_err(|fault| signed_refusal(&fault, "pairing"))?;
    // Without this a rogue deployment could pass on a pairing that was meant for itself.
    if claims.htu != htu || !is_fresh(claims.iat, now) {
        return Err(Refusal::DeviceSignatureInvalid);
    }
    channel::check(&claims.channel)?;
    Ok((key, claims))
}

/// Reads whom a proof (or an answer) says it is from, without believing it.
///
/// # Errors
/// [`Refusal::DeviceProofInvalid`].
pub fn read_kid(jws: &str) -> Result<Claimed, Refusal> {
    #[derive(Deserialize)]
    struct Names {
        acc: AccountId,
    }
    let parts = Parts::read(jws).ok_or(Refusal::DeviceProofInvalid)?;
    let names: Names = parts.unverified().ok_or(Refusal::DeviceProofInvalid)?;
    let authenticator = parts.header.kid.ok_or(Refusal::DeviceProofInvalid)?;
    Ok(Claimed {
        account: names.acc,
        authenticator,
    })
}

/// Opens a proof: signed by the key of whom [`read_kid`] named, for this very request, now. Whether its `jti` is new is for who keeps them.
///
/// # Errors
/// [`Refusal::DeviceProofInvalid`].
pub fn verify_proof(
    jws: &str,
    key: &DeviceKey,
    expected: Expected<'_>,
    now: Timestamp,
) -> Result<ProofClaims, Refusal> {
    let parts = Parts::read(jws).ok_or(Refusal::DeviceProofInvalid)?;
    let claims: ProofClaims = parts.open(Kind::Proof, key).map_err(|_| Refusal::DeviceProofInvalid)?;
    let body = (!expected.body.is_empty()).then(|| Digest::new(sha256(expected.body)));
    let for_this_request = claims.htm == expected.htm && claims.htu == expected.htu && claims.bsh == body;
    if for_this_request && is_fresh(claims.iat, now) {
        Ok(claims)
    } else {
        Err(Refusal::DeviceProofInvalid)
    }
}

/// Opens an answer: signed by the key, now. Account, prompt, challenge, shown and number are the caller's to compare, and that
/// [`read_kid`] names the same authenticator as the proof that came with it.
///
/// # Errors
/// [`Refusal::DeviceSignatureInvalid`]; [`Refusal::Malformed`] where it is rightly signed but claims what it may not.
pub fn verify_answer(jws: &str, key: &DeviceKey, now: Timestamp) -> Result<AnswerClaims, Refusal> {
    let parts = Parts::read(jws).ok_or(Refusal::DeviceSignatureInvalid)?;
    let claims: AnswerClaims = parts
        .open(Kind::Answer, key)
        .map_err(|fault| signed_refusal(&fault, "answer"))?;
    if is_fresh(claims.iat, now) {
        Ok(claims)
    } else {
        Err(Refusal::DeviceSignatureInvalid)
    }
}

/// Opens a hand-over: signed by the old phone's key, now, unlocked. Account, hand-over, entry and key are the caller's to compare.
///
/// # Errors
/// [`Refusal::DeviceSignatureInvalid`]; [`Refusal::DeviceUnlockRequired`]; [`Refusal::Malformed`].
pub fn verify_hand_over(jws: &str, key: &DeviceKey, now: Timestamp) -> Result<HandOverClaims, Refusal> {
    let parts = Parts::read(jws).ok_or(Refusal::DeviceSignatureInvalid)?;
    let claims: HandOverClaims = parts
        .open(Kind::HandOver, key)
        .map_err(|fault| signed_refusal(&fault, "hand-over"))?;
    if !is_fresh(claims.iat, now) {
        return Err(Refusal::DeviceSignatureInvalid);
    }
    if claims.unlocked {
        Ok(claims)
    } else {
        Err(Refusal::DeviceUnlockRequired) // whoever picked an old phone up must not move the account to their own
    }
}

fn signed_refusal(fault: &Fault, what: &'static str) -> Refusal {
    match fault {
        Fault::Untrusted => Refusal::DeviceSignatureInvalid,
        Fault::Misshapen => Refusal::Malformed(what),
    }
}

fn is_fresh(iat: i64, now: Timestamp) -> bool {
    now.as_second().abs_diff(iat) <= LEEWAY
}
