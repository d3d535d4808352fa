-- What is learned from answers, for each method by itself: the server seconds of one pair, how large a request
-- may be, how many may be in flight at once.

-- What is known about the method that the script is about.
local know = {}

local function about(method)
  know = state.learned[method] or {}
end

-- From the first request of the method on, what is learned about it is kept.
local function keep_known(method)
  state.learned[method] = know
end

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
  return know.cost or GUESS_SECONDS
end

-- What an invitation is assumed to cost at most. No two requests cost the same; what a reservation has too
-- much is free again after the answer.
local function cost_at_most()
  if not know.cost then return GUESS_SECONDS end
  local samples = know.samples or 1
  return math.max(know.worst or 0, know.cost * (SPREAD + SPREAD_OF_ONE / math.sqrt(samples)))
end

local function share_of_slot()
  return limits.operating / (2 * limits.slots)
end

local function target_seconds()
  return math.min(TARGET_SECONDS, share_of_slot())
end

-- Fewer while the portal is crowded.
local function slots_of(known)
  return math.min(limits.slots, math.max(1, known.slots or limits.slots))
end

-- For requests of no method that is learned about: a portal is crowded for them when it is for any.
local function slots_of_portal()
  local least = limits.slots
  for _, known in pairs(state.learned) do least = math.min(least, slots_of(known)) end
  return least
end

-- The first request goes alone and shows the cost on an idle portal, unless it hangs.
local function is_first_out()
  return know.first and not know.answered and now < know.first + FIRST_MS
end

local function slots()
  if not know.answered and (not know.first or is_first_out()) then return 1 end
  return slots_of(know)
end

local function out()
  local count = 0
  for _, open in pairs(state.open) do
    if not open.no_slot then count = count + 1 end
  end
  return count
end

-- Without the requests of other operations, which have learned about their own slots.
local function out_beside(method)
  local count = 0
  for _, open in pairs(state.open) do
    local is_others = open.method and open.method ~= method
    if not open.no_slot and not is_others then count = count + 1 end
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
  local unknown = know.answered and UNKNOWN_PAIRS or FIRST_PAIRS
  local pairs_ = math.min(unknown, share_of_slot() / GUESS_SECONDS)
  if know.cost then pairs_ = math.min(know.grown, target / math.max(cost(), 1e-6)) end
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
  know.usual = blend(know.usual, sample, 0.2)
  if alone then know.base = blend(know.base, sample, 0.5)
  else know.base = math.min(know.base or sample, know.usual) end
  know.seen = (know.seen or 0) + 1
  if know.seen < slots() then return end
  know.seen = 0
  local slower = know.usual / math.max(know.base, 1e-6)
  if slower > CROWDED then know.slots = math.max(1, slots() - 1)
  elseif slower < UNCROWDED then know.slots = math.min(limits.slots, slots() + 1) end
end

local function halve(pairs_)
  know.grown = math.max(1, math.floor(pairs_ / 2))
end

-- The mean cost, for forecasts: it must not follow single requests. With how far requests are from it (`noise`,
-- a relative variance), and how much of that is left in the mean (`share`).
local function learn_mean(sample)
  local mean = know.mean or { cost = sample, noise = NOISE * NOISE, share = 0 }
  local weight = math.max(MEAN_WEIGHT, 1 / know.samples)
  mean.cost = blend(mean.cost, sample, weight)
  mean.share = mean.share * (1 - weight) ^ 2 + weight ^ 2
  local off = sample / math.max(mean.cost, 1e-6) - 1
  mean.noise = blend(mean.noise, off * off, math.max(MEAN_WEIGHT, 1 / (know.samples + 1)))
  know.mean = mean
end

-- seconds: server time of the request; invited: how many of its pairs were invited
local function learn(open, seconds, invited)
  know.answered = true
  state.way = blend(state.way, math.max(0, (now - open.from) / 1000 - seconds), 0.3)
  if seconds > LONG_SECONDS then halve(open.pairs)
  else know.grown = math.max(know.grown or LEAST_GROWN, open.pairs * GROWTH) end
  -- Leaving people out costs next to nothing; a request with few invitations says little about inviting, but
  -- more than nothing does.
  local is_rough = invited * 2 < open.pairs
  if invited == 0 or (is_rough and know.cost and not know.rough) then return end
  local sample = seconds / invited
  if know.rough and not is_rough then
    know.cost, know.worst, know.samples, know.mean = nil, nil, nil, nil
  end
  know.rough = is_rough
  know.cost = blend(know.cost, sample, 0.5)
  know.samples = math.min(1000, (know.samples or 0) + 1)
  learn_mean(sample)
  know.worst = math.max(sample, blend(know.worst, know.cost, 0.05))
  learn_slots(sample, open.alone)
end
