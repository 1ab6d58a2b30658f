"""Playbooks as pictures: one layout, drawn as SVG for people and as BPMN 2.0 for other tools."""
