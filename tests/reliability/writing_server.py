"""A real server whose one address writes a consultation into many tables."""

import asyncio
import json
import socket
from datetime import UTC, datetime, timedelta
from typing import Final

import anyio.to_thread
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

import migrations.tables  # noqa: F401 — registers every table
from casework.domain.consultation import Draft, Topic, Work
from casework.domain.step import NewStep
from casework.service import Submission, record_consultation
from core.database import Database
from core.errors import DomainError
from core.permissions import Actor, Role
from core.workspace import Workspace

PARTS: Final = {
    "consultation_initiative": 1,
    "consultation_consultant": 2,
    "consultation_topic": 2,
    "consultation_note": 1,
    "next_step": 2,
    "time_entry": 4,
    "audit_entry": 3,
}
"""How many rows each consultation has in each table; its minutes and its length have audit lines."""


def consultation(people: tuple[int, int], case_id: int, number: int) -> Draft:
    first, second = people
    day = datetime.now(UTC).date() - timedelta(days=1 + number % 9000)  # a day has 24 hours
    return Draft(
        held_on=day,
        topics=frozenset({Topic.BUDGET, Topic.LEGAL}),
        consultants=(Work(first, contact=60, preparation=15), Work(second, contact=60, travel=30)),
        cases=frozenset({case_id}),
        note=f"note {number} " * 50,
        steps=(NewStep("call"), NewStep("write", due_on=day)),
    )


def serve(listening: socket.socket, url: str, people: tuple[int, int], case_id: int) -> None:
    """Answer `POST /consultations` with the id of what is committed, until killed."""
    database = Database(url)
    actor = Actor(people[0], frozenset({Role.CONSULTANT}))

    def write(number: int) -> Response:
        try:
            written = record_consultation(
                Workspace.of(database, actor),
                draft=consultation(people, case_id, number),
                sent=Submission(note_key="consultation:new"),
            )
        except DomainError as error:
            return JSONResponse({"code": error.code}, status_code=503)
        return JSONResponse({"id": written})

    async def post(request: Request) -> Response:
        return await anyio.to_thread.run_sync(write, int(json.loads(await request.body())))

    app = Starlette(routes=[Route("/consultations", post, methods=["POST"])])
    config = uvicorn.Config(app, log_level="critical", lifespan="off")
    asyncio.run(uvicorn.Server(config).serve(sockets=[listening]))
