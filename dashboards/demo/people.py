"""Set the centre up and invite its people."""

from dataclasses import replace
from typing import Final

from accounts.service import (
    accept_invitation,
    edit_profile,
    identify,
    invite_person,
    offer_set_up,
    set_account_roles,
    view_person,
    who,
)
from core.permissions import Actor, Role
from core.settings import Centre
from core.workspace import Workspace
from dashboards.demo.content import Row
from dashboards.demo.stage import ZONE, Stage
from hours.service import set_up_centre

SHOWN: Final = ("director", "manager", "consultant1", "expert1", "administrator")
"""Whose accounts are told of, one for each role; the others have the same password."""


def gather(stage: Stage, password: str) -> None:
    """Claim the empty server for the director, who invites everybody else."""
    for row in stage.content.rows("people"):
        if row["key"] == "director":
            _found(stage, row, password)
        else:
            _invite(stage, row, password)
        _describe(stage, row)


def _found(stage: Stage, row: Row, password: str) -> None:
    options = stage.frame.options
    centre = Centre(stage.content.words("centre"), str(ZONE), options.language)
    entry = set_up_centre(
        stage.database,
        offer_set_up(stage.database, clock=stage.clock) or "",
        centre=centre,
        hours=(250, 40),
        person=(row["name"], row["address"], password),
        clock=stage.clock,
    )
    signed_in = Workspace(stage.database, identify(entry.token), stage.clock)
    me = who(signed_in)
    set_account_roles(signed_in, me.person_id, _roles(row), seen=me.roles)
    stage.actors[row["key"]] = who(signed_in)


def _invite(stage: Stage, row: Row, password: str) -> None:
    person_id, token = invite_person(
        stage.desk("director"), name=row["name"], address=row["address"], roles=_roles(row)
    )
    accept_invitation(stage.database, token, password, password, clock=stage.clock)
    language = stage.frame.options.language
    stage.actors[row["key"]] = Actor(person_id, _roles(row), row["name"], language)


def _describe(stage: Stage, row: Row) -> None:
    """Let each write what they are good at, and in which language they read."""
    desk = stage.desk(row["key"])
    known = view_person(desk, stage.person(row["key"]))
    language = stage.frame.options.language
    edit_profile(desk, replace(known, competences=row["competences"], language=language))


def _roles(row: Row) -> frozenset[Role]:
    return frozenset(Role(code) for code in row["roles"].split())
