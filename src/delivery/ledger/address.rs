//! The address of the ledger: `DATABASE_URL`.

use std::path::PathBuf;

use secrecy::{ExposeSecret, SecretString};
use sqlx::postgres::PgSslMode;
use url::Url;

/// The place that `DATABASE_URL` names.
#[derive(Debug, Clone)]
pub enum Address {
    /// An SQLite file. A relative path starts at the working folder.
    File(PathBuf),
    /// A ledger in memory: `sqlite::memory:`. It ends with the process.
    Memory,
    /// A database of a PostgreSQL server.
    Server(ServerAddress),
}

/// A database of a PostgreSQL server. Its debug form shows no password.
#[derive(Debug, Clone)]
pub struct ServerAddress {
    url: SecretString,
    place: String,
}

/// What may stand behind the `?` of a server's address. Others would be passed over in silence.
const OPTIONS: [&str; 11] = [
    "sslmode",
    "sslrootcert",
    "sslcert",
    "sslkey",
    "host",
    "port",
    "user",
    "password",
    "dbname",
    "application_name",
    "options",
];
/// How an address of a server looks.
const SERVER_FORM: &str = "write it as postgres://user:password@host:5432/database";

impl Address {
    /// Reads `sqlite://heatwire.db`, `sqlite:///srv/heatwire.db`, `sqlite::memory:` or
    /// `postgres://user:password@host:5432/database`. The part after `sqlite://` is a plain path: nothing is decoded. In
    /// the address of a server, special characters are percent-encoded.
    ///
    /// # Errors
    ///
    /// The correct form, in words. They never repeat the value, which may hold a password.
    pub fn parse(url: &str) -> Result<Self, String> {
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            return ServerAddress::parse(url).map(Self::Server);
        }
        let Some(rest) = url.strip_prefix("sqlite:") else {
            return Err("DATABASE_URL names no database; write it as sqlite://heatwire.db, as sqlite:///srv/heatwire.db \
                        for a file elsewhere, or as postgres://user:password@host:5432/database for a server"
                .to_owned());
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

impl ServerAddress {
    fn parse(url: &str) -> Result<Self, String> {
        let fault = |what: &str| Err(format!("DATABASE_URL {what}; {SERVER_FORM}"));
        let Ok(parsed) = Url::parse(url) else {
            return fault(
                "is no address of a PostgreSQL server (a special character in the password is percent-encoded: %40 for @)",
            );
        };
        let option = |name: &str| {
            parsed.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
        };
        if parsed.query_pairs().any(|(key, _)| !OPTIONS.contains(&&*key)) {
            return fault("has an option behind its ? that heatwire does not know");
        }
        if option("sslmode").is_some_and(|mode| mode.parse::<PgSslMode>().is_err()) {
            return fault(
                "has a wrong sslmode: disable, allow, prefer, require, verify-ca and verify-full are possible",
            );
        }
        let Some(host) =
            option("host").or(parsed.host_str().map(str::to_owned)).filter(|host| !host.is_empty())
        else {
            return fault("names no host");
        };
        let in_path = parsed.path().trim_start_matches('/').to_owned();
        let Some(database) = option("dbname").or(Some(in_path)).filter(|name| !name.is_empty()) else {
            return fault("names no database");
        };
        let port = option("port").or(parsed.port().map(|port| port.to_string()));
        let port = port.unwrap_or_else(|| "5432".to_owned());
        Ok(Self { url: url.into(), place: format!("the database {database} on {host}:{port}") })
    }

    pub(super) fn url(&self) -> &str {
        self.url.expose_secret()
    }

    /// Which database it is, in words for people.
    pub(super) fn place(&self) -> String {
        self.place.clone()
    }

    pub(super) fn malformed(&self) -> String {
        format!("DATABASE_URL is no address of a PostgreSQL server; {SERVER_FORM}")
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
            let Ok(Address::File(file)) = Address::parse(url) else { panic!("{url}") };
            assert_eq!(file, PathBuf::from(path), "{url}");
        }
        for url in ["sqlite::memory:", "sqlite://:memory:"] {
            assert!(matches!(Address::parse(url), Ok(Address::Memory)), "{url}");
        }
    }

    #[test]
    fn what_is_no_file_is_refused_in_words_and_not_repeated() {
        for url in [
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
    }

    #[test]
    fn a_server_is_named_without_its_password() {
        for (url, expected) in [
            ("postgres://bot:hunter2@db/heat", "the database heat on db:5432"),
            (
                "postgresql://bot:hunter2@[::1]:6000/heat?sslmode=verify-full",
                "the database heat on [::1]:6000",
            ),
            (
                "postgres://bot:hunter%402@db/heat?options=-c%20search_path%3Dx",
                "the database heat on db:5432",
            ),
            (
                "postgres:///?host=/run/postgresql&dbname=heat&user=bot&password=hunter2",
                "the database heat on /run/postgresql:5432",
            ),
        ] {
            let Ok(Address::Server(address)) = Address::parse(url) else { panic!("{url}") };
            assert_eq!(address.place(), expected);
            assert!(!format!("{address:?}").contains("hunter"), "{address:?}");
        }
    }

    #[test]
    fn a_server_that_is_named_wrongly_is_refused_in_words() {
        for (url, expected) in [
            ("postgres://bot:hunter2@db", "names no database"),
            ("postgres://bot:hunter2@db/", "names no database"),
            ("postgres:///heat", "names no host"),
            ("postgres://bot:hunter2@db/heat?sslmode=hunter2", "wrong sslmode"),
            ("postgres://bot@db/heat?pasword=hunter2", "does not know"),
            ("postgres://bot:hun/ter2@db/heat", "percent-encoded"),
        ] {
            let fault = Address::parse(url).unwrap_err();
            assert!(fault.contains(expected) && fault.contains("postgres://user:password@"), "{fault}");
            assert!(!fault.contains("hunter2") && !fault.contains("ter2"), "{fault}");
        }
    }
}
