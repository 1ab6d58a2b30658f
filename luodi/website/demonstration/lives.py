"""What the people of the invented district do, step by step: they judge pages and sentences, adopt promises, live with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from luodi.kernel.commitments import actions
from luodi.kernel.commitments.proposals import propose
from luodi.kernel.documents.actions import judge, withdraw
from luodi.website.demonstration.case_lives import CaseLives
from luodi.website.demonstration.fates import Turn, fate_of
from luodi.website.demonstration.looking import look
from luodi.website.demonstration.project_lives import ProjectLives
from luodi.website.demonstration.project_script import OwnerTold
from luodi.website.demonstration.script import Promise, Step
from luodi.website.demonstration.world import World


@dataclass
class Lives:
    """A world and what could not be done in it."""

    world: World
    owners: Mapping[str, OwnerTold] = field(default_factory=dict)
    skipped: list[Step] = field(default_factory=list)
    cases: CaseLives = field(init=False)
    projects: ProjectLives = field(init=False)

    def __post_init__(self) -> None:
        self.projects = ProjectLives(self.world, self.owners)
        self.cases = CaseLives(self.world, self.projects.files)

    def act(self, step: Step) -> None:
        """Do one step. Raises ``Refusal`` where the rules forbid it, ``LookupError`` for an act that nobody knows."""
        if step.turn is not None:
            if not self.cases.act(step.turn):
                self.skipped.append(step)
        elif step.project is not None:
            if not self.projects.act(step.project):
                self.skipped.append(step)
        elif step.promise is None:
            self._judge_page(step)
        elif step.act == "adopt":
            self._adopt(step, step.promise)
        else:
            self._go_on(step, step.promise)

    def _judge_page(self, step: Step) -> None:
        """What is done to a page, or to a sentence that becomes no promise."""
        world, office = self.world, self.world.cast.actor("office")
        if step.act == "look" and step.look is not None:
            look(world, step.page, step.look, by=office)
            return
        if step.act == "withdraw":
            withdraw(world.sources[step.page], by=office)
            return
        near, reason = step.words
        statement = world.nearest(step.page, near)
        if statement is None:
            self.skipped.append(step)
        else:
            judge(statement, step.act, by=office, reason=reason)

    def _adopt(self, step: Step, promise: Promise) -> None:
        world = self.world
        statement = world.nearest(promise.page, promise.near)
        proposal = propose(statement) if statement else None
        if statement is None or proposal is None:
            self.skipped.append(step)
            return
        goal = proposal.goal
        if promise.number is not None:
            number = world.variant.number(promise.number, promise.unit)
            goal = replace(goal, number=number, unit=promise.unit, approx=promise.approx)
        if promise.due is not None:
            goal = replace(goal, due_since=promise.due, due_until=promise.due, due_precision="day")
        world.rows[promise.page, promise.near] = actions.adopt(
            statement,
            by=world.cast.actor("office"),
            title=world.variant.text(promise.title),
            lead_unit=world.cast.units[promise.lead],
            leader_post=world.cast.leaders[promise.lead],
            co_units=[world.cast.units[key] for key in promise.helpers],
            place=world.cast.units[promise.lead].place or world.cast.places["青岚区"],
            topic=promise.topic,
            year=promise.year,
            goal=goal,
            confirmed=True,
        )

    def _go_on(self, step: Step, promise: Promise) -> None:
        """The promise's turn; a word after ``@`` names the unit that judges, else it is the inspecting office."""
        row = self.world.rows.get((promise.page, promise.near))
        if row is None:
            self.skipped.append(step)
            return
        name, _, judging = step.act.partition("@")
        by = self.world.cast.actor
        turn = Turn(row, by(promise.lead), by(judging or "inspect"), by("office"), step.words)
        fate_of(name)(self.world, turn)
