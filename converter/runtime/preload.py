"""What every file needs, imported before workers are forked or beside the reading of the first."""

import converter.pipeline
import converter.schemas.across.order
import converter.schemas.contract
import converter.schemas.finish
import converter.schemas.types  # noqa: F401 - imported to be there
