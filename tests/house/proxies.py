"""The shipped proxy configurations in front of two web processes, with other names, ports and certificate only."""

import os
import signal
import ssl
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from config.local.account import dies_with_parent
from config.local.places import ROOT
from config.local.ports import free_port, wait_for_port
from config.local.proxies import find

SHIPPED = ROOT / "config" / "proxy"
# What stands around the shipped file on a real machine, as small as it can be.
NGINX = """
daemon off;
{user}
pid {home}/nginx.pid;
error_log stderr warn;
worker_processes 1;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {home}/body;
    proxy_temp_path {home}/proxy;
    fastcgi_temp_path {home}/fastcgi;
    uwsgi_temp_path {home}/uwsgi;
    scgi_temp_path {home}/scgi;
    include {home}/parley.conf;
}}
"""


@dataclass(frozen=True, slots=True)
class Ports:
    """Where the proxy listens, and the web processes."""

    https: int
    http: int
    webs: Sequence[int]


@dataclass(frozen=True, slots=True)
class Certificate:
    """Files of a certificate for localhost that signs itself."""

    certificate: Path
    key: Path

    def trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.certificate))


def make_certificate(home: Path) -> Certificate:
    """Write a certificate for localhost into ``home``."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    made = Certificate(home / "fullchain.pem", home / "privkey.pem")
    made.certificate.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    made.key.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return made


def changed(text: str, changes: Sequence[tuple[str, str]]) -> str:
    """Return the text with each thing put in the place of another, which must be there."""
    for old, new in changes:
        assert old in text, f"the shipped configuration has no {old!r} any more"
        text = text.replace(old, new)
    return text


def nginx(home: Path, ports: Ports, certificate: Certificate) -> list[str]:
    """Write nginx's files; return its command."""
    changes = [
        *[(f"127.0.0.1:{8000 + at}", f"127.0.0.1:{port}") for at, port in enumerate(ports.webs)],
        ("listen 80;", f"listen 127.0.0.1:{ports.http};"),
        ("listen [::]:80;", ""),
        ("listen 443 ssl", f"listen 127.0.0.1:{ports.https} ssl"),
        ("listen [::]:443 ssl http2;", ""),
        ("chat.example.com;", "localhost;"),
        ("/etc/letsencrypt/live/chat.example.com/fullchain.pem", str(certificate.certificate)),
        ("/etc/letsencrypt/live/chat.example.com/privkey.pem", str(certificate.key)),
    ]
    shipped = (SHIPPED / "nginx.conf").read_text(encoding="utf-8")
    (home / "parley.conf").write_text(changed(shipped, changes), encoding="utf-8")
    (home / "nginx.conf").write_text(
        NGINX.format(home=home, user="user root;" if os.geteuid() == 0 else ""), encoding="utf-8"
    )
    return [_program("nginx"), "-e", "stderr", "-p", str(home), "-c", str(home / "nginx.conf")]


def caddy(home: Path, ports: Ports, certificate: Certificate) -> list[str]:
    """Write Caddy's file; return its command."""
    own = f"\tadmin off\n\thttp_port {ports.http}\n\thttps_port {ports.https}\n\tdefault_bind 127.0.0.1\n"
    changes = [
        *[(f"127.0.0.1:{8000 + at}", f"127.0.0.1:{port}") for at, port in enumerate(ports.webs)],
        ("{\n\tservers {", "{\n" + own + "\tservers {"),
        (
            "chat.example.com {",
            f"localhost {{\n\ttls {certificate.certificate} {certificate.key}",
        ),
    ]
    shipped = (SHIPPED / "Caddyfile").read_text(encoding="utf-8")
    (home / "Caddyfile").write_text(changed(shipped, changes), encoding="utf-8")
    return [_program("caddy"), "run", "--adapter", "caddyfile", "--config", str(home / "Caddyfile")]


PROXIES: dict[str, Callable[[Path, Ports, Certificate], list[str]]] = {"nginx": nginx, "caddy": caddy}


def _program(name: str) -> str:
    found = find(name)
    assert found is not None, f"{name} is missing: run .venv/bin/python -m config.local.proxies"
    return found


@contextmanager
def shipped_proxy(
    name: str, *, home: Path, webs: Sequence[int], https: int, certificate: Certificate
) -> Iterator[Ports]:
    """Run one of PROXIES in front of two web processes."""
    home.mkdir()
    ports = Ports(https=https, http=free_port(), webs=webs)
    command = PROXIES[name](home, ports, certificate)
    with (home / "log").open("ab") as log:
        process = subprocess.Popen(
            command,
            env={"PATH": os.environ["PATH"], "HOME": str(home), "XDG_DATA_HOME": str(home)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=dies_with_parent(signal.SIGTERM),  # noqa: PLW1509  a few milliseconds in a child
        )
    try:
        wait_for_port(https)
        wait_for_port(ports.http)
        yield ports
    finally:
        print((home / "log").read_text(encoding="utf-8")[-3000:])  # noqa: T201  for a test that failed
        process.terminate()
        process.wait(10)
