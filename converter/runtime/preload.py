"""What every file needs, imported before workers are forked or beside the reading of the first."""

import converter.runtime.build_result
import converter.schemas.failures
import converter.schemas.finish
import converter.schemas.types  # noqa: F401 - imported to be there
