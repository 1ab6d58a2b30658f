"""What is being done about things: cases with an owner, a clock and an end, each kind written down as a playbook."""
