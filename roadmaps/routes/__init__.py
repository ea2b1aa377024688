"""Addresses of roadmaps beside their pages: a leader's page, calendar feeds, the plan editor."""

from starlette.routing import BaseRoute

from roadmaps.routes.by_link import PLAN_URL, link_routes
from roadmaps.routes.desk import DESK_URL, desk_routes

__all__ = ["DESK_URL", "PLAN_URL", "routes"]


def routes() -> list[BaseRoute]:
    """Give all of them."""
    return [*link_routes(), *desk_routes()]
