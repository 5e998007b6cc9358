"""What every file needs, imported before workers are forked or beside the reading of the first."""
# ruff: noqa: F401 - imported to be there

import converter.runtime.session
import converter.schemas.failures
import converter.schemas.finish
import converter.schemas.types
import converter.stages.compose
import converter.stages.map
import converter.stages.write
