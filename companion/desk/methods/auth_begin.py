"""auth.begin: the companion proves first that it holds the key."""

from __future__ import annotations

import secrets

from ...protocol.methods.session import AuthBeginParams, AuthBeginResult
from .. import pairing_math as m
from ..call import Call, Challenge


def handle(call: Call, params: AuthBeginParams) -> AuthBeginResult:
    """Raises ``not_paired`` for a key that is unknown or another Origin's."""
    session, desk = call.session, call.desk
    session.challenge = None
    client_nonce = m.unb64(params.nonce, m.NONCE_BYTES)
    key = desk.keys.secret(params.key_id, session.origin)
    server_nonce = secrets.token_bytes(m.NONCE_BYTES)
    a = m.auth_transcript(params.key_id, session.origin, desk.port, desk.instance, client_nonce, server_nonce)
    session.challenge = Challenge(params.key_id, key, a)
    return AuthBeginResult(nonce=m.b64(server_nonce), proof=m.b64(m.companion_proof(key, a)))
