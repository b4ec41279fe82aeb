//! The portal function: serves the web app.
