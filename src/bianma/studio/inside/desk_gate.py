"""The gate between coders. Imported by the server, under its own Python.

Label Studio Community keeps each organisation's *lists* apart, but whoever knows a number may read, and delete, tasks
and annotations through the Data Manager, and read drafts: it is made for one organisation ("cross-org access does not
exist by design"). Here a project belongs to its organisation, everything in it asks the project, and each request is
looked at for the number of such a thing before the server's own view sees it.
"""

# mypy: disable-error-code="import-not-found"

import json
from collections.abc import Callable, Iterator
from typing import Any

from projects.mixins import ProjectMixin

ROUTES = {  # beginning of an address → what its `pk` numbers
    "api/projects/<int:pk>": "projects.Project",
    "projects/<int:pk>": "projects.Project",
    "api/tasks/<int:pk>": "tasks.Task",
    "api/annotations/<int:pk>": "tasks.Annotation",
    "api/drafts/<int:pk>": "tasks.AnnotationDraft",
    "api/predictions/<int:pk>": "tasks.Prediction",
}
FIELDS = {"project": "projects.Project", "project_id": "projects.Project", "task": "tasks.Task"}
BODY_LIMIT = 100_000  # bytes; longer ones are imports, which name their project in the address


class DeskProject(ProjectMixin):  # type: ignore[misc]
    """A project that only members of its organisation may touch."""

    def has_permission(self, user: Any) -> bool:
        """Tell whether `user` works in the organisation of this project."""
        ours = self.organization_id is not None and self.organization_id == user.active_organization_id
        return bool(ours and super().has_permission(user))


class DeskGate:
    """Middleware: refuses a request that names a project, task, annotation or draft of another organisation."""

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        """Pass the request on; the address is known only when Django calls `process_view`."""
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, words: dict[str, Any]) -> Any:
        """Return a refusal, or None to let the request in. Who has not logged in is the view's business."""
        from django.http import JsonResponse

        known = request.user.is_authenticated
        if known and not all(thing.has_permission(request.user) for thing in _named(request, words)):
            return JsonResponse({"detail": "this belongs to another coder"}, status=403)
        return None


def _named(request: Any, words: dict[str, Any]) -> Iterator[Any]:
    """Yield everything that the address, its query or the body gives the number of."""
    route = (request.resolver_match.route or "").lstrip("^")
    for beginning, model in ROUTES.items():
        if route.startswith(beginning):
            yield from _find(model, words.get("pk"))
    body = _body(request)
    for field, model in FIELDS.items():
        for number in (*request.GET.getlist(field), body.get(field)):
            yield from _find(model, number)


def _body(request: Any) -> dict[str, Any]:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if "json" not in (request.content_type or "") or not length.isdecimal() or int(length) > BODY_LIMIT:
        return {}
    try:
        body = json.loads(request.body)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _find(model: str, number: Any) -> Iterator[Any]:
    """Yield the thing of that number; nothing if there is none."""
    from django.apps import apps

    if str(number).isdecimal():
        yield from apps.get_model(model)._base_manager.filter(pk=int(number))
