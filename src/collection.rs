//! All articles below a folder.

pub mod load;
