"""Label Studio's own settings, with the gate between coders. Imported by the server, under its own Python."""

# mypy: disable-error-code="import-not-found"

import os

# Label Studio's settings ask Django for themselves while they load, so they must be the named ones until they have.
os.environ["DJANGO_SETTINGS_MODULE"] = "label_studio.core.settings.label_studio"
from label_studio.core.settings import label_studio as _own
from label_studio.core.settings.label_studio import *  # noqa: F403

os.environ["DJANGO_SETTINGS_MODULE"] = "desk_settings"
PROJECT_MIXIN = "desk_gate.DeskProject"
MIDDLEWARE = [*_own.MIDDLEWARE, "desk_gate.DeskGate"]
