local argument = cjson.decode(ARGV[3])

local function answer(granted, wait, why)
  return { granted, math.ceil(wait), why or '' }
end

local act = {}

-- One place in the bucket. maxWait: the longest wait in ms that the caller accepts
function act.take()
  local wait = wait_for_place()
  if wait > argument.maxWait then return answer(0, wait, 'bucket') end
  take_place()
  return answer(1, wait)
end

-- Too many requests are in flight: a message is published when one ends; at the latest it expires.
local function wait_for_others()
  local first = now + limits.window
  for _, open in pairs(state.open) do first = math.min(first, open.expires) end
  if is_first_out() then first = math.min(first, state.first + FIRST_MS) end
  return answer(0, math.max(1, first - now), 'others')
end

local function no_longer_alone()
  for _, open in pairs(state.open) do open.alone = false end
end

-- A slot and a place for a request that does not invite; its cost says nothing about that of inviting.
-- Both at once: no caller holds a slot while the bucket makes it wait for longer than maxWait.
function act.enter()
  if out() >= slots_of_portal() then return wait_for_others() end
  local wait = wait_for_place()
  if wait > argument.maxWait then return answer(0, wait, 'bucket') end
  take_place()
  no_longer_alone()
  local from = now + wait
  state.open[argument.id] = { pairs = 0, seconds = 0, from = from, expires = from + argument.lifetime }
  return answer(1, wait)
end

-- How many of up to `most` pairs the method's seconds allow now; when too few, ms until there are
-- more, nil when requests must end first. pending: all waiting pairs
local function pairs_allowed(method, most, pending)
  local account = account_of(method)
  local free = limit_of(account) - used(account) - reserved(method)
  local fits = math.max(0, math.floor(free / cost() / MARGIN))
  -- A pair that costs more than a whole window allows would wait for ever.
  if free >= limit_of(account) then fits = math.max(1, fits) end
  -- Two more requests a slot for all waiting pairs, one for those that still fit: each costs a place.
  local wanted = math.min(most, size(math.min(pending, 2 * fits)))
  local granted = math.min(wanted, fits)
  -- A quarter of a request is worth sending now; for less, waiting is better.
  if granted >= math.max(1, wanted / 4) then return granted end
  local need = math.min(math.max(1, wanted / 4) * cost() * MARGIN, limit_of(account))
  return 0, wait_for_seconds(account, method, need)
end

-- A place and server seconds for a request of up to `pairs`; grants fewer where the limits require it.
function act.reserve()
  if out() >= slots() then return wait_for_others() end
  local granted, until_more = pairs_allowed(argument.method, argument.pairs, argument.pending)
  if granted == 0 then
    return until_more and answer(0, until_more, 'operating') or wait_for_others()
  end
  local wait = wait_for_place()
  if wait > argument.maxWait then return answer(0, wait, 'bucket') end
  take_place()
  state.first = state.first or now + wait
  local alone = out() == 0
  no_longer_alone()
  state.open[argument.id] = {
    method = argument.method, pairs = granted, seconds = granted * cost() * MARGIN,
    from = now + wait, expires = now + wait + argument.lifetime, alone = alone,
  }
  return answer(granted, wait)
end

local function remove_open(id)
  local open = state.open[id]
  state.open[id] = nil
  return open
end

-- A slot was kept for a request that is not sent after all; only the message at the end matters.
function act.pass()
end

-- The request has ended, without seconds to book.
function act.release()
  remove_open(argument.id)
end

-- The cost of the request is unknown: at most the time that has passed.
function act.lose()
  local open = remove_open(argument.id)
  if not open then return end
  local seconds = math.max(0, math.min(open.seconds, (now - open.from) / 1000))
  add(account_of(open.method), 'lost' .. math.floor(open.from), open.from + limits.window, seconds)
  if argument.long then halve(open.pairs) end
end

function act.settle()
  local open = remove_open(argument.id)
  book(argument.method, argument.calls, argument)
  if open then
    open.pairs = argument.pairs
    -- For a portal that reports no times, the time that we waited counts.
    local seconds = #argument.calls > 0 and argument.seconds or (now - open.from) / 1000
    learn(open, seconds, argument.invited)
  end
end

function act.close()
  close(argument.method)
end

function act.fillBucket()
  fill()
end

-- The server seconds of one invitation, as learned from answers.
function act.cost()
  return answer(0, 0, state.cost and string.format('%.6f', state.cost))
end

-- The state of the budget; changes nothing.
function act.view()
  local account = account_of(argument.method)
  local granted, until_more = pairs_allowed(argument.method, math.huge, argument.pending)
  local place = wait_for_place()
  return answer(0, 0, cjson.encode({
    level = bucket.level, used = used(account), out = out(), cost = state.cost,
    wait = math.max(place, until_more or 0),
    why = (granted == 0 and until_more) and 'operating' or 'requests',
  }))
end

-- Drops the open requests of workers that have ended.
function act.drop_open()
  state.open = {}
end

local result = act[ARGV[1]]() or answer(0, 0)
redis.call('HSET', KEYS[1], 'level', string.format('%.6f', bucket.level), 'at',
  string.format('%.3f', now), 'state', cjson.encode(state))
redis.call('PEXPIRE', KEYS[1], math.ceil(bucket.level / limits.rate * 1000 + limits.window + KEEP_MS))
-- Last, since what is written before a refused command stays written. A caller that sends its next
-- request at once passes no name.
if argument.by then redis.call('PUBLISH', KEYS[1], argument.by) end
return result
