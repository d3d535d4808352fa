-- What is learned from answers: the server seconds of one invitation, how large a request may be,
-- how many may be in flight at once.

-- Used until the first answer; the documentation's own example takes a second.
local GUESS_SECONDS = 1
local FIRST_PAIRS = 20
local FIRST_MS = 500
-- Requests are planned to run no longer than the target, nor than half a slot's share of the window's
-- seconds; one that runs long halves the size.
local TARGET_SECONDS = 15
local LONG_SECONDS = 30
-- Shorter requests are not made smaller so that all slots end together, nor are those shorter than
-- this multiple of the time on the way.
local SHORT_SECONDS = 0.5
local WAY_SHARE = 8
-- A request may carry at most this multiple of the pairs of an earlier one.
local GROWTH = 4
-- Cost of an invitation relative to a request alone: above the first a slot fewer, below the second
-- one more.
local CROWDED, UNCROWDED = 2, 1.5

local function cost()
  return state.cost or GUESS_SECONDS
end

local function target_seconds()
  return math.min(TARGET_SECONDS, limits.operating / (2 * limits.slots))
end

-- Fewer while the portal is crowded.
local function slots_of_portal()
  return math.min(limits.slots, math.max(1, state.slots or limits.slots))
end

-- The first request goes alone and shows the cost on an idle portal, unless it hangs.
local function is_first_out()
  return state.first and not state.answered and now < state.first + FIRST_MS
end

local function slots()
  if not state.answered and (not state.first or is_first_out()) then return 1 end
  return slots_of_portal()
end

local function out()
  local count = 0
  for _ in pairs(state.open) do count = count + 1 end
  return count
end

-- Pairs that the next request may carry. left: pairs to spread over the slots, two requests each
local function size(left)
  local target = target_seconds()
  local pairs_ = math.min(FIRST_PAIRS, limits.operating / limits.slots / 2 / GUESS_SECONDS)
  if state.cost then pairs_ = math.min(state.grown, target / math.max(cost(), 1e-6)) end
  local free = limits.burst - bucket.level
  -- Towards the end of all pairs, or of the window's seconds, requests shrink so that all slots end
  -- together, but only while the bucket has places to spare.
  local short = math.max(SHORT_SECONDS, (state.way or 0) * WAY_SHARE)
  if free >= 2 * slots() and pairs_ * cost() > short then
    local even = math.ceil(left / (2 * slots()))
    pairs_ = math.min(pairs_, math.max(even, short / cost()))
  end
  return math.max(1, math.floor(pairs_))
end

local function blend(old, new, share)
  return old and old + (new - old) * share or new
end

local function learn_slots(sample, alone)
  if alone then state.base = blend(state.base, sample, 0.5)
  else state.base = math.min(state.base or sample, sample) end
  state.seen = (state.seen or 0) + 1
  if state.seen < slots() then return end
  state.seen = 0
  local slower = state.cost / math.max(state.base, 1e-6)
  if slower > CROWDED then state.slots = math.max(1, slots() - 1)
  elseif slower < UNCROWDED then state.slots = math.min(limits.slots, slots() + 1) end
end

local function halve(pairs_)
  state.grown = math.max(1, math.floor(pairs_ / 2))
end

-- seconds: server time of the request; invited: how many of its pairs were invited
local function learn(open, seconds, invited)
  state.answered = true
  state.way = blend(state.way, math.max(0, (now - open.from) / 1000 - seconds), 0.3)
  if seconds > LONG_SECONDS then halve(open.pairs)
  else state.grown = math.max(state.grown or 0, open.pairs * GROWTH) end
  -- Leaving people out costs next to nothing; such a request says little about inviting.
  if invited == 0 or invited * 2 < open.pairs then return end
  local sample = seconds / invited
  state.cost = blend(state.cost, sample, 0.5)
  learn_slots(sample, open.alone)
end
