"""The parts of the design system as template tags."""

from django import template

register = template.Library()
