"""What was frozen is what comes out; see regenerate.py before changing what is expected."""

import json
from pathlib import Path

import pytest

from tests.frozen import history, outputs
from tests.frozen.regenerate import BEHAVIOUR, OUTPUTS, VERSIONS, unpack


@pytest.mark.parametrize("scene", outputs.SCENES)
def test_outputs_are_those_of_the_frozen_version(tmp_path: Path, scene: str) -> None:
    expected = json.loads(OUTPUTS.read_text(encoding="utf-8"))[scene]
    assert json.loads(json.dumps(outputs.outputs(scene, tmp_path))) == expected


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("scene", history.NEXT)
def test_a_journal_of_an_earlier_version_is_remembered(
    tmp_path: Path, scene: str, version: str
) -> None:
    expected = json.loads(BEHAVIOUR.read_text(encoding="utf-8"))[scene]
    found = history.told(history.NEXT[scene](unpack(tmp_path, version)))
    assert json.loads(json.dumps(found)) == expected
