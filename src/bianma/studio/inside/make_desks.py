"""Make one organisation per coder on the server. Run with the server's own Python, never with bianma's.

Reads `[{"coder", "email", "password", "service"}]` from standard input and writes, on one line after the mark,
`[{"coder", "token", "organisation"}]`. Can be run again at any time, also while the server is up, and after a kill.
Members of one organisation see each other's work in Label Studio Community, those of two do not: so coders are blind.
"""

# mypy: disable-error-code="import-not-found"

import json
import sys
from typing import Any

MARK = "bianma-desks:"
KEEPER = "keeper@bianma.local"


def main() -> None:
    """Make the desks that standard input asks for."""
    from label_studio.server import _setup_env

    _setup_env()
    keep_first_organisation_empty()
    print(MARK + json.dumps([make_desk(**wanted) for wanted in json.load(sys.stdin)]))


def keep_first_organisation_empty() -> None:
    """Whoever signs up by any organisation's link lands in the first one, so no coder may work there."""
    from organizations.models import Organization

    if not Organization.objects.exists():
        organisation_of(user(KEEPER, "keeper"), "bianma (empty on purpose)")


def make_desk(coder: str, email: str, password: str, service: str) -> dict[str, Any]:
    """Make, or mend, the organisation of `coder`, the coder's login, and a token for bianma's own client."""
    client = user(service, f"bianma for {coder}")
    organisation = organisation_of(client, f"bianma: {coder}")
    member = user(email, coder)
    if not member.check_password(password):
        member.set_password(password)
        member.save()
    join(organisation, member)
    return {"coder": coder, "token": fresh_token(client), "organisation": organisation.id}


def user(email: str, name: str) -> Any:
    """Return the user of `email`, made without a password if there is none."""
    from users.models import User

    found = User.objects.filter(email=email).first()
    return found or User.objects.create_user(email=email, password=None, first_name=name[:256])


def organisation_of(owner: Any, title: str) -> Any:
    """Return the one organisation that `owner` made (the server allows one per user)."""
    from organizations.models import Organization

    made = Organization.objects.filter(created_by=owner).first() or Organization.create_organization(
        created_by=owner, title=title, legacy_api_tokens_enabled=False
    )
    join(made, owner)
    return made


def join(organisation: Any, member: Any) -> None:
    """Put `member` into `organisation`, and in front of it at the next login."""
    organisation.add_user(member)
    if member.active_organization_id != organisation.id:
        member.active_organization = organisation
        member.save(update_fields=["active_organization"])


def fresh_token(client: Any) -> str:
    """Issue a personal access token and revoke those before it, which nobody holds any more."""
    from jwt_auth.models import LSAPIToken
    from rest_framework_simplejwt.token_blacklist.models import (
        BlacklistedToken,
        OutstandingToken,
    )

    for old in OutstandingToken.objects.filter(user=client, blacklistedtoken=None):
        BlacklistedToken.objects.get_or_create(token=old)
    return str(LSAPIToken.for_user(client).get_full_jwt())


if __name__ == "__main__":
    main()
