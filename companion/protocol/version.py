"""Names, versions, ports and bounds both sides of the wire agree on."""

PRODUCT = "seabridge"

#: Protocol versions this companion speaks, oldest and newest.
PROTOCOL_MIN = 1
PROTOCOL_MAX = 1

#: TCP ports tried in this order by a companion and by the extension.
PORTS = (8765, 18765, 28765)
#: The practice shop's companion listens elsewhere, so that practice never reaches a real archive.
PRACTICE_PORTS = (8775, 18775, 28775)

#: Largest WebSocket frame in bytes; anything larger travels as a blob by POST.
MAX_FRAME = 256 * 1024
#: Largest blob in bytes.
MAX_BLOB = 20 * 1024 * 1024
#: Largest captured page in bytes.
MAX_PAGE = 8 * 1024 * 1024
#: Largest file of a glossary or memory in bytes; longer ones are no shop's.
MAX_IMPORT = 20_000_000
#: Seconds between text heartbeats. Chromium ends a silent service worker after 30 s, and
#: WebSocket ping frames do not count as activity (measured on Chromium 156).
HEARTBEAT_S = 20
#: Seconds a socket may stay open without having proven itself.
PROVE_WITHIN_S = 150
