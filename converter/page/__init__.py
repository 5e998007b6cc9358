"""The page of `planilote abrir`: the same functions as the command line, seen in a browser.

No rule lives here. A page asks `pipeline` and `runtime` and shows what they say; what a person
changes goes through them too. `security.py` guards every request, `worker.py` has the one run
that is at work, `app.py` puts the pages together.

To add a page:

1. A module `converter/page/NAME.py` with `blueprint = Blueprint("NAME", __name__)` and its views.
   A view takes what it needs from `desk()` (`desk.py`): the settings, the worker, the last report.
2. Its template `templates/NAME.html`, which begins with `{% extends "base.html" %}` and fills the
   blocks `titulo` and `conteudo`; `parts.html` has the parts that pages share.
3. Its entry in `PAGES` of `app.py`, with the words of the menu.

A form that changes anything is `method="post"` and holds `{{ csrf() }}`. A script asks with
`planilote.send(address, FormData)` of `static/page.js`, which carries the same token. Whatever is
to be drawn anew when a run ends stands in an element with an `id` and `data-live`.
"""
