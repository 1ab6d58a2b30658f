"""A playbook as BPMN 2.0 (ISO/IEC 19510:2013), with coordinates, for tools that speak it.

States are user tasks, moves flows, ends end events, clocks timers on the border that do not interrupt, a stage that waits for
cases beneath it a call between two parallel gateways. A task with several ways out has an exclusive gateway behind it, since
flows that leave a task together would all be taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree as ET

from luodi.kernel.cases.drawing.layout import BOX_HEIGHT, BOX_WIDTH, Layout
from luodi.kernel.cases.playbook import Clock, Playbook
from luodi.kernel.clocks.kinds import KINDS
from luodi.kernel.rules.rule import Rule

_NS = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
_EVENT, _GATE = 36, 40
_CHOICE = "_choice"
Point = tuple[int, int]


def bpmn_of(playbook: Playbook, rules: Mapping[str, Rule] | None = None) -> bytes:
    """The document as UTF-8 XML. ``rules`` gives the limits of clocks by rule name; a clock without one names its rule only."""
    for prefix, address in _NS.items():
        ET.register_namespace(prefix, address)
    return _Drawing(playbook, rules or {}).written()


class _Drawing:
    def __init__(self, playbook: Playbook, rules: Mapping[str, Rule]) -> None:
        self.playbook = playbook
        self.rules = rules
        self.layout = Layout(playbook)
        self.root = ET.Element(
            _q("bpmn:definitions"),
            {"id": f"d_{playbook.kind}", "targetNamespace": f"urn:luodi:{playbook.kind}"},
        )
        self.process = ET.SubElement(
            self.root,
            _q("bpmn:process"),
            {"id": f"p_{playbook.kind}_{playbook.version}", "name": playbook.label, "isExecutable": "true"},
        )
        diagram = ET.SubElement(self.root, _q("bpmndi:BPMNDiagram"), {"id": "diagram"})
        self.plane = ET.SubElement(
            diagram, _q("bpmndi:BPMNPlane"), {"id": "plane", "bpmnElement": self.process.get("id", "")}
        )
        self.ways: dict[str, tuple[str, Point]] = {}  # where flows leave a place: id and point
        self.count = 0

    def written(self) -> bytes:
        for box in self.layout.boxes.values():
            if box.is_end:
                self._shape("bpmn:endEvent", box.name, box.label, box.x, box.y + 10, _EVENT, _EVENT)
            else:
                self._state(box.name, box.label, box.x, box.y)
        for clock in self.playbook.clocks:
            self._timer(clock)
        for arrow in self.layout.arrows:
            for move in arrow.moves:
                source = arrow.source or self._start(move.name, move.label, arrow.target)
                self._flow(source, arrow.target, move.label, chosen=move.name)
        ET.indent(self.root)
        return bytes(ET.tostring(self.root, encoding="utf-8", xml_declaration=True))

    def _state(self, name: str, label: str, x: int, y: int) -> None:
        self._shape("bpmn:userTask", name, label, x, y, BOX_WIDTH, BOX_HEIGHT)
        at, way = (x + BOX_WIDTH, y + BOX_HEIGHT // 2), name
        if joins := self.playbook.state_named[name].joins:
            way, at = self._stage(name, joins, at)
        if len([arrow for arrow in self.layout.arrows if arrow.source == name for _ in arrow.moves]) > 1:
            gate = f"{name}{_CHOICE}"
            self._shape("bpmn:exclusiveGateway", gate, "", at[0] + 24, at[1] - _GATE // 2, _GATE, _GATE)
            self.ways[name] = (way, at)
            self._flow(name, gate, "", to=(at[0] + 24, at[1]))
            way, at = gate, (at[0] + 24 + _GATE, at[1])
        self.ways[name] = (way, at)

    def _stage(self, name: str, kind: str, at: Point) -> tuple[str, Point]:
        """Split, the cases beneath, join."""
        split, call, join = f"{name}_split", f"{name}_beneath", f"{name}_join"
        y = at[1] + 60
        self._shape("bpmn:parallelGateway", split, "", at[0] - 100, y, _GATE, _GATE)
        called = self._shape("bpmn:callActivity", call, f"下级：{kind}", at[0] - 50, y - 6, 80, 52)
        called.set("calledElement", f"p_{kind}")
        self._shape("bpmn:parallelGateway", join, "", at[0] + 40, y, _GATE, _GATE)
        self.ways |= {
            name: (name, (at[0] - 80, at[1] + BOX_HEIGHT // 2)),
            split: (split, (at[0] - 60, y + 20)),
            call: (call, (at[0] + 30, y + 20)),
        }
        for source, target, to in (
            (name, split, (at[0] - 80, y)),
            (split, call, (at[0] - 50, y + 20)),
            (call, join, (at[0] + 40, y + 20)),
        ):
            self._flow(source, target, "", to=to)
        return join, (at[0] + 80, y + 20)

    def _timer(self, clock: Clock) -> None:
        """A timer on each state in which the clock runs; what follows is a reminder, and nothing is interrupted."""
        for place, name in enumerate(clock.runs_in):
            box = self.layout.boxes[name]
            x, y = box.x + 12 + place * 8, box.y + BOX_HEIGHT - _EVENT // 2
            key = f"{name}_{clock.name}"
            event = self._shape("bpmn:boundaryEvent", key, clock.label, x, y, _EVENT, _EVENT)
            event.attrib |= {"attachedToRef": name, "cancelActivity": "false"}
            definition = ET.SubElement(event, _q("bpmn:timerEventDefinition"), {"id": f"{key}_timer"})
            sort, text = self._limit(clock)
            ET.SubElement(definition, _q(sort), {_q("xsi:type"): "bpmn:tFormalExpression"}).text = text
            told = f"{key}_due"
            self._shape("bpmn:endEvent", told, f"{clock.label}到了，提醒", x, y + 56, 24, 24)
            self.ways[key] = (key, (x + _EVENT // 2, y + _EVENT))
            self._flow(key, told, "", to=(x + 12, y + 56))

    def _limit(self, clock: Clock) -> tuple[str, str]:
        """ISO 8601: a duration where the rule's limit is known, else by name when it ends."""
        rule = self.rules.get(clock.rule)
        if rule is None or rule.limit is None:
            return "bpmn:timeDate", clock.written or clock.rule
        return "bpmn:timeDuration", f"P{rule.limit}D" if KINDS[rule.clock].in_days else f"PT{rule.limit}H"

    def _start(self, name: str, label: str, target: str) -> str:
        box = self.layout.boxes[target]
        key = f"start_{name}"
        y = box.y + 10 + 44 * self.count
        self.count += 1
        self._shape("bpmn:startEvent", key, label, box.x - 80, y, _EVENT, _EVENT)
        self.ways[key] = (key, (box.x - 80 + _EVENT, y + _EVENT // 2))
        return key

    def _shape(self, sort: str, name: str, label: str, x: int, y: int, width: int, height: int) -> ET.Element:
        made = ET.SubElement(self.process, _q(sort), {"id": name, **({"name": label} if label else {})})
        shape = ET.SubElement(self.plane, _q("bpmndi:BPMNShape"), {"id": f"{name}_di", "bpmnElement": name})
        if sort == "bpmn:exclusiveGateway":
            shape.set("isMarkerVisible", "true")
        bounds = {"x": x, "y": y, "width": width, "height": height}
        ET.SubElement(shape, _q("dc:Bounds"), {key: str(value) for key, value in bounds.items()})
        return made

    def _flow(
        self, source: str, target: str, label: str, *, to: Point | None = None, chosen: str = ""
    ) -> None:
        """A flow; behind a choice it is taken when the variable ``move`` holds the move's name."""
        way, start = self.ways[source]
        key = f"flow_{len(self.plane)}"
        given = {"id": key, "sourceRef": way, "targetRef": target, **({"name": label} if label else {})}
        flow = ET.SubElement(self.process, _q("bpmn:sequenceFlow"), given)
        if chosen and way.endswith(_CHOICE):
            condition = ET.SubElement(
                flow, _q("bpmn:conditionExpression"), {_q("xsi:type"): "bpmn:tFormalExpression"}
            )
            condition.text = f"move == '{chosen}'"
        edge = ET.SubElement(self.plane, _q("bpmndi:BPMNEdge"), {"id": f"{key}_di", "bpmnElement": key})
        for x, y in (start, to or self._edge_of(target)):
            ET.SubElement(edge, _q("di:waypoint"), {"x": str(x), "y": str(y)})

    def _edge_of(self, target: str) -> Point:
        box = self.layout.boxes[target]
        return (box.x, box.y + 10 + _EVENT // 2) if box.is_end else (box.x, box.y + BOX_HEIGHT // 2)


def _q(name: str) -> str:
    prefix, local = name.split(":")
    return f"{{{_NS[prefix]}}}{local}"
