-- Takes a place in the portal's leaky bucket, or drains what is left of it.
-- KEYS[1]  hash: level (requests in the bucket), at (ms when the level was right)
-- ARGV     rate (requests leaking out per second), burst (its depth),
--          patience (the longest wait in ms that the caller will take; -1 drains instead)
-- Returns  {taken 0|1, wait in ms until the place may be used, or until asking again is of use}
--
-- A level above the burst is a queue: each place is given once, with its own time, so nobody has
-- to ask again and no two callers leave together.
local rate, burst, patience = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local known = redis.call('HMGET', KEYS[1], 'level', 'at')
local level, at = tonumber(known[1] or 0), tonumber(known[2] or now)
level = math.max(0, level - math.max(0, now - at) / 1000 * rate)

local taken, wait = 1, 0
if patience < 0 then
  level = math.max(level, burst)
else
  wait = math.max(0, (level + 1 - burst) / rate * 1000)
  if wait > patience then taken = 0 else level = level + 1 end
end

redis.call('HSET', KEYS[1], 'level', string.format('%.6f', level), 'at', string.format('%.3f', now))
redis.call('PEXPIRE', KEYS[1], math.ceil((level / rate + 60) * 1000))
return { taken, math.ceil(wait) }
