//! What crosses functions: the sign-in story, races, threats, budgets.
