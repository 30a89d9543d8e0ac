import pytest

from qa.page.offline import MUST_BE_UNSET, SWITCHES, TellsOthersError, stay_offline


def test_every_switch_is_set_and_overrides_what_was_there():
    environment = {"GRADIO_ANALYTICS_ENABLED": "True", "HOME": "/x"}
    stay_offline(environment)
    assert environment == {"HOME": "/x", **SWITCHES}


@pytest.mark.parametrize("name", MUST_BE_UNSET)
def test_what_would_tell_others_is_refused(name):
    with pytest.raises(TellsOthersError, match=f"{name} is set to 'true'.*Unset {name}"):
        stay_offline({name: "true"})


@pytest.mark.parametrize("value", ["", "0", "False", "off"])
def test_a_switch_that_is_off_does_no_harm(value):
    environment = {"GRADIO_SHARE": value}
    stay_offline(environment)
    assert environment["GRADIO_SHARE"] == value
