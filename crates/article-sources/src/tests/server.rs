//! A small web server on loopback. It gives planned answers, also broken ones, and remembers the requests.

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

/// What happens to a request.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    /// These bytes, and then the end of the connection.
    Raw(Vec<u8>),
    /// These bytes again and again, for as long as somebody reads them.
    Endless { head: String, unit: Vec<u8> },
    /// Nothing, and the connection stays.
    Silence,
}

impl Answer {
    /// A status with headers and a body.
    pub(crate) fn new(status: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let head = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n", body.len());
        Self::Raw([head.as_bytes(), body].concat())
    }

    /// A document.
    pub(crate) fn ok(body: impl AsRef<[u8]>) -> Self {
        Self::new("200 OK", &[], body)
    }
}

#[derive(Debug, Default)]
struct Plan {
    /// For each path the next answers; the last one is given again and again.
    answers: HashMap<String, VecDeque<Answer>>,
    requests: Vec<String>,
}

/// The running server. It ends with its runtime.
#[derive(Debug)]
pub(crate) struct Server {
    address: SocketAddr,
    plan: Arc<Mutex<Plan>>,
}

impl Server {
    pub(crate) async fn start() -> Self {
        Self::start_on("127.0.0.1:0").await
    }

    pub(crate) async fn start_on(address: &str) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let address = listener.local_addr().unwrap();
        let plan = Arc::new(Mutex::new(Plan::default()));
        let served = Arc::clone(&plan);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let plan = Arc::clone(&served);
                tokio::spawn(async move { serve(stream, &plan).await });
            }
        });
        Self { address, plan }
    }

    pub(crate) fn url(&self, path: &str) -> Url {
        Url::parse(&format!("http://{}{path}", self.address)).unwrap()
    }

    /// Plans the next answer for a path.
    pub(crate) fn plan(&self, path: &str, answer: Answer) {
        self.plan.lock().unwrap().answers.entry(path.to_owned()).or_default().push_back(answer);
    }

    /// The requests so far, with their headers, and forgets them.
    pub(crate) fn take_requests(&self) -> Vec<String> {
        std::mem::take(&mut self.plan.lock().unwrap().requests)
    }
}

async fn serve(mut stream: TcpStream, plan: &Mutex<Plan>) -> Option<()> {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    while !request.ends_with(b"\r\n\r\n") {
        let count = stream.read(&mut buffer).await.ok().filter(|count| *count > 0)?;
        request.extend_from_slice(&buffer[..count]);
    }
    let request = String::from_utf8_lossy(&request).into_owned();
    let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
    let answer = {
        let mut plan = plan.lock().unwrap();
        plan.requests.push(request);
        let answers = plan.answers.get_mut(&path);
        answers.and_then(
            |answers| if answers.len() > 1 { answers.pop_front() } else { answers.front().cloned() },
        )
    };
    match answer.unwrap_or_else(|| Answer::new("404 Not Found", &[], "")) {
        Answer::Raw(bytes) => stream.write_all(&bytes).await.ok()?,
        Answer::Endless { head, unit } => {
            stream.write_all(head.as_bytes()).await.ok()?;
            while stream.write_all(&unit).await.is_ok() {}
        }
        Answer::Silence => std::future::pending().await,
    }
    // Without this, bytes that nobody read yet would be lost with the connection.
    stream.shutdown().await.ok()
}
