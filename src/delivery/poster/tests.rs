//! The poster.
