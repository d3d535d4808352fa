-- The leaky bucket of requests: `level` is the number of requests in it at the time `at`.
--
-- A level above the burst is a queue: each place is given once, with its own time, so no caller has
-- to try again and no two callers leave together.

local function wait_for_place()
  return math.max(0, (bucket.level + 1 - limits.burst) / limits.rate * 1000)
end

local function take_place()
  bucket.level = bucket.level + 1
end

local function fill()
  bucket.level = math.max(bucket.level, limits.burst)
end
