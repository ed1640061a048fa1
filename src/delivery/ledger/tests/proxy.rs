//! A way to the server that a test can cut or block.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::AbortHandle;

/// What becomes of the next `COMMIT`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    /// The connection ends before the server has it.
    Before,
    /// The connection ends when the server has answered, and before the answer arrives.
    After,
    /// The server does it, and its answer never arrives.
    Unanswered,
}

pub(super) struct Proxy {
    port: u16,
    cut: Arc<Mutex<Option<Cut>>>,
    listening: AbortHandle,
}

impl Proxy {
    /// In front of the server of an address.
    pub(super) async fn new(server: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let url: url::Url = server.parse().unwrap();
        let server = format!("{}:{}", url.host_str().unwrap(), url.port().unwrap_or(5432));
        let cut: Arc<Mutex<Option<Cut>>> = Arc::default();
        let of_connections = Arc::clone(&cut);
        let listening = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = TcpStream::connect(&server).await.unwrap();
                tokio::spawn(pass_on(client, server, Arc::clone(&of_connections)));
            }
        });
        Self { port, cut, listening: listening.abort_handle() }
    }

    /// The address through the proxy.
    pub(super) fn url(&self, server: &str) -> String {
        let mut url: url::Url = server.parse().unwrap();
        url.set_host(Some("127.0.0.1")).unwrap();
        url.set_port(Some(self.port)).unwrap();
        url.into()
    }

    pub(super) fn cut_next_commit(&self, cut: Cut) {
        *self.cut.lock().unwrap() = Some(cut);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

async fn pass_on(mut client: TcpStream, mut server: TcpStream, next: Arc<Mutex<Option<Cut>>>) {
    let (mut asked, mut answered) = ([0; 65_536], [0; 65_536]);
    loop {
        tokio::select! {
            count = client.read(&mut asked) => {
                let Ok(count @ 1..) = count else { return };
                let is_commit = asked[..count].windows(6).any(|part| part == b"COMMIT");
                let cut = if is_commit { next.lock().unwrap().take() } else { None };
                if cut == Some(Cut::Before) || server.write_all(&asked[..count]).await.is_err() {
                    return;
                }
                if let Some(cut) = cut {
                    let _answer = server.read(&mut answered).await;
                    if cut == Cut::Unanswered {
                        // Until the client gives up.
                        let _end = client.read(&mut asked).await;
                    }
                    return;
                }
            }
            count = server.read(&mut answered) => {
                let Ok(count @ 1..) = count else { return };
                if client.write_all(&answered[..count]).await.is_err() {
                    return;
                }
            }
        }
    }
}
