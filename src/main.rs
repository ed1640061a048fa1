//! The command line of heatwire.

fn main() {}
