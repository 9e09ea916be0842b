//! `spinemet health`: whether the service on this machine lives. For the health check of a container, whose image need
//! not have curl then.

use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;

use super::console::Console;
use super::failure::Failure;
use super::status::Status;
use crate::settings::Settings;

/// For connecting, asking and answering together.
const DEADLINE: Duration = Duration::from_secs(2);
const ALIVE: &[u8] = b"HTTP/1.1 200 ";

const EXAMPLES: &str = "\
Examples:
  spinemet health
  HEALTHCHECK CMD [\"spinemet\", \"health\"]";

/// Ask the service on this machine whether it lives (GET /livez): exit code 0 for yes, 1 for no.
#[derive(Debug, Args)]
#[command(after_help = super::help(EXAMPLES))]
pub(super) struct Arguments {
    /// The settings file of the service [default: the one that the environment variable SPINEMET_CONFIG names, else
    /// none]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// Asks the service whether it lives.
pub(super) fn run(arguments: &Arguments, console: &mut Console) -> Result<(), Failure> {
    let address = reachable(Settings::load(arguments.config.as_deref())?.listen);
    match ask(address) {
        Ok(true) => console.write(format!("{address} lives\n").as_bytes()),
        Ok(false) => {
            console.complain(&format!("{address} answers, but not as a service that lives"), Status::NotAll);
            Ok(())
        }
        Err(error) => {
            console.complain(&format!("{address} does not answer: {error}"), Status::NotAll);
            Ok(())
        }
    }
}

/// A service that listens on every address of the machine is asked on the machine's own.
const fn reachable(listen: SocketAddr) -> SocketAddr {
    let address = match listen.ip() {
        IpAddr::V4(Ipv4Addr::UNSPECIFIED) => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(Ipv6Addr::UNSPECIFIED) => IpAddr::V6(Ipv6Addr::LOCALHOST),
        address => address,
    };
    SocketAddr::new(address, listen.port())
}

fn ask(address: SocketAddr) -> io::Result<bool> {
    let end = Instant::now() + DEADLINE;
    let mut stream = TcpStream::connect_timeout(&address, DEADLINE)?;
    stream.set_write_timeout(Some(time_left(end)?))?;
    let request = format!("GET /livez HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::with_capacity(ALIVE.len());
    let mut bytes = [0_u8; 64];
    while answer.len() < ALIVE.len() {
        stream.set_read_timeout(Some(time_left(end)?))?;
        let count = stream.read(&mut bytes)?;
        if count == 0 {
            break;
        }
        answer.extend_from_slice(bytes.get(..count).unwrap_or_default());
    }
    Ok(answer.starts_with(ALIVE))
}

fn time_left(end: Instant) -> io::Result<Duration> {
    end.checked_duration_since(Instant::now())
        .filter(|left| !left.is_zero())
        .ok_or_else(|| io::ErrorKind::TimedOut.into())
}
