"""What is worked out when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Generic, TypeVar, overload

Result = TypeVar("Result")
Entry_co = TypeVar("Entry_co", covariant=True)


class Lazy(Generic[Result]):
    """As functools.cached_property, without the lock that Python 3.11 takes each time: half the price, about 50 times a plan. Two threads
    that ask at once both work it out, so it is for what comes out the same."""

    def __init__(self, function: Callable[[Any], Result]) -> None:
        self.function, self.name, self.__doc__ = function, "", function.__doc__

    def __set_name__(self, _owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, one: None, _owner: type) -> Lazy[Result]: ...

    @overload
    def __get__(self, one: object, _owner: type) -> Result: ...

    def __get__(self, one: object | None, _owner: type) -> Lazy[Result] | Result:
        """Kept in the object under the same name, where Python looks first from then on."""
        if one is None:
            return self
        found = one.__dict__[self.name] = self.function(one)
        return found


class Later(Sequence[Entry_co]):
    """A tuple whose entries are made when one of them, or their number, is first asked for: of a plan that is written as a calendar nobody
    reads what was left out of it. Equal to another one, or to a tuple, with the same entries."""

    __slots__ = ("_entries", "_make")

    def __init__(self, make: Callable[[], Iterable[Entry_co]]) -> None:
        self._make = make
        self._entries: tuple[Entry_co, ...] | None = None

    @property
    def entries(self) -> tuple[Entry_co, ...]:
        if self._entries is None:
            self._entries = tuple(self._make())
        return self._entries

    @overload
    def __getitem__(self, at: int) -> Entry_co: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Entry_co, ...]: ...

    def __getitem__(self, at: int | slice) -> Entry_co | tuple[Entry_co, ...]:
        return self.entries[at]

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[Entry_co]:
        return iter(self.entries)

    def __eq__(self, other: object) -> bool:
        return self.entries == (other.entries if isinstance(other, Later) else other)

    def __hash__(self) -> int:
        return hash(self.entries)

    def __repr__(self) -> str:
        return repr(self.entries)
