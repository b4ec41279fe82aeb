//! What every registered method is held to.
