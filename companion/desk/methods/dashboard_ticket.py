"""dashboard.ticket: an address that opens the dashboard once."""

from __future__ import annotations

from ...protocol.methods.desk import DashboardTicketResult, Nothing
from ..call import Call


def handle(call: Call, _: Nothing) -> DashboardTicketResult:
    """Good for 60 s; the ticket stands in the fragment, which no request carries."""
    return DashboardTicketResult(url=call.desk.dashboard_url())
