//! The sandbox's port. A handler can cut its connection: the client gets a reset and no answer.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// The pause after the system refused one more connection.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Cuts the connection of a request.
#[derive(Debug, Clone)]
pub(crate) struct Cut(Arc<AtomicBool>);

impl Cut {
    /// Sends nothing more, and ends the connection with a reset.
    pub(crate) fn now(&self) {
        self.0.store(true, Ordering::Release);
    }
}

impl Connected<IncomingStream<'_, Port>> for Cut {
    fn connect_info(stream: IncomingStream<'_, Port>) -> Self {
        Self(Arc::clone(&stream.io().is_cut))
    }
}

/// The listening side.
pub(crate) struct Port(pub(crate) TcpListener);

/// One accepted connection.
pub(crate) struct Connection {
    stream: TcpStream,
    is_cut: Arc<AtomicBool>,
}

impl Listener for Port {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            match self.0.accept().await {
                Ok((stream, address)) => {
                    if let Err(fault) = stream.set_nodelay(true) {
                        tracing::debug!(%fault, "a connection keeps its delay");
                    }
                    return (Connection { stream, is_cut: Arc::default() }, address);
                }
                Err(fault) => {
                    tracing::warn!(%fault, "the sandbox could not accept a connection");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            }
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.0.local_addr()
    }
}

impl Connection {
    fn check(&self) -> io::Result<()> {
        if !self.is_cut.load(Ordering::Acquire) {
            return Ok(());
        }
        self.stream.set_zero_linger()?;
        Err(io::ErrorKind::ConnectionReset.into())
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
