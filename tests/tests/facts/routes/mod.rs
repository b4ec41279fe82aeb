//! Every route of the API document, each asked as nobody, as a stranger and with junk.

mod junk;
mod strangers;
mod table;

use countersign_device::Phone;
use countersign_tests::{Answer, Browser, PASSWORD, World};
use reqwest::{Method, RequestBuilder};
use serde_json::json;

use table::Route;

/// An administrator with a fresh proof, another sign-in under way, and a phone: somebody for every door.
struct Cast<'w> {
    world: &'w World,
    browser: Browser,
    phone: Phone,
}

impl<'w> Cast<'w> {
    async fn of(world: &'w World) -> Self {
        let root = world
            .member("root")
            .administrator()
            .with_phone()
            .with_totp()
            .create()
            .await;
        let browser = root.signed_in_by_code().await;
        browser
            .post("/api/v1/reauthentications", json!({ "password": PASSWORD }))
            .await
            .expect(200);
        Self {
            world,
            browser,
            phone: root.phone(0),
        }
    }

    /// A request to a route from whoever may make it.
    fn request(&self, route: &Route, body: Option<&[u8]>) -> RequestBuilder {
        let path = route.path();
        let request = self.browser.request(route.method.clone(), &path);
        if !route.is_a_phones() {
            return request.header("origin", &self.world.origin);
        }
        let claims = self.phone.proof_claims(&route.method, &path, body).unwrap();
        request.header("countersign-proof", self.phone.sign_proof(&claims).unwrap())
    }

    /// The same, sent with a body of JSON, or what should be it.
    async fn send(&self, route: &Route, body: &[u8]) -> Answer {
        let request = self
            .request(route, Some(body))
            .header("content-type", "application/json");
        self.browser.send(request.body(body.to_vec())).await
    }
}

/// Whether a route changes things by its verb.
fn changes(route: &Route) -> bool {
    route.method != Method::GET
}
