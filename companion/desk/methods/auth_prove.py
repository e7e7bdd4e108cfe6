"""auth.prove: the extension's proof opens the session."""

from __future__ import annotations

from ...protocol.errors import ErrorCode, SeabridgeError
from ...protocol.methods.session import AuthProveParams, AuthProveResult
from .. import pairing_math as m
from ..call import Call


def handle(call: Call, params: AuthProveParams) -> AuthProveResult:
    """Raises ``proof_failed``; a challenge serves once, right or wrong."""
    session, challenge = call.session, call.session.challenge
    session.challenge = None
    if challenge is None or not _proves(challenge.key, challenge.transcript, params.proof):
        session.failed_proofs += 1
        raise SeabridgeError(ErrorCode.PROOF_FAILED)
    # First the name, then the look: a key that is revoked meanwhile finds this session, or is not found here.
    session.key_id = challenge.key_id
    if not call.desk.keys.known(challenge.key_id, session.origin):
        session.key_id = ""
        raise SeabridgeError(ErrorCode.NOT_PAIRED)
    call.desk.keys.used(challenge.key_id)
    return AuthProveResult(locale=call.room.settings.get().locale)


def _proves(key: bytes, transcript: bytes, proof: str) -> bool:
    try:
        return m.same(m.unb64(proof, 32), m.extension_proof(key, transcript))
    except SeabridgeError:
        return False
