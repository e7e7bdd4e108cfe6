"""Stable error codes. Their sentences live in ``locales/errors.yml`` under ``error_<code>``."""

from __future__ import annotations

from enum import StrEnum
from typing import Any


class ErrorCode(StrEnum):
    """What went wrong, as it crosses the wire. Codes are never renamed or reused."""

    # the wire itself
    BAD_FRAME = "bad_frame"
    TOO_LARGE = "too_large"
    UNKNOWN_METHOD = "unknown_method"
    BAD_PARAMS = "bad_params"
    VERSION_MISMATCH = "version_mismatch"
    HELLO_FIRST = "hello_first"
    TIMEOUT = "timeout"
    CANCELLED = "cancelled"
    BUSY = "busy"
    INTERNAL = "internal"
    # who is asking
    HOST_REFUSED = "host_refused"
    ORIGIN_REFUSED = "origin_refused"
    JSON_ONLY = "json_only"
    NOT_PAIRED = "not_paired"
    NOT_PROVEN = "not_proven"
    PROOF_FAILED = "proof_failed"
    PAIRING_BUSY = "pairing_busy"
    PAIRING_EXPIRED = "pairing_expired"
    PAIRING_REFUSED = "pairing_refused"
    PAIRING_BROKEN = "pairing_broken"
    TICKET_INVALID = "ticket_invalid"
    # things asked for
    NOT_FOUND = "not_found"
    BLOB_MISMATCH = "blob_mismatch"
    BLOB_TYPE = "blob_type"
    SHOP_UNKNOWN = "shop_unknown"
    SEARCH_SYNTAX = "search_syntax"
    SEARCH_DATE = "search_date"
    SEARCH_VALUE = "search_value"
    SEARCH_SIGNS = "search_signs"
    # storage
    STORAGE_FULL = "storage_full"
    STORAGE_READ_ONLY = "storage_read_only"
    STORAGE_LOCKED = "storage_locked"
    STORAGE_CORRUPT = "storage_corrupt"
    STORAGE_NEWER = "storage_newer"
    # a team's database
    DATABASE_ADDRESS = "database_address"
    DATABASE_DRIVER = "database_driver"
    DATABASE_AWAY = "database_away"
    DATABASE_REFUSED = "database_refused"
    DATABASE_MISSING = "database_missing"
    DATABASE_TAKEN = "database_taken"
    DATABASE_RIGHTS = "database_rights"
    DATABASE_OLD = "database_old"
    DATABASE_ENCODING = "database_encoding"
    # the companion itself
    ALREADY_RUNNING = "already_running"
    NOT_RUNNING = "not_running"
    PORTS_TAKEN = "ports_taken"
    # translation
    LANGUAGE_UNKNOWN = "language_unknown"
    PACKAGE_UNKNOWN = "package_unknown"
    PACKAGE_UNSAFE = "package_unsafe"
    PACKAGE_DAMAGED = "package_damaged"
    PACKAGE_UNSUPPORTED = "package_unsupported"
    DOWNLOAD_FAILED = "download_failed"
    OFFLINE = "offline"
    ENGINE_MISSING = "engine_missing"
    ENGINE_FAILED = "engine_failed"
    ENGINE_REFUSED = "engine_refused"
    ENGINE_QUOTA = "engine_quota"
    ENGINE_BUDGET = "engine_budget"
    ENGINE_SETUP = "engine_setup"
    BROWSER_AWAY = "browser_away"
    BROWSER_MODEL = "browser_model"
    # files of glossary and memory
    IMPORT_UNREADABLE = "import_unreadable"
    IMPORT_COLUMN = "import_column"
    IMPORT_VALUE = "import_value"
    IMPORT_FULL = "import_full"
    # files of conversations
    MESSAGES_FILE = "messages_file"
    MESSAGES_FORMAT = "messages_format"
    MESSAGES_ENCODING = "messages_encoding"
    MESSAGES_ENCODING_LINES = "messages_encoding_lines"
    MESSAGES_ENCODING_DOUBT = "messages_encoding_doubt"
    MESSAGES_LINE = "messages_line"
    MESSAGES_CELL = "messages_cell"
    MESSAGES_DAYS = "messages_days"
    MESSAGES_SIDE = "messages_side"
    MESSAGES_ROUNDED = "messages_rounded"
    MESSAGES_COLUMNS = "messages_columns"
    MESSAGES_SHOP = "messages_shop"
    MESSAGES_SELLERS = "messages_sellers"
    MESSAGES_ZONE = "messages_zone"
    MESSAGES_MANY = "messages_many"
    MESSAGES_UNSAFE = "messages_unsafe"
    MESSAGES_PAGE = "messages_page"
    MESSAGES_CHANGED = "messages_changed"
    MESSAGES_MASKED = "messages_masked"
    MESSAGES_NEWER = "messages_newer"
    MESSAGES_STOPPED = "messages_stopped"
    # saved pages of orders and listings
    FACTS_PAGE = "facts_page"
    # manuals
    MANUAL_FORMAT = "manual_format"
    MANUAL_UNREADABLE = "manual_unreadable"
    MANUAL_EMPTY = "manual_empty"
    MANUAL_PDF = "manual_pdf"
    # backups and erasure
    BACKUP_FAILED = "backup_failed"
    BACKUP_INSIDE = "backup_inside"
    ARCHIVE_FILLED = "archive_filled"
    ARCHIVE_DIFFERS = "archive_differs"
    BACKUP_DAMAGED = "backup_damaged"
    BACKUP_PASSPHRASE = "backup_passphrase"  # noqa: S105  the name of a code
    HELD = "held"
    # rules
    RULES_INVALID = "rules_invalid"
    SHARED_FAULTY = "shared_faulty"
    SHARED_UNREADABLE = "shared_unreadable"
    SHARED_UNSAFE = "shared_unsafe"
    # the rules feed
    FEED_NONE = "feed_none"
    FEED_ADDRESS = "feed_address"
    FEED_AWAY = "feed_away"
    FEED_UNREADABLE = "feed_unreadable"
    FEED_UNSAFE = "feed_unsafe"
    FEED_SIGNATURE = "feed_signature"
    FEED_NEWER = "feed_newer"
    FEED_KEY_UNKNOWN = "feed_key_unknown"
    FEED_KEY_CHANGED = "feed_key_changed"
    FEED_KEY_OTHER = "feed_key_other"
    FEED_OLD = "feed_old"
    FEED_EXPIRED = "feed_expired"
    FEED_CLOCK = "feed_clock"
    FEED_FAULTY = "feed_faulty"
    FEED_NOT_KEPT = "feed_not_kept"
    FEED_SHIPPED = "feed_shipped"


#: Codes after which the same request may succeed without anybody changing anything.
RETRYABLE = frozenset(
    {
        ErrorCode.TIMEOUT,
        ErrorCode.BUSY,
        ErrorCode.STORAGE_FULL,
        ErrorCode.STORAGE_LOCKED,
        ErrorCode.DATABASE_AWAY,
        ErrorCode.DOWNLOAD_FAILED,
        ErrorCode.OFFLINE,
        ErrorCode.ENGINE_FAILED,
        ErrorCode.FEED_AWAY,
    }
)


class SeabridgeError(Exception):
    """An expected failure with a stable code.

    ``data`` fills the placeholders of the sentence shown to the seller; it must not hold secrets.
    ``detail`` is for the log only and never crosses the wire.
    """

    def __init__(self, code: ErrorCode, detail: str = "", /, **data: Any) -> None:
        super().__init__(f"{code}: {detail}" if detail else str(code))
        self.code = code
        self.detail = detail
        self.data = data

    @property
    def retryable(self) -> bool:
        """Whether trying the same thing again later can help."""
        return self.code in RETRYABLE
