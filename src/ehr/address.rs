//! Which addresses may be called.
//!
//! A name or URL that an outsider can influence must not lead to the inside of the hospital, to this machine, or to the
//! metadata service of a cloud. So addresses are judged where the connection is made: literals in the URL as the URL
//! parser read them (it knows every spelling: `2130706433` and `0x7f.1` are 127.0.0.1), names after they were resolved.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use crate::settings::Network;

/// The addresses that one server may have: public ones, and networks that the operator named.
#[derive(Debug, Clone)]
pub(super) struct AllowedAddresses {
    networks: Vec<Network>,
}

impl AllowedAddresses {
    pub(super) fn new(networks: &[Network]) -> Self {
        Self { networks: networks.to_vec() }
    }

    /// Whether the address may be called. An IPv4 address inside an IPv6 one counts as itself.
    pub(super) fn contain(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        is_public(address) || self.networks.iter().any(|network| network.contains(address))
    }

    /// Whether the host of a URL is no literal address, or one that may be called.
    pub(super) fn permit_literal(&self, url: &Url) -> bool {
        match url.host() {
            Some(Host::Ipv4(address)) => self.contain(address.into()),
            Some(Host::Ipv6(address)) => self.contain(address.into()),
            Some(Host::Domain(_)) => true,
            None => false,
        }
    }
}

/// Whether an address is one of the public internet.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_shared = a == 100 && (64..128).contains(&b);
    let is_protocol_assignment = a == 192 && b == 0 && c == 0;
    let is_relay = a == 192 && b == 88 && c == 99;
    let is_benchmark = a == 198 && (b == 18 || b == 19);
    !(a == 0
        || a >= 240
        || address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_broadcast()
        || address.is_documentation()
        || is_shared
        || is_protocol_assignment
        || is_relay
        || is_benchmark)
}

/// Only global unicast, and of it nothing that carries another address inside or is for documentation.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let is_global_unicast = first & 0xe000 == 0x2000;
    let is_special = first == 0x2001 && (second < 0x0200 || second == 0x0db8);
    let is_six_to_four = first == 0x2002;
    let is_documentation = first == 0x3fff && second < 0x1000;
    is_global_unicast && !is_special && !is_six_to_four && !is_documentation
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(host: &str) -> Url {
        Url::parse(&format!("http://{host}/fhir")).unwrap()
    }

    #[test]
    fn no_spelling_of_an_inner_address_is_permitted() {
        let public_only = AllowedAddresses::new(&[]);
        for host in [
            "127.0.0.1",
            "2130706433",
            "0x7f.1",
            "0177.0.0.1",
            "0x7f000001",
            "127.1",
            "0",
            "0.0.0.0",
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.0.8",
            "198.18.0.1",
            "192.0.2.1",
            "203.0.113.9",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "①②⑦.0.0.1",
            "[::1]",
            "[::]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[::ffff:a00:1]",
            "[::127.0.0.1]",
            "[fc00::1]",
            "[fd12:3456::1]",
            "[fe80::1]",
            "[fec0::1]",
            "[ff02::1]",
            "[64:ff9b::7f00:1]",
            "[2002:7f00:1::]",
            "[2001:0:7f00:1::]",
            "[2001:db8::1]",
            "[3fff::1]",
            "[100::1]",
        ] {
            assert!(!public_only.permit_literal(&url(host)), "{host}");
        }
        for host in ["8.8.8.8", "172.32.0.1", "[2606:4700::1111]", "ehr.hospital.example"] {
            assert!(public_only.permit_literal(&url(host)), "{host}");
        }
    }

    #[test]
    fn a_named_network_is_permitted_and_nothing_beside_it() {
        let named = AllowedAddresses::new(
            &["10.20.0.0/16", "::1"].map(|text| Network::try_from(text.to_owned()).unwrap()),
        );
        for (host, expected) in [
            ("10.20.3.4", true),
            ("[::ffff:10.20.3.4]", true),
            ("[::1]", true),
            ("10.21.0.1", false),
            ("127.0.0.1", false),
            ("[::ffff:10.21.0.1]", false),
        ] {
            assert_eq!(named.permit_literal(&url(host)), expected, "{host}");
        }
    }
}
