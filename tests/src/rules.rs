//! The methods policy of a world.

use countersign_domain::methods::rules::MethodsPolicy;
use countersign_platform::store::{KeepPolicy as _, Saved};

use crate::World;

impl World {
    /// Changes the methods policy, past everything that edits it.
    ///
    /// # Panics
    /// If it was changed in another way before.
    pub async fn rules(&self, change: impl FnOnce(&mut MethodsPolicy)) {
        let mut rules = self.rules.lock().unwrap().clone();
        change(&mut rules);
        rules.version += 1;
        let saved = self.parts.store.save_methods_policy(&rules, None).await.unwrap();
        assert_eq!(saved, Saved::Won);
        *self.rules.lock().unwrap() = rules;
    }
}
