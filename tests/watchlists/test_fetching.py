"""Fetching an edition from the address of a list, from a server that really answers over https."""

from __future__ import annotations

import ipaddress
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import override

from hanze.accounts.models import Role
from hanze.watchlists import fetching
from hanze.watchlists import operations as ops
from hanze.watchlists.models import Edition, Watchlist
from tests.watchlists import making

pytestmark = pytest.mark.django_db


class Publisher(BaseHTTPRequestHandler):
    """Gives one edition, and leads elsewhere when asked for `/moved.csv`."""

    edition = "\n".join([making.HEADER, making.MALACHITE, ""]).encode()

    def do_GET(self) -> None:
        if self.path == "/moved.csv":
            self.send_response(302)
            self.send_header("Location", f"https://127.0.0.1:{self.server.server_port}/list.csv")  # type: ignore[attr-defined]
            self.end_headers()
            return
        self.send_response(200 if self.path == "/list.csv" else 404)
        self.send_header("Content-Length", str(len(self.edition)))
        self.end_headers()
        self.wfile.write(self.edition)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "list")])
    address, now = x509.IPAddress(ipaddress.ip_address("127.0.0.1")), datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    kept = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path = tmp_path / "publisher.pem"
    path.write_bytes(kept + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def publisher(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a publisher whose certificate this machine trusts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Publisher)
    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secure.load_cert_chain(certificate)
    server.socket = secure.wrap_socket(server.socket, server_side=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"https://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def fetched_from(address: str) -> Watchlist:
    made = making.watchlist(address=address)
    ops.change_list(made, by=None, fetch=True)
    return made


@pytest.mark.parametrize("path", ["/list.csv", "/moved.csv"])
def test_what_stands_at_the_address_waits_to_be_looked_at(client_for, publisher: str, path: str) -> None:
    made = fetched_from(publisher + path)
    coordinator = client_for(Role.COORDINATOR)

    coordinator.post(reverse("watchlists:edition-fetch", args=[made.slug]))

    edition = made.editions.get()
    assert (edition.state, edition.entries) == (Edition.State.PREVIEW, 1)
    made.refresh_from_db()
    assert made.fetch_problem == ""
    assert "Malachite Trading Company" in coordinator.get(edition.get_absolute_url()).content.decode()


def test_the_same_edition_is_not_taken_twice(publisher: str) -> None:
    made = fetched_from(f"{publisher}/list.csv")
    fetching.fetch(made, by=None)
    with pytest.raises(ValidationError):
        fetching.fetch(made, by=None)
    assert made.editions.count() == 1


def test_an_address_where_nothing_stands_says_so_and_leaves_no_edition(publisher: str) -> None:
    made = fetched_from(f"{publisher}/gone.csv")
    with pytest.raises(ValidationError, match="404"):
        fetching.fetch(made, by=None)
    assert not made.editions.exists()


def test_a_publisher_whose_certificate_is_not_trusted_is_refused(publisher: str, monkeypatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    made = fetched_from(f"{publisher}/list.csv")
    with pytest.raises(ValidationError, match="certificate"):
        fetching.fetch(made, by=None)
    assert not made.editions.exists()


def test_what_is_larger_than_a_list_is_not_taken(publisher: str, monkeypatch) -> None:
    monkeypatch.setattr(fetching, "LARGEST", 20)
    made = fetched_from(f"{publisher}/list.csv")
    with pytest.raises(ValidationError, match="too large"):
        fetching.fetch(made, by=None)
    assert not made.editions.exists()


@pytest.mark.parametrize(("fetch", "scheme"), [(False, "https"), (True, "http")])
def test_nothing_is_asked_where_fetching_is_off_or_the_address_is_not_secure(
    publisher: str, fetch: bool, scheme: str
) -> None:
    made = making.watchlist(address=f"{publisher}/list.csv")
    Watchlist.objects.filter(pk=made.pk).update(fetch=fetch, address=f"{scheme}://127.0.0.1/list.csv")
    made.refresh_from_db()
    with pytest.raises(ValidationError, match="not switched on"):
        fetching.fetch(made, by=None)
