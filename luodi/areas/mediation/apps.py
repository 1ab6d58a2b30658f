"""Django's handle on this area."""

from luodi.kernel.cases.area import AreaConfig


class MediationConfig(AreaConfig):
    """Label luodi_mediation."""

    name = "luodi.areas.mediation"
    label = "luodi_mediation"
