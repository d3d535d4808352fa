-- What is learned from answers: the server seconds of one invitation, how large a request may be,
-- how many may be in flight at once.

-- Used until the first answer; the documentation's own example takes a second.
local GUESS_SECONDS = 1
-- The same for a batch that reads
local GUESS_READ_SECONDS = 2
local FIRST_PAIRS, UNKNOWN_PAIRS = 5, 20
local FIRST_MS = 500
-- Requests are planned to run no longer than the target, nor than half a slot's share of the window's
-- seconds; one that runs long halves the size.
local TARGET_SECONDS = 15
local LONG_SECONDS = 30
-- Shorter requests are not made smaller so that all slots end together, nor are those shorter than
-- this multiple of the time on the way.
local SHORT_SECONDS = 0.25
local WAY_SHARE = 8
-- A request may carry so many pairs after the first answer, or this multiple of the pairs of an earlier one.
local LEAST_GROWN, GROWTH = 80, 4
-- Cost of an invitation relative to a request alone: above the first a slot fewer, below the second
-- one more.
local CROWDED, UNCROWDED = 2, 1.5

-- The least factor by which reservations exceed the mean, and what a single sample adds to it.
local SPREAD, SPREAD_OF_ONE = 1.25, 1

-- Least weight of a request in the mean cost. How far the first ones are assumed to be from it, relative.
local MEAN_WEIGHT, NOISE = 0.03, 0.1

local function cost()
  return state.cost or GUESS_SECONDS
end

-- What an invitation is assumed to cost at most. No two requests cost the same; what a reservation has too
-- much is free again after the answer.
local function cost_at_most()
  if not state.cost then return GUESS_SECONDS end
  local samples = state.samples or 1
  return math.max(state.worst or 0, state.cost * (SPREAD + SPREAD_OF_ONE / math.sqrt(samples)))
end

local function share_of_slot()
  return limits.operating / (2 * limits.slots)
end

local function target_seconds()
  return math.min(TARGET_SECONDS, share_of_slot())
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
  for _, open in pairs(state.open) do
    if not open.no_slot then count = count + 1 end
  end
  return count
end

-- What a request that reads is assumed to take at most. A batch carries up to fifty calls of the method.
local function read_seconds(method, is_batch)
  local known = state.reads and state.reads[(is_batch and 'batch of ' or '') .. method]
  if known then return SPREAD * known end
  return is_batch and math.min(share_of_slot(), GUESS_READ_SECONDS) or 0
end

local function learn_read(method, is_batch, seconds)
  local name = (is_batch and 'batch of ' or '') .. method
  state.reads = state.reads or {}
  state.reads[name] = math.max(seconds, blend(state.reads[name], seconds, 0.05))
end

-- Pairs that the next request may carry. left: pairs to spread over the slots, two requests each
local function size(left)
  local target = target_seconds()
  local unknown = state.answered and UNKNOWN_PAIRS or FIRST_PAIRS
  local pairs_ = math.min(unknown, share_of_slot() / GUESS_SECONDS)
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

local function learn_slots(sample, alone)
  -- One request says little: the same work can take twice as long the next time.
  state.usual = blend(state.usual, sample, 0.2)
  if alone then state.base = blend(state.base, sample, 0.5)
  else state.base = math.min(state.base or sample, state.usual) end
  state.seen = (state.seen or 0) + 1
  if state.seen < slots() then return end
  state.seen = 0
  local slower = state.usual / math.max(state.base, 1e-6)
  if slower > CROWDED then state.slots = math.max(1, slots() - 1)
  elseif slower < UNCROWDED then state.slots = math.min(limits.slots, slots() + 1) end
end

local function halve(pairs_)
  state.grown = math.max(1, math.floor(pairs_ / 2))
end

-- The mean cost, for forecasts: it must not follow single requests. With how far requests are from it (`noise`,
-- a relative variance), and how much of that is left in the mean (`share`).
local function learn_mean(sample)
  local mean = state.mean or { cost = sample, noise = NOISE * NOISE, share = 0 }
  local weight = math.max(MEAN_WEIGHT, 1 / state.samples)
  mean.cost = blend(mean.cost, sample, weight)
  mean.share = mean.share * (1 - weight) ^ 2 + weight ^ 2
  local off = sample / math.max(mean.cost, 1e-6) - 1
  mean.noise = blend(mean.noise, off * off, math.max(MEAN_WEIGHT, 1 / (state.samples + 1)))
  state.mean = mean
end

-- seconds: server time of the request; invited: how many of its pairs were invited
local function learn(open, seconds, invited)
  state.answered = true
  state.way = blend(state.way, math.max(0, (now - open.from) / 1000 - seconds), 0.3)
  if seconds > LONG_SECONDS then halve(open.pairs)
  else state.grown = math.max(state.grown or LEAST_GROWN, open.pairs * GROWTH) end
  -- Leaving people out costs next to nothing; a request with few invitations says little about inviting, but
  -- more than nothing does.
  local is_rough = invited * 2 < open.pairs
  if invited == 0 or (is_rough and state.cost and not state.rough) then return end
  local sample = seconds / invited
  if state.rough and not is_rough then
    state.cost, state.worst, state.samples, state.mean = nil, nil, nil, nil
  end
  state.rough = is_rough
  state.cost = blend(state.cost, sample, 0.5)
  state.samples = math.min(1000, (state.samples or 0) + 1)
  learn_mean(sample)
  state.worst = math.max(sample, blend(state.worst, state.cost, 0.05))
  learn_slots(sample, open.alone)
end
