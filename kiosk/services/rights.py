"""Authorisation. Every writing method of a service declares its right with `needs`; the caller is looked up inside the
transaction of the change, so that somebody removed a moment ago is refused."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any, Final, ParamSpec, TypeVar

import peewee

from kiosk.data.models import StaffMember
from kiosk.errors import CoordinatorExists, UnknownMember, WrongRole
from kiosk.vocabulary.states import Role

#: Roles in order; each includes the rights of those before it.
ROLES: tuple[str, ...] = tuple(Role)
#: Minimum role of each right.
RIGHTS = {
    "hand_over": Role.HELPER,
    "tally": Role.HELPER,
    "print": Role.HELPER,
    "goods": Role.STAFF,
    "sessions": Role.STAFF,
    "events": Role.STAFF,
    "partners": Role.STAFF,
    "requests": Role.STAFF,
    "people": Role.COORDINATOR,
    "personal": Role.COORDINATOR,
    "reports": Role.COORDINATOR,
    "settings": Role.COORDINATOR,
}
#: Rights of any visitor (who is called so too), and of the program itself or a caller it has checked.
VISITOR, SYSTEM = "visitor", "system"
#: In `needs`: any value but None.
GIVEN: Final = object()
#: Callers who are not staff, with their rights beyond a visitor's: the machine's owner has all.
#: "first" is the setup wizard while there is no coordinator.
OTHERS: Mapping[str, frozenset[str]] = {
    VISITOR: frozenset(),
    "safe": frozenset(),
    "clock": frozenset({"requests"}),
    "first": frozenset({"people", "settings"}),
    "shell": frozenset(RIGHTS),
    "demo": frozenset(RIGHTS),
}
_STAFF = "staff:"
_P = ParamSpec("_P")
_R = TypeVar("_R")


def has_right(role: str, right: str) -> bool:
    """Return whether a role (of ROLES) has a right (of RIGHTS)."""
    return ROLES.index(role) >= ROLES.index(RIGHTS[right])


def has_coordinator(db: peewee.Database) -> bool:
    """Return whether there is a coordinator."""
    who = StaffMember.select().where(StaffMember.active == 1, StaffMember.role == Role.COORDINATOR)
    return bool(who.exists(db))


def role_of(db: peewee.Database, who: str) -> str | None:
    """Return the role of `who`; None for one of OTHERS. Raises UnknownMember for somebody who was removed, WrongRole
    for any other value."""
    if who.startswith(_STAFF):
        found = StaffMember.select(StaffMember.role).where(
            StaffMember.id == who.removeprefix(_STAFF), StaffMember.active == 1
        )
        for (role,) in found.tuples().execute(db):
            return str(role)
        raise UnknownMember()
    if who not in OTHERS:
        raise WrongRole()
    return None


def refuse(db: peewee.Database, who: str, right: str) -> None:
    """Raise WrongRole if `who` lacks the right, UnknownMember if they were removed, CoordinatorExists if `who` is
    "first" and the kiosk is already set up."""
    role = role_of(db, who)
    if who == "first" and has_coordinator(db):
        raise CoordinatorExists()
    if right == VISITOR:
        return
    if not (right in OTHERS[who] if role is None else has_right(role, right)):
        raise WrongRole()


def refuse_above(db: peewee.Database, who: str, role: str) -> None:
    """Raise WrongRole if `role` is above that of `who`, who then may not grant, revoke or change it."""
    own = role_of(db, who)
    if own is not None and ROLES.index(role) > ROLES.index(own):
        raise WrongRole()


def needs(right: str, **besides: Mapping[Any, str]) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """Decorator: a service method needs `right` (of RIGHTS, VISITOR or SYSTEM). `besides` maps an argument's values to
    other rights. The method's `who` is checked before it runs and again in each transaction it begins; a method without
    `who` is only marked."""

    def declare(method: Callable[_P, _R]) -> Callable[_P, _R]:
        defaults: dict[str, Any] = getattr(method, "__kwdefaults__", None) or {}
        code = method.__code__
        if "who" not in code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]:
            method.right, method.besides = right, besides  # type: ignore[attr-defined]
            return method

        @functools.wraps(method)
        def checked(*args: _P.args, **said: _P.kwargs) -> _R:
            store = args[0]._store  # type: ignore[attr-defined]
            given: dict[str, Any] = defaults | said
            if given["who"] == VISITOR and _right_for(given, right, besides) == VISITOR:
                return method(*args, **said)  # nobody can take this right away meanwhile
            with store.guarded(lambda: refuse(store.db, given["who"], _right_for(given, right, besides))):
                return method(*args, **said)

        checked.right, checked.besides = right, besides  # type: ignore[attr-defined]
        return checked

    return declare


def _right_for(given: Mapping[str, Any], right: str, besides: Mapping[str, Mapping[Any, str]]) -> str:
    for name, rights in besides.items():
        value = given.get(name)
        if value is not None:
            right = rights.get(value, rights.get(GIVEN, right))
    return right
