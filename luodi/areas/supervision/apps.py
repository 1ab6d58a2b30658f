"""Django's handle on this area."""

from luodi.kernel.cases.area import AreaConfig


class SupervisionConfig(AreaConfig):
    """Label luodi_supervision."""

    name = "luodi.areas.supervision"
    label = "luodi_supervision"
