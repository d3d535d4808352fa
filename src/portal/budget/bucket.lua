-- The leaky bucket of requests: `level` is the number of requests in it at the time `at`.
--
-- A level above the burst is a queue: each place is given once, with its own time, so no caller has
-- to try again and no two callers leave together.

-- Places that leak out between two measurements of what other clients take.
local OTHERS_PLACES = 20

local function blend(old, new, share)
  return old and old + (new - old) * share or new
end

local function wait_for_place()
  return math.max(0, (bucket.level + 1 - limits.burst) / limits.rate * 1000)
end

local function take_place()
  bucket.level = bucket.level + 1
  local full = state.full
  if not full then return end
  full.taken = full.taken + 1
  -- Other clients would have filled the bucket by now.
  local seconds = (now - full.at) / 1000
  local is_alone = full.taken - full.refused > 0.9 * limits.rate * seconds
  if is_alone and seconds > limits.burst / limits.rate then state.others = nil end
end

-- The portal reports a full bucket. From one time to the next, as much has leaked out as we and other
-- clients have put in; what is not ours is theirs.
local function fill()
  bucket.level = math.max(bucket.level, limits.burst)
  local full = state.full
  local seconds = full and (now - full.at) / 1000 or 0
  local long_ago = seconds > 2 * math.max(limits.burst, OTHERS_PLACES) / limits.rate
  if full and not long_ago then
    full.refused = full.refused + 1
    if seconds < OTHERS_PLACES / limits.rate then return end
    local others = limits.rate - (full.taken - full.refused) / seconds
    state.others = blend(state.others, math.max(0, math.min(others, limits.rate)), 0.1)
  end
  state.full = { at = now, taken = 0, refused = 0 }
end
