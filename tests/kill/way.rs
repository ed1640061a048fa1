//! A way to the server that a test can cut.

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::AbortHandle;

pub(crate) struct Way {
    url: String,
    is_cut: watch::Sender<bool>,
    listening: AbortHandle,
}

impl Way {
    /// To the server of an address.
    pub(crate) async fn to(server: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut url: url::Url = server.parse().unwrap();
        let address = format!("{}:{}", url.host_str().unwrap(), url.port().unwrap_or(5432));
        url.set_host(Some("127.0.0.1")).unwrap();
        url.set_port(Some(listener.local_addr().unwrap().port())).unwrap();
        let is_cut = watch::Sender::new(false);
        let of_connections = is_cut.subscribe();
        let listening = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(pass_on(client, address.clone(), of_connections.clone()));
            }
        });
        Self { url: url.into(), is_cut, listening: listening.abort_handle() }
    }

    /// The address by this way.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// While the way is cut, connections end at once.
    pub(crate) fn cut(&self, is_cut: bool) {
        self.is_cut.send_replace(is_cut);
    }
}

impl Drop for Way {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

async fn pass_on(mut client: TcpStream, address: String, mut is_cut: watch::Receiver<bool>) {
    let passing = async {
        let mut server = TcpStream::connect(&address).await?;
        copy_bidirectional(&mut client, &mut server).await
    };
    tokio::select! {
        _ended = passing => {}
        _is_cut = is_cut.wait_for(|is_cut| *is_cut) => {}
    }
}
