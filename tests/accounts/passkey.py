"""A passkey as a browser makes and uses it, for tests without a browser (WebAuthn, sections 5.8, 6.1 and 6.5)."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils.http import int_to_base36
from fido2 import cbor
from fido2.cose import ES256

HOST = "localhost"
PRESENT, VERIFIED, WITH_KEY = 0x01, 0x04, 0x40


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass
class Passkey:
    """One key pair; `origin` is the site that the browser is on."""

    name: bytes = b"a-passkey-for-tests"
    origin: str = f"http://{HOST}"
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    used: int = 0

    def made(self, options: dict[str, Any]) -> str:
        """What the browser answers to the options for making a passkey."""
        public = cbor.encode(ES256.from_cryptography_key(self.key.public_key()))
        described = bytes(16) + len(self.name).to_bytes(2, "big") + self.name + public
        data = self._authenticator_data(PRESENT | VERIFIED | WITH_KEY) + described
        attested = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        return self._credential(options, "webauthn.create", {"attestationObject": _text(attested)})

    def used_for(self, options: dict[str, Any], user: int) -> str:
        """What the browser answers when it is asked to sign in with the passkey."""
        self.used += 1
        data = self._authenticator_data(PRESENT | VERIFIED)
        client_data = self._client_data(options, "webauthn.get")
        signature = self.key.sign(data + hashlib.sha256(client_data).digest(), ec.ECDSA(hashes.SHA256()))
        answer = {"authenticatorData": _text(data), "signature": _text(signature)}
        return self._credential(options, "webauthn.get", answer | {"userHandle": _text(int_to_base36(user).encode())})

    def _authenticator_data(self, flags: int) -> bytes:
        return hashlib.sha256(HOST.encode()).digest() + bytes([flags]) + self.used.to_bytes(4, "big")

    def _client_data(self, options: dict[str, Any], kind: str) -> bytes:
        challenge = options["publicKey"]["challenge"]
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _credential(self, options: dict[str, Any], kind: str, response: dict[str, str]) -> str:
        response = {"clientDataJSON": _text(self._client_data(options, kind)), **response}
        name = _text(self.name)
        return json.dumps(
            {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}
        )
