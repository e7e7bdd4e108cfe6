// Generated from companion/protocol by `python -m companion.protocol.typescript`. Do not edit.

export const PRODUCT = "seabridge";
export const PROTOCOL_MIN = 1;
export const PROTOCOL_MAX = 1;
export const PORTS = [8765, 18765, 28765];
export const PRACTICE_PORTS = [8775, 18775, 28775];
export const MAX_FRAME = 262144;
export const MAX_BLOB = 20971520;
export const MAX_PAGE = 8388608;
export const MAX_IMPORT = 20000000;
export const HEARTBEAT_S = 20;
export const METHOD_LIMITS = {
 "auth.begin": {
  "timeout_s": 5,
  "access": "open"
 },
 "auth.prove": {
  "timeout_s": 5,
  "access": "open"
 },
 "blob.begin": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "brands.list": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "brands.put": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "brands.remove": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "browser.answer": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "browser.offer": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "buyer.story": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "dashboard.ticket": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "draft.inserted": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "engines.list": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "engines.order": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "engines.remove": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "engines.save": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "engines.test": {
  "timeout_s": 60,
  "access": "proven"
 },
 "glossary.export": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "glossary.import": {
  "timeout_s": 60,
  "access": "proven"
 },
 "glossary.list": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "glossary.put": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "glossary.remove": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "hello": {
  "timeout_s": 5,
  "access": "open"
 },
 "inbox.list": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "inbox.seen": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "inbox.watch": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "languages.install": {
  "timeout_s": 3600,
  "access": "proven"
 },
 "languages.list": {
  "timeout_s": 60,
  "access": "proven"
 },
 "languages.remove": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "listing.check": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "listing.seen": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "memory.export": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "memory.import": {
  "timeout_s": 60,
  "access": "proven"
 },
 "memory.remove": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "memory.search": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "message.check": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "message.seen": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "message.sending": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "page.read": {
  "timeout_s": 30.0,
  "access": "proven"
 },
 "pages.export": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "pages.forget": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "pages.get": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "pages.import": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "pages.own": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "pages.teach": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "pair.begin": {
  "timeout_s": 5,
  "access": "open"
 },
 "pair.reveal": {
  "timeout_s": 5,
  "access": "open"
 },
 "pair.wait": {
  "timeout_s": 130,
  "access": "open"
 },
 "pairing.list": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "pairing.revoke": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "search": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "settings.get": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "settings.set": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "status.get": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "thread.get": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "thread.hold": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "thread.list": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "thread.mark": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "thread.messages": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "thread.set_language": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "thread.set_tone": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "translate": {
  "timeout_s": 30,
  "access": "proven"
 },
 "translate.others": {
  "timeout_s": 30,
  "access": "proven"
 },
 "waivers.list": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "waivers.put": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "waivers.remove": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "words.list": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "words.put": {
  "timeout_s": 15.0,
  "access": "proven"
 },
 "words.remove": {
  "timeout_s": 15.0,
  "access": "proven"
 }
} as const;
export const RETRYABLE: readonly string[] = ["busy", "database_away", "download_failed", "engine_failed", "offline", "storage_full", "storage_locked", "timeout"];
