-- How much may be sent now, and how long to wait for more.

-- Pairs of the one request that shows whether a closed method is open again
local PROBE_PAIRS = 5

-- Whether the method is closed for an inviting request: the most pairs that it may carry, then as
-- pairs_allowed.
local function pairs_while_closed(method, most)
  local until_open = 0
  local is_closed = false
  for _, name in ipairs({ method, BATCH }) do
    local account = account_of(name)
    if account.closed then
      is_closed = true
      until_open = math.max(until_open, account.closed - now)
    end
  end
  if not is_closed then return most, nil, false end
  if until_open > 0 then return 0, until_open, true end
  for _, open in pairs(state.open) do
    if open.method then return 0, nil, true end
  end
  return math.min(most, PROBE_PAIRS), nil, true
end

-- Pairs for which the server seconds last now
local function pairs_that_fit(method, single)
  local fits = math.huge
  for _, name in ipairs({ method, BATCH }) do
    local account = account_of(name)
    local limit, share = limit_of(account), share_of(name, account, single)
    local free = limit - used(account) - reserved(name, account)
    if share > 0 then
      local fit = math.max(0, math.floor(free / (cost_at_most() * share)))
      -- A pair that costs more than a whole window allows would wait for ever.
      if free >= limit then fit = math.max(1, fit) end
      fits = math.min(fits, fit)
    end
  end
  return fits
end

-- Ms until the server seconds last for `count` pairs, nil when requests must end first
local function wait_for_pairs(method, count, single)
  local wait = 1
  for _, name in ipairs({ method, BATCH }) do
    local account = account_of(name)
    local limit, share = limit_of(account), share_of(name, account, single)
    local need = math.min(count * cost_at_most() * share, limit)
    if share > 0 and limit - used(account) - reserved(name, account) < need then
      local until_free = wait_for_seconds(name, account, need)
      if not until_free then return nil end
      wait = math.max(wait, until_free)
    end
  end
  return wait
end

-- How many of up to `most` pairs the server seconds allow now; when too few, ms until there are
-- more, nil when requests must end first.
-- pending: all waiting pairs; in_one_call: a request of at most so many is a single call, not a batch
local function pairs_allowed(method, most, pending, in_one_call)
  local probe, until_open, is_closed = pairs_while_closed(method, most)
  if is_closed then return probe, until_open end
  local single = math.min(most, size(pending)) <= in_one_call
  local fits = pairs_that_fit(method, single)
  -- Two more requests a slot for all waiting pairs, one for those that still fit: each costs a place.
  local wanted = math.min(most, size(math.min(pending, 2 * fits)))
  local granted = math.min(wanted, fits)
  -- A quarter of a request is worth sending now; for less, waiting is better.
  local enough = math.ceil(math.max(1, wanted / 4))
  -- Where commands of a batch are not billed to their method, a rest must not leave as a single call, which is.
  if not single and account_of(method).billed == false then
    enough = math.max(enough, in_one_call + 1)
    granted = math.max(granted, math.min(most, fits, enough))
  end
  if granted >= enough then return granted end
  return 0, wait_for_pairs(method, enough, single)
end

-- Ms until the seconds last for a read; nil when requests must end first.
-- method: of the calls; seconds: what they take at most; is_batch: the request is no single call
local function wait_for_read(method, seconds, is_batch)
  local wait = 0
  for _, name in ipairs(is_batch and { method, BATCH } or { method }) do
    local account = account_of(name)
    if account.closed and account.closed > now then wait = math.max(wait, account.closed - now) end
    local limit = limit_of(account)
    local need = math.min(limit, seconds * share_of(name, account, not is_batch))
    if need > 0 and limit - used(account) - reserved(name, account) < need then
      local until_free = wait_for_seconds(name, account, need)
      if not until_free then return nil end
      wait = math.max(wait, until_free)
    end
  end
  return wait
end
