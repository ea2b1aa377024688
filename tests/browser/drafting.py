"""A centre whose people draw on roadmaps, for the tests of the plan editor."""

import json
from dataclasses import dataclass

from roadmaps import service
from roadmaps.domain.plan import Plan
from roadmaps.formats.exchange import PlanFile
from roadmaps.formats.plan_json import write_plan_json
from tests.browser.seeding import Someone
from tests.browser.serving import Server
from tests.golden.edited import START, told

WIDE = {"width": 1700, "height": 1150}
PHONE = {"width": 390, "height": 844}


@dataclass
class Centre:
    """Two consultants of one case, and the server they share."""

    server: Server
    anna: Someone
    boris: Someone
    case: int

    def imports(self, plan: Plan) -> int:
        """Make a roadmap of a plan, by a file."""
        data = write_plan_json(PlanFile("Двор", plan)).encode()
        new = service.NewPlan(self.case, "", Plan(START))
        return service.import_roadmap(
            self.anna.workspace, new=new, file=service.File("plan.json", data)
        )

    def plan(self, roadmap: int) -> Plan:
        return service.view_plan(self.anna.workspace, roadmap_id=roadmap).plan

    def told(self, roadmap: int) -> dict:
        return json.loads(json.dumps(told(self.plan(roadmap))))
