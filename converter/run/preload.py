"""What every file needs, imported once before the workers are forked from it."""

import converter.run.finish
import converter.schemas.across.order
import converter.schemas.contract
import converter.schemas.finish
import converter.schemas.types  # noqa: F401 - imported to be there
