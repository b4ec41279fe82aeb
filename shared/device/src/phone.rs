//! One account's key on a phone: finds the account's prompts and answers them.

use countersign_domain::delivery::Channel;
use countersign_domain::device::Kind;
use countersign_domain::device::claims::{AnswerClaims, Decision, HandOverClaims, ProofClaims};
use countersign_domain::device::octets::Digest;
use countersign_domain::encoding::sha256;
use countersign_domain::ids::{AccountId, AuthenticatorId, EnrollmentId, PromptId};
use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::key::{draw, header};
use crate::{Client, Device, Error, HandOver, Outcome, Prompt, Prompts, Reply, SigningKey};

const HAND_OVERS: &str = "/device/v1/hand-overs";

/// A paired phone: one account, one key.
#[derive(Debug, Clone)]
pub struct Phone {
    client: Client,
    key: SigningKey,
    account: AccountId,
    authenticator: AuthenticatorId,
}

/// The high-level calls. All of them can fail with [`Error`]; `device.removed` means that the app is to forget the account.
impl Phone {
    pub(crate) const fn new(
        client: Client,
        key: SigningKey,
        account: AccountId,
        authenticator: AuthenticatorId,
    ) -> Self {
        Self {
            client,
            key,
            account,
            authenticator,
        }
    }

    /// The installation that it belongs to.
    pub const fn client(&self) -> &Client {
        &self.client
    }

    /// Its key.
    pub const fn key(&self) -> &SigningKey {
        &self.key
    }

    /// The account.
    pub const fn account(&self) -> AccountId {
        self.account
    }

    /// Its entry in the account.
    pub const fn authenticator(&self) -> AuthenticatorId {
        self.authenticator
    }

    /// Its entry as the service keeps it.
    pub async fn device(&self) -> Result<Device, Error> {
        self.call(Method::GET, "/device/v1/device", None).await?.success()
    }

    /// The open prompts, none or one. Asking marks them as opened.
    pub async fn prompts(&self) -> Result<Prompts, Error> {
        self.call(Method::GET, "/device/v1/prompts", None).await?.success()
    }

    /// Answers a prompt, as an unlocked phone.
    pub async fn answer(&self, prompt: &Prompt, decision: Decision) -> Result<Outcome, Error> {
        #[derive(Deserialize)]
        struct Answered {
            outcome: Outcome,
        }
        let answer = self.sign_answer(&self.answer_claims(prompt, decision)?)?;
        self.send_answer(prompt.id, &answer)
            .await?
            .success::<Answered>()
            .map(|answered| answered.outcome)
    }

    /// Says where pushes go from now on.
    pub async fn renew_channel(&self, channel: Channel) -> Result<(), Error> {
        self.call(Method::PUT, "/device/v1/channel", Some(&json!({ "channel": channel })))
            .await?
            .success()
    }

    /// Says what this phone can do from now on.
    pub async fn change_capabilities(&self, capabilities: &[&str]) -> Result<(), Error> {
        let body = json!({ "capabilities": capabilities });
        self.call(Method::PUT, "/device/v1/device", Some(&body))
            .await?
            .success()
    }

    /// Shows a code for a new phone that takes this one's place.
    pub async fn begin_hand_over(&self) -> Result<HandOver, Error> {
        self.call(Method::POST, HAND_OVERS, None).await?.success()
    }

    /// Where a hand-over stands.
    pub async fn hand_over(&self, id: EnrollmentId) -> Result<HandOver, Error> {
        let path = format!("{HAND_OVERS}/{id}");
        self.call(Method::GET, &path, None).await?.success()
    }

    /// Signs the new phone's key, as an unlocked phone. From then on this one is gone.
    pub async fn confirm_hand_over(&self, hand_over: &HandOver) -> Result<(), Error> {
        let claims = self.hand_over_claims(hand_over)?;
        self.send_hand_over(hand_over.id, &self.sign_hand_over(&claims)?)
            .await?
            .success()
    }

    /// Ends this device.
    pub async fn remove(&self) -> Result<(), Error> {
        self.call(Method::DELETE, "/device/v1/device", None).await?.success()
    }
}

/// The parts of which the calls are made, for messages that no honest phone sends.
impl Phone {
    /// What an honest proof of a request claims.
    pub fn proof_claims(&self, method: &Method, path: &str, body: Option<&[u8]>) -> Result<ProofClaims, Error> {
        Ok(ProofClaims {
            acc: self.account,
            htm: method.to_string(),
            htu: self.client.origin().url(path.split('?').next().unwrap_or(path)),
            iat: self.client.now().as_second(),
            jti: draw()?,
            bsh: body
                .filter(|body| !body.is_empty())
                .map(|body| Digest::new(sha256(body))),
        })
    }

    /// What an honest answer claims.
    pub fn answer_claims(&self, prompt: &Prompt, decision: Decision) -> Result<AnswerClaims, Error> {
        Ok(AnswerClaims {
            acc: self.account,
            prompt: prompt.id,
            challenge: prompt.challenge,
            decision,
            shown: prompt.shown.hash(),
            unlocked: true,
            iat: self.client.now().as_second(),
            jti: draw()?,
        })
    }

    /// What an honest hand-over claims.
    pub fn hand_over_claims(&self, hand_over: &HandOver) -> Result<HandOverClaims, Error> {
        let to = hand_over.to.as_ref().ok_or(Error::Message)?;
        Ok(HandOverClaims {
            acc: self.account,
            hand_over: hand_over.id,
            to: to.authenticator_id,
            jkt: to.jkt,
            unlocked: true,
            iat: self.client.now().as_second(),
            jti: draw()?,
        })
    }

    /// Signs a hand-over of any claims.
    pub fn sign_hand_over(&self, claims: &impl Serialize) -> Result<String, Error> {
        self.key.sign(&header(Kind::HandOver, self.authenticator), claims)
    }

    /// Posts a signed hand-over under an honest proof.
    pub async fn send_hand_over(&self, id: EnrollmentId, signed: &str) -> Result<Reply, Error> {
        let path = format!("{HAND_OVERS}/{id}/confirm");
        self.call(Method::POST, &path, Some(&json!({ "hand_over": signed })))
            .await
    }

    /// Signs a proof of any claims.
    pub fn sign_proof(&self, claims: &impl Serialize) -> Result<String, Error> {
        self.key.sign(&header(Kind::Proof, self.authenticator), claims)
    }

    /// Signs an answer of any claims.
    pub fn sign_answer(&self, claims: &impl Serialize) -> Result<String, Error> {
        self.key.sign(&header(Kind::Answer, self.authenticator), claims)
    }

    /// Posts a signed answer under an honest proof; the same one may be sent again.
    pub async fn send_answer(&self, prompt: PromptId, answer: &str) -> Result<Reply, Error> {
        self.call(
            Method::POST,
            &format!("/device/v1/prompts/{prompt}/answer"),
            Some(&json!({ "answer": answer })),
        )
        .await
    }

    /// Sends any request under an honest proof.
    pub async fn call(&self, method: Method, path: &str, body: Option<&Value>) -> Result<Reply, Error> {
        let body = body.map(|body| body.to_string().into_bytes());
        let proof = self.sign_proof(&self.proof_claims(&method, path, body.as_deref())?)?;
        self.send(method, path, body, Some(&proof)).await
    }

    /// Sends any request under any proof, or none.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<Vec<u8>>,
        proof: Option<&str>,
    ) -> Result<Reply, Error> {
        self.client.send(method, path, body, proof).await
    }
}
