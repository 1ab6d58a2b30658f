"""How cases of each kind go: the drawing of a playbook and the same in words."""
