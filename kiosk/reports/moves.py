"""The folds of entries about items, shifts and requests; `folds` has those of visits."""

from __future__ import annotations

from datetime import date

from kiosk.vocabulary.states import (
    NOT_HELP,
    HelpStep,
    Move,
    QueueState,
    RequestStatus,
    SlipKind,
    WithdrawReason,
)

from .folds import Fact, Fold, LedgerEntry, State, by_kind

#: Reasons of withdrawal that mean the item never existed: it was entered twice or by mistake.
NEVER_THERE = (WithdrawReason.DUPLICATE, WithdrawReason.MISTAKE)
#: Steps of a request in order; going back subtracts the later steps.
STEPS: tuple[str, ...] = tuple(RequestStatus)


# things


def _item(state: State, entry: LedgerEntry) -> None:
    """Apply an entry about an item. A piece counts as given once, however often the hand-over is undone and
    repeated."""
    said, given = entry.payload, state.setdefault("given", {})
    if entry.kind in ("item.added", "item.edited"):
        state.update(
            {name: said[name] for name in ("category", "own_category", "thing", "quantity", "kg") if name in said}
        )
        if entry.kind == "item.added":
            state["in"] = said.get("arrived_on") or entry.day
    elif entry.kind == "item.withdrawn":
        state["gone"], state["reason"] = entry.day, said["reason"]
    elif entry.kind == "item.put_back":
        state.pop("gone", None)
    elif entry.kind in ("ticket.given", "ticket.collected"):
        given.setdefault(said["ticket"], entry.day)
    elif entry.kind == "ticket.hand_over_undone":
        given.pop(said["ticket"], None)


def _item_facts(state: State) -> list[Fact]:
    if "in" not in state:
        return []
    quantity, by_day = state["quantity"], dict[str, int]()
    for day in state["given"].values():
        by_day[day] = by_day.get(day, 0) + 1
    given = sum(by_day.values())
    never = "gone" in state and state["reason"] in NEVER_THERE
    facts = [_pieces(state, state["in"], Move.IN, given if never else quantity)]
    facts += [_pieces(state, day, Move.GIVEN, pieces) for day, pieces in sorted(by_day.items())]
    if "gone" in state and not never:
        facts.append(_pieces(state, state["gone"], Move.WITHDRAWN, quantity - given))
    return [fact for fact in facts if fact[2][0]]


def _pieces(state: State, day: str, move: str, pieces: int) -> Fact:
    kg = state.get("kg")
    weighed, grams = (0, 0) if kg is None else (pieces, round(1000 * kg * pieces / state["quantity"]))
    words = (move, state["category"], state.get("thing") or "", state.get("own_category") or "")
    return day, words, (pieces, weighed, grams)


def _earlier(state: State, entry: LedgerEntry) -> None:
    state.update(entry.payload)


def _earlier_facts(state: State) -> list[Fact]:
    """Return the facts of imported goods: many rows in one entry, with their own moves, since they are not on the
    shelf."""
    return [
        (row["day"], (f"{move}.earlier", row["category"], "", ""), (row[number], 0, 0))
        for row in state["rows"]
        for move, number in ((Move.IN, "taken_in"), (Move.GIVEN, "given"))
        if row[number]
    ]


# shifts


def _shift(state: State, entry: LedgerEntry) -> None:
    state.update(entry.payload)
    if entry.kind == "shift.begun":
        state["day"], state["started"] = entry.day, entry.time
    elif entry.kind == "shift.noted":
        state["started"] = entry.payload["started_at"]


def _shift_facts(state: State) -> list[Fact]:
    if "day" not in state or "quarters" not in state:
        return []
    words = (state["shift"], state["volunteer"], state["task"], int(state["of_age"]), state["started"])
    return [(state["day"], words, (1, state["quarters"], state.get("machine_quarters", 0)))]


# help


def _request(state: State, entry: LedgerEntry) -> None:
    reached: dict[str, str] = state.setdefault("reached", {})
    if entry.kind == "request.made":
        state["service"] = entry.payload["service"]
        reached[RequestStatus.NEW] = entry.payload.get("day") or entry.day
        return
    step = RequestStatus.CLOSED if entry.kind == "request.erased" else entry.payload["to"]
    if entry.kind == "request.erased" and reached.keys() & {RequestStatus.DONE, RequestStatus.CLOSED}:
        return
    for later in STEPS[STEPS.index(step) + 1 :]:
        reached.pop(later, None)
    reached.setdefault(step, entry.day)


def _request_facts(state: State) -> list[Fact]:
    service = state.get("service")
    if service is None or service in NOT_HELP:
        return []
    reached = state["reached"]
    facts = [_help(reached[RequestStatus.NEW], service, HelpStep.ASKED)]
    answered = [reached[step] for step in STEPS[1:4] if step in reached]
    if answered:
        facts.append(
            _help(min(answered), service, HelpStep.CONTACTED, days=_days(reached[RequestStatus.NEW], min(answered)))
        )
    facts += [_help(reached[step], service, step) for step in (HelpStep.ARRANGED, HelpStep.DONE) if step in reached]
    if RequestStatus.CLOSED in reached and RequestStatus.DONE not in reached:
        facts.append(_help(reached[RequestStatus.CLOSED], service, HelpStep.CANCELLED))
    return facts


def _queue(state: State, entry: LedgerEntry) -> None:
    """Apply an entry about a queue number; it counts on the day it is for, not when it was booked."""
    if entry.kind in ("queue.taken", "queue.moved"):
        state["day"] = entry.payload.get("day") or entry.day
    step = entry.kind.partition(".")[2]
    state["step"] = step
    if step in (QueueState.CALLED, QueueState.DONE, QueueState.MISSED, "moved"):
        state["called"] = step in (QueueState.CALLED, QueueState.DONE)


def _queue_facts(state: State) -> list[Fact]:
    if "day" not in state:
        return []
    facts = [_help(state["day"], SlipKind.QUEUE, HelpStep.ASKED)]
    if state.get("called"):
        facts.append(_help(state["day"], SlipKind.QUEUE, HelpStep.CONTACTED))
    if state["step"] in (QueueState.DONE, QueueState.LEFT, QueueState.MISSED):
        facts.append(
            _help(
                state["day"], SlipKind.QUEUE, HelpStep.DONE if state["step"] == QueueState.DONE else HelpStep.CANCELLED
            )
        )
    return facts


def _pair(state: State, entry: LedgerEntry) -> None:
    if entry.kind == "pair.made":
        state.update(service=entry.payload["service"], day=entry.payload.get("day") or entry.day)
    elif entry.kind == "pair.undone":
        state["undone"] = True
    else:
        state.setdefault("notes", []).append([entry.payload.get("day") or entry.day, entry.payload["quarters"]])


def _pair_facts(state: State) -> list[Fact]:
    if "day" not in state or state.get("undone"):
        return []
    hours: dict[str, int] = {}
    for day, quarters in state.get("notes", []):
        hours[day] = hours.get(day, 0) + quarters
    facts = [_help(state["day"], state["service"], HelpStep.PAIRED)]
    return facts + [
        _help(day, state["service"], HelpStep.QUARTERS, count=count) for day, count in hours.items() if count
    ]


def _help(day: str, service: str, step: str, *, days: int = 0, count: int = 1) -> Fact:
    return day, (service, step, days), (count,)


def _days(first: str, last: str) -> int:
    return max(0, (date.fromisoformat(last) - date.fromisoformat(first)).days)


_GOODS = ("move", "category", "thing", "own"), ("pieces", "weighed", "grams")
_HELP = ("service", "step", "days"), ("people",)
ITEM = Fold("ledger_goods", *_GOODS, "item", _item, _item_facts)
EARLIER = Fold("ledger_goods", *_GOODS, "goods", _earlier, _earlier_facts)
SHIFT = Fold(
    "ledger_shift",
    ("shift", "volunteer", "task", "of_age", "started"),
    ("shifts", "quarters", "machine"),
    "shift",
    _shift,
    _shift_facts,
)
REQUEST = Fold("ledger_help", *_HELP, "request", _request, _request_facts)
QUEUE = Fold("ledger_help", *_HELP, "queue", _queue, _queue_facts)
PAIR = Fold("ledger_help", *_HELP, "pair", _pair, _pair_facts)

MOVES = by_kind(item=ITEM, earlier_goods=EARLIER, shift=SHIFT, request=REQUEST, queue=QUEUE, pair=PAIR)
