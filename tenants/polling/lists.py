"""What of a poll session lies in the broker, and the only ways to touch it: one round trip each, safe to repeat.

``poll:<id>``           hash: the owner's name, who may use it, the last post taken, the last frame put, who waits
``poll:<id>:out``       list: frames the client has not yet said to have seen, each behind its number
``poll:mail:<process>`` list: words for a process: ``post <id> <number> <frames>``, ``leave <id>``, ``wake <waiting>``
``poll:at:<process>``   that the process lives
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from tenants.errors import BadRequest, Expired, Unavailable

# A session for which nobody asks this long is over.
IDLE_SECONDS: Final = 45
# A process that has not said that it lives for so long is gone.
ALIVE_SECONDS: Final = 8
MAIL_SECONDS: Final = 60
# What a client may leave unseen: as much as on a socket.
MOST_FRAMES: Final = 500
MOST_BYTES: Final = 1024 * 1024
# A process that takes no mail has hung.
MOST_MAIL: Final = 20_000
# Connections of one process to the broker; whoever finds none free waits for one.
CONNECTIONS: Final = 16
TIMEOUT_SECONDS: Final = 2.0

_WAKE: Final = """
local function wake(session)
    local waiting = redis.call('HGET', session, 'waiting')
    if waiting then
        local mail = 'poll:mail:' .. string.match(waiting, '^[^:]+')
        redis.call('RPUSH', mail, 'wake ' .. waiting)
        redis.call('EXPIRE', mail, 60)
        redis.call('HDEL', session, 'waiting')
    end
end
"""

_ASK: Final = (
    _WAKE
    + """
local session, out = KEYS[1], KEYS[2]
local id, bound, seen, number = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local frames, waiting = ARGV[5], ARGV[6]
local owner, allowed, posted, closed, size = unpack(
    redis.call('HMGET', session, 'owner', 'bound', 'posted', 'closed', 'size'))
if not owner or allowed ~= bound then return {'gone'} end
if not closed and redis.call('EXISTS', 'poll:at:' .. owner) == 0 then
    redis.call('DEL', session, out)
    return {'gone'}
end
redis.call('EXPIRE', session, ARGV[7])
redis.call('EXPIRE', out, ARGV[7])
size = tonumber(size)
local first = redis.call('LINDEX', out, 0)
while first and tonumber(string.match(first, '^%d+')) <= seen do
    redis.call('LPOP', out)
    size = size - #first
    first = redis.call('LINDEX', out, 0)
end
redis.call('HSET', session, 'size', size)
posted = tonumber(posted)
if number > posted and not closed then
    local mail = 'poll:mail:' .. owner
    if number ~= posted + 1 then return {'hole'} end
    if redis.call('LLEN', mail) >= tonumber(ARGV[8]) then return {'busy'} end
    redis.call('RPUSH', mail, 'post ' .. id .. ' ' .. number .. ' ' .. frames)
    redis.call('EXPIRE', mail, ARGV[9])
    redis.call('HSET', session, 'posted', number)
end
if not first then
    if closed then return {'gone'} end
    if waiting ~= '' then
        wake(session)
        redis.call('HSET', session, 'waiting', waiting)
    end
end
return {'ok', owner, unpack(redis.call('LRANGE', out, 0, -1))}
"""
)

_PUT: Final = (
    _WAKE
    + """
local session, out = KEYS[1], KEYS[2]
local number, text, closes = tonumber(ARGV[1]), ARGV[2], ARGV[3] ~= ''
local last, size = unpack(redis.call('HMGET', session, 'last', 'size'))
if not last then return 'gone' end
if tonumber(last) >= number then return 'ok' end
if ARGV[3] == 'only' then
    redis.call('DEL', out)
    size = 0
end
local entry = number .. ' ' .. text
size = tonumber(size) + #entry
local held = redis.call('LLEN', out)
if not closes and held > 0 and (held >= tonumber(ARGV[4]) or size > tonumber(ARGV[5])) then return 'full' end
redis.call('RPUSH', out, entry)
redis.call('PEXPIRE', out, math.max(1, redis.call('PTTL', session)))
redis.call('HSET', session, 'last', number, 'size', size)
if closes then redis.call('HSET', session, 'closed', 1) end
wake(session)
return 'ok'
"""
)

_LEAVE: Final = (
    _WAKE
    + """
local owner, allowed = unpack(redis.call('HMGET', KEYS[1], 'owner', 'bound'))
if not owner or allowed ~= ARGV[2] then return 0 end
wake(KEYS[1])
redis.call('RPUSH', 'poll:mail:' .. owner, 'leave ' .. ARGV[1])
redis.call('EXPIRE', 'poll:mail:' .. owner, ARGV[3])
return redis.call('DEL', KEYS[1], KEYS[2])
"""
)

_DROP: Final = _WAKE + "wake(KEYS[1]) return redis.call('DEL', KEYS[1], KEYS[2])"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """One request of a session: what was seen, what is sent (number 0: nothing), and under which name it waits."""

    id: str
    bound: str
    seen: int = 0
    number: int = 0
    frames: str = ""
    waiting: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What there is for a client: the frames as texts, the number of the last, and the process that owns it."""

    frames: list[str]
    last: int
    owner: str


def over() -> Expired:
    return Expired("This session is over. Open another.")


def keys(id: str) -> list[str]:
    return [f"poll:{id}", f"poll:{id}:out"]


class Lists:
    """The lists, seen from one event loop. Every call may raise RedisError, OSError or TimeoutError."""

    def __init__(self) -> None:
        self._client = Redis(connection_pool=_pool(TIMEOUT_SECONDS, CONNECTIONS))
        self._ask = self._client.register_script(_ASK)
        self._put = self._client.register_script(_PUT)
        self._drop = self._client.register_script(_DROP)
        self._leave = self._client.register_script(_LEAVE)

    async def open(self, *, id: str, owner: str, bound: str, frames_number: int) -> None:
        """Note a new session, whose first post is taken."""
        start: Any = {"owner": owner, "bound": bound, "posted": frames_number, "last": 0, "size": 0}
        pipe = self._client.pipeline(transaction=True)
        pipe.hset(keys(id)[0], mapping=start)
        pipe.expire(keys(id)[0], IDLE_SECONDS)
        pipe.set(f"poll:at:{owner}", 1, ex=ALIVE_SECONDS)
        await pipe.execute()

    async def ask(self, asking: Asking) -> Told:
        """Drop what was seen, pass on what is sent, and return what there is. With nothing there, note who waits.

        Raises Expired for a session that is gone, never was, or is another's; BadRequest when a post is missing.
        """
        words: list[Any] = [
            asking.id,
            asking.bound,
            asking.seen,
            asking.number,
            asking.frames,
            asking.waiting,
        ]
        answer = await self._ask(keys(asking.id), [*words, IDLE_SECONDS, MOST_MAIL, MAIL_SECONDS])
        kind, *rest = [part.decode() for part in answer]
        if kind == "gone":
            raise over()
        if kind == "hole":
            raise BadRequest("A post before this one is missing.")
        if kind == "busy":
            raise Unavailable(retry_after=2)
        owner, *entries = rest
        numbered = [entry.partition(" ") for entry in entries]
        last = int(numbered[-1][0]) if numbered else asking.seen
        return Told(frames=[text for _, _, text in numbered], last=last, owner=owner)

    async def put(self, *, id: str, number: int, text: str, closes: str = "") -> str:
        """Add a frame; ``closes`` is "" or "last", or "only" to drop what lies before it.

        Returns "ok", "gone", or "full" when the client is too slow.
        """
        answer: bytes = await self._put(keys(id), [number, text, closes, MOST_FRAMES, MOST_BYTES])
        return answer.decode()

    async def leave(self, *, id: str, bound: str) -> bool:
        """Tell the owner that the client has left. False when there is no such session."""
        return bool(await self._leave(keys(id), [id, bound, MAIL_SECONDS]))

    async def drop(self, id: str) -> None:
        """Forget a session; whoever waits for it learns it."""
        await self._drop(keys(id))

    async def live(
        self, *, process: str, ids: Iterable[str], owners: Iterable[str]
    ) -> tuple[set[str], set[str]]:
        """Say that a process lives; return which of these sessions and which of these processes do."""
        sessions, processes = list(ids), list(owners)
        pipe = self._client.pipeline(transaction=False)
        pipe.set(f"poll:at:{process}", 1, ex=ALIVE_SECONDS)
        for session in sessions:
            pipe.exists(keys(session)[0])
        for owner in processes:
            pipe.exists(f"poll:at:{owner}")
        answers = (await pipe.execute())[1:]
        lives = [name for name, exists in zip([*sessions, *processes], answers, strict=True) if exists]
        return set(lives) & set(sessions), set(lives) & set(processes)

    async def close(self) -> None:
        await self._client.aclose()


class Mail:
    """The mail of one process: one connection, which waits."""

    PATIENCE: Final = 5

    def __init__(self, process: str) -> None:
        self._key = f"poll:mail:{process}"
        self._client = Redis(connection_pool=_pool(2 * self.PATIENCE, 1))

    async def next(self) -> str | None:
        """Return the next word; None when there was none for some seconds."""
        found: Any = await self._client.blpop([self._key], timeout=self.PATIENCE)
        return found[1].decode() if found else None

    async def close(self) -> None:
        await self._client.aclose()


def _pool(timeout: float, size: int) -> BlockingConnectionPool:
    pool: BlockingConnectionPool = BlockingConnectionPool.from_url(
        settings.REDIS_URL,
        max_connections=size,
        timeout=timeout,
        socket_timeout=timeout,
        socket_connect_timeout=TIMEOUT_SECONDS,
        # Once more: after a restart of the broker every connection of the pool is dead.
        retry=Retry(NoBackoff(), 1),
    )
    return pool
