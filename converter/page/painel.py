"""*Painel*: R$ and notes by month, prestador and situação, and the lotes the prefeitura has."""

from flask import Blueprint, render_template

from converter.model.run import Standing
from converter.page.desk import desk
from converter.page.figures import BAR, SHOWN, figures
from converter.runtime.register_files import names_of_prestadores

blueprint = Blueprint("painel", __name__)


@blueprint.get("/painel")
def inicio() -> str:
    """The figures of the journal as the last run left it; every bar stands beside its numbers."""
    here = desk()
    standing = here.state.standing
    found = figures(
        standing or Standing("", ()),
        here.environment.now(),
        names_of_prestadores(here.settings),
    )
    return render_template("painel.html", found=found, shown=SHOWN, bar=BAR, known=bool(standing))
