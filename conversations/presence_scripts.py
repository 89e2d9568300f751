"""What the broker runs to know who is here: each a single step for it, and all by its own clock."""

from typing import Final

# A heartbeat renews every 25 s; missing two means gone.
ALIVE_SECONDS: Final = 60
# Nothing that is kept of somebody who is gone lasts longer.
FORGET_SECONDS: Final = 120

_CLOCK: Final = """
local clock = redis.call('TIME')
local moment = tonumber(clock[1]) + tonumber(clock[2]) / 1000000
"""
# For each socket three keys (of its owner, of the board, of what the owner does) and two values (socket, owner).
ARRIVE: Final = f"""{_CLOCK}
local answers = {{}}
for place = 1, #KEYS, 3 do
    local here, board, visitor = KEYS[place], KEYS[place + 1], KEYS[place + 2]
    local value = (place - 1) / 3 * 2 + 1
    redis.call('ZREMRANGEBYSCORE', here, '-inf', moment)
    answers[#answers + 1] = redis.call('ZCARD', here)
    local last = redis.call('ZSCORE', board, ARGV[value + 1])
    answers[#answers + 1] = last and string.format('%.3f', math.max(0, moment - tonumber(last))) or 'inf'
    redis.call('ZADD', here, moment + {ALIVE_SECONDS}, ARGV[value])
    redis.call('EXPIRE', here, {FORGET_SECONDS})
    redis.call('ZADD', board, moment + {ALIVE_SECONDS}, ARGV[value + 1])
    answers[#answers + 1] = redis.call('EXPIRE', visitor, {FORGET_SECONDS})
end
return answers
"""
DEPART: Final = f"""{_CLOCK}
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', moment)
local left = redis.call('ZCARD', KEYS[1])
if left == 0 then
    redis.call('ZADD', KEYS[2], moment + tonumber(ARGV[3]), ARGV[2])
end
return left
"""
COUNT: Final = f"{_CLOCK} return redis.call('ZCOUNT', KEYS[1], moment, '+inf')"
BOARD: Final = f"""{_CLOCK}
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', moment - {ALIVE_SECONDS})
return redis.call('ZRANGEBYSCORE', KEYS[1], moment, '+inf')
"""
# A field for each socket: when it runs out, a space, who it is. Without a second value the socket looks no longer.
VIEW: Final = f"""{_CLOCK}
if ARGV[2] then
    redis.call('HSET', KEYS[1], ARGV[1], string.format('%.3f', moment + {ALIVE_SECONDS}) .. ' ' .. ARGV[2])
    redis.call('EXPIRE', KEYS[1], {FORGET_SECONDS})
else
    redis.call('HDEL', KEYS[1], ARGV[1])
end
local alive = {{}}
local found = redis.call('HGETALL', KEYS[1])
for place = 1, #found, 2 do
    local till, who = string.match(found[place + 1], '^(%S+) (.*)$')
    if tonumber(till) > moment then
        alive[#alive + 1] = who
    else
        redis.call('HDEL', KEYS[1], found[place])
    end
end
return alive
"""
