"""`Services` makes one instance of each capability and hands it to whoever works with it."""

from __future__ import annotations

from kiosk import services as rooms
from kiosk.services import Services


def test_there_is_one_instance_of_each_capability(services: Services) -> None:
    made = [getattr(services, name) for name in (*rooms._SERVICES, "search")]
    kinds = {type(service) for service in made}
    assert len(kinds) == len(made)
    held = [value for service in made for value in vars(service).values() if type(value) in kinds]
    assert len(held) > 40
    assert all(any(value is service for service in made) for value in held)
