//! The law between the two readers of article files: where both accept, both give the same article, and where the
//! parser of all of YAML refuses, the strict reader never invents one.
//!
//! `cargo +nightly fuzz run readers` begins with the texts of `corpus/readers`.

#![no_main]

use article_format::ArticleId;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    check(bytes);
    check(&[b"---\n", bytes, b"\n---\n"].concat());
});

fn check(file: &[u8]) {
    if let Some(article) = article_format::parse_strictly(file) {
        assert_eq!(article_format::parse_in_full(ArticleId::new(""), "a.md", file), Ok(article));
    }
}
