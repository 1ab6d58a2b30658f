"""Every playbook's BPMN file is opened by two tools that are not ours: one that draws such files, one that runs them."""

from __future__ import annotations

import gzip
import json
import subprocess
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest

from luodi.kernel.cases.drawing.bpmn import bpmn_of
from luodi.kernel.cases.playbook import Playbook

AREAS = Path(import_module("luodi.areas").__path__[0])
# reads a file from standard input, writes what it understood: warnings, and how many elements of each kind there are
_OPEN = """
const {moddle, xml} = JSON.parse(require("fs").readFileSync(0, "utf8"));
const made = {exports: {}};
new Function("exports", "module", moddle)(made.exports, made);
const Moddle = made.exports;
new Moddle().fromXML(xml).then(({rootElement, warnings}) => {
  const process = rootElement.rootElements[0], kinds = {};
  for (const element of process.flowElements) kinds[element.$type] = (kinds[element.$type] || 0) + 1;
  const shapes = rootElement.diagrams[0].plane.planeElement;
  const unplaced = shapes.filter(shape => !shape.bpmnElement).length;
  console.log(JSON.stringify({warnings: warnings.map(w => w.message), kinds, shapes: shapes.length, unplaced}));
});
"""


def playbooks() -> list[Playbook]:
    """Every version of every area's playbook."""
    found: list[Playbook] = []
    for folder in sorted(AREAS.iterdir()):
        if (folder / "playbook.py").exists():
            module = import_module(f"luodi.areas.{folder.name}.playbook")
            found += getattr(module, "PLAYBOOKS", None) or [module.PLAYBOOK]
    return found


ALL = pytest.mark.parametrize("playbook", playbooks(), ids=lambda p: f"{p.kind}-{p.version}")


@ALL
def test_a_drawing_tool_opens_it_without_a_warning(playbook: Playbook, tmp_path: Path) -> None:
    from playwright._impl._driver import compute_driver_executable

    node = compute_driver_executable()[0]
    packed = Path(__file__).parent / "vendor" / "bpmn-moddle.umd.js.gz"
    given = {"moddle": gzip.decompress(packed.read_bytes()).decode(), "xml": bpmn_of(playbook).decode()}
    ran = subprocess.run(
        [node, "-e", _OPEN], input=json.dumps(given), capture_output=True, text=True, check=False, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert found["warnings"] == []
    assert found["kinds"]["bpmn:UserTask"] == len(playbook.states)
    assert found["kinds"]["bpmn:EndEvent"] >= len(playbook.ends)  # and one behind each timer
    assert found["unplaced"] == 0
    assert found["shapes"] >= len(playbook.states) + len(playbook.ends)


@ALL
def test_an_engine_opens_it_and_stands_where_a_case_begins(playbook: Playbook) -> None:
    from SpiffWorkflow.bpmn import BpmnWorkflow
    from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
    from SpiffWorkflow.util.task import TaskState

    parser = BpmnParser()
    parser.add_bpmn_str(bpmn_of(playbook))
    workflow = BpmnWorkflow(parser.get_spec(f"p_{playbook.kind}_{playbook.version}"))
    # the days that people will write on the case, and those that rules will give
    day = "2026-12-31T00:00:00"
    workflow.task_tree.data |= {clock.written: day for clock in playbook.clocks if clock.written}
    workflow.task_tree.data[playbook.kind] = SimpleNamespace(**{clock.name: day for clock in playbook.clocks})
    workflow.do_engine_steps()
    waiting = {task.task_spec.bpmn_name for task in workflow.get_tasks(state=TaskState.READY)}
    begins = {playbook.state_named[move.target].label for move in playbook.opens}
    assert waiting & begins
