"""One message to one address: no redirects, no proxies, and only to the network address that was checked."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Mapping

from hanze.connections.webhooks.addresses import Target, numbers_of, target_of

SECONDS = 10
READ_AT_MOST = 64 * 1024


class _ToNumber(http.client.HTTPConnection):
    """A connection to the checked network address: the name is not looked up again, where it could point elsewhere."""

    def __init__(self, target: Target, number: str) -> None:
        super().__init__(target.host, target.port, timeout=SECONDS)
        self._target, self._number = target, number

    def connect(self) -> None:
        plain = socket.create_connection((self._number, self._target.port), SECONDS)
        if not self._target.secure:
            self.sock = plain
            return
        try:
            self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self._target.host)
        except BaseException:
            plain.close()
            raise


def post(address: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Send `body` and return the status of the answer. Raises AddressError, OSError, http.client.HTTPException."""
    target = target_of(address)
    connection = _ToNumber(target, numbers_of(target)[0])
    try:
        connection.request("POST", target.path, body, {"Content-Type": "application/json", **headers})
        answer = connection.getresponse()
        answer.read(READ_AT_MOST)
        return answer.status
    finally:
        connection.close()
