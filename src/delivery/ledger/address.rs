//! The address of the ledger: `DATABASE_URL`.

use std::path::PathBuf;

/// The place that `DATABASE_URL` names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// A file. A relative path starts at the working folder.
    File(PathBuf),
    /// A ledger in memory: `sqlite::memory:`. It ends with the process.
    Memory,
}

impl Address {
    /// Reads `sqlite://heatwire.db`, `sqlite:///srv/heatwire.db` or `sqlite::memory:`. The part after
    /// `sqlite://` is a plain path: nothing is decoded.
    ///
    /// # Errors
    ///
    /// The correct form, in words. They never repeat the value, which may hold a password.
    pub fn parse(url: &str) -> Result<Self, String> {
        let Some(rest) = url.strip_prefix("sqlite:") else {
            return Err(if url.starts_with("postgres:") || url.starts_with("postgresql:") {
                "DATABASE_URL names a PostgreSQL guild; that is planned, but this version keeps its data in a file: \
                 write DATABASE_URL=sqlite://heatwire.db, or leave it out"
                    .to_owned()
            } else {
                "DATABASE_URL names no SQLite file; write it as sqlite://heatwire.db, or as sqlite:///srv/heatwire.db \
                 for a file elsewhere"
                    .to_owned()
            });
        };
        let path = rest.strip_prefix("//").unwrap_or(rest);
        if path == ":memory:" {
            return Ok(Self::Memory);
        }
        if path.is_empty() || path.ends_with('/') {
            return Err("DATABASE_URL names no file; write it as sqlite://heatwire.db".to_owned());
        }
        if path.starts_with("~/") {
            return Err("DATABASE_URL begins with ~, which only a shell knows for a home folder; write the whole path, as \
                        sqlite:///home/me/heatwire.db, or sqlite://heatwire.db for the working folder"
                .to_owned());
        }
        if path.contains(['?', '#', '\0']) {
            return Err(
                "DATABASE_URL has options behind its file, and none are taken; write it as sqlite://heatwire.db"
                    .to_owned(),
            );
        }
        Ok(Self::File(path.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_as_a_path() {
        for (url, path) in [
            ("sqlite://heatwire.db", "heatwire.db"),
            ("sqlite:heatwire.db", "heatwire.db"),
            ("sqlite:///srv/my bot/h%20.db", "/srv/my bot/h%20.db"),
            ("sqlite://../data/h.db", "../data/h.db"),
        ] {
            assert_eq!(Address::parse(url), Ok(Address::File(path.into())), "{url}");
        }
        for url in ["sqlite::memory:", "sqlite://:memory:"] {
            assert_eq!(Address::parse(url), Ok(Address::Memory), "{url}");
        }
    }

    #[test]
    fn what_is_no_file_is_refused_in_words_and_not_repeated() {
        for url in [
            "postgres://bot:hunter2@db/heat",
            "postgresql://bot:hunter2@db/heat",
            "mysql://bot:hunter2@db/heat",
            "hunter2",
            "",
            "sqlite:",
            "sqlite://",
            "sqlite:///srv/hunter2/",
            "sqlite://hunter2.db?mode=ro",
            "sqlite://~/hunter2.db",
        ] {
            let fault = Address::parse(url).unwrap_err();
            assert!(fault.starts_with("DATABASE_URL") && fault.contains("sqlite://heatwire.db"), "{fault}");
            assert!(!fault.contains("hunter2"), "{fault}");
        }
        assert!(Address::parse("postgres://db").unwrap_err().contains("planned"));
    }
}
