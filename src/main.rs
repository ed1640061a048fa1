//! The program `heatwire`.

use std::process::ExitCode;

fn main() -> ExitCode {
    heatwire::cli::run()
}
