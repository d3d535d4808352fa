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
  if is_first_out() then first = math.min(first, know.first + FIRST_MS) end
  return answer(0, math.max(1, first - now), 'others')
end

local function no_longer_alone()
  for _, open in pairs(state.open) do open.alone = false end
end

-- A place, a slot and server seconds for a request that does not invite; its cost says nothing about that of
-- inviting. All at once: no caller holds a slot while the bucket makes it wait for longer than maxWait.
-- method: of the HTTP request; inner: of its calls, if they are of one method
-- noSlot: a person waits for the answer, so the request goes beside those that hold a slot;
-- isBrief: it takes too little to be billed
function act.enter()
  if not argument.noSlot and out() >= slots_of_portal() then return wait_for_others() end
  local is_batch = argument.method == BATCH
  local reads = argument.inner or (is_batch and BATCH) or nil
  local seconds = reads and not argument.isBrief and read_seconds(reads, is_batch) or 0
  local until_free = 0
  if reads then until_free = wait_for_read(reads, seconds, is_batch) end
  if not until_free then return wait_for_others() end
  if until_free > 0 then return answer(0, until_free, 'operating') end
  local wait = wait_for_place()
  if wait > argument.maxWait then return answer(0, wait, 'bucket') end
  take_place()
  no_longer_alone()
  local from = now + wait
  state.open[argument.id] = {
    pairs = 0, seconds = seconds, reads = reads, single = not is_batch,
    no_slot = argument.noSlot or nil, from = from, expires = from + argument.lifetime,
  }
  return answer(1, wait)
end

-- A place and server seconds for a request of up to `pairs`; grants fewer where the limits require it.
function act.reserve()
  about(argument.method)
  if out() >= limits.slots or out_beside(argument.method) >= slots() then return wait_for_others() end
  local in_one_call = argument.inOneCall or 0
  local granted, until_more =
    pairs_allowed(argument.method, argument.pairs, argument.pending, in_one_call)
  if granted == 0 then
    return until_more and answer(0, until_more, 'operating') or wait_for_others()
  end
  local wait = wait_for_place()
  if wait > argument.maxWait then return answer(0, wait, 'bucket') end
  take_place()
  know.first = know.first or now + wait
  keep_known(argument.method)
  local alone = out() == 0
  no_longer_alone()
  state.open[argument.id] = {
    method = argument.method, pairs = granted, seconds = granted * cost_at_most(),
    single = granted <= in_one_call,
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
  book_lost(open, math.max(0, math.min(open.seconds, (now - open.from) / 1000)))
  about(open.method)
  if argument.long then halve(open.pairs) end
end

function act.settle()
  local open = remove_open(argument.id)
  for _, use in ipairs(argument.uses) do book(use, open and open.from or 0) end
  if open then
    open.pairs = argument.pairs
    about(open.method)
    -- For a portal that reports no times, the time that we waited counts.
    learn(open, argument.seconds or (now - open.from) / 1000, argument.invited)
  end
end

-- A request that does not invite has been answered.
function act.note()
  learn_read(argument.method, argument.isBatch, argument.seconds)
  for _, use in ipairs(argument.uses) do book(use, now - argument.seconds * 1000) end
end

function act.close()
  show_limit('operating')
  close(argument.method)
end

function act.fillBucket()
  show_limit('rate')
  show_limit('burst')
  fill()
end

-- What the portal's plan allows. Limits that another plan has shown no longer count.
function act.plan()
  if state.plan and state.plan.name ~= argument.name then state.shown = nil end
  state.plan = argument
  find_limits()
end

function act.limits()
  return answer(0, 0, cjson.encode(limits_in_use()))
end

-- The used seconds of an account, each with the ms until they are free; nil when there are none.
local function baskets_of(account)
  local list = {}
  for _, basket in ipairs(alive(account)) do
    table.insert(list, { seconds = basket.seconds, free = basket.ends - now })
  end
  return #list > 0 and list or nil
end

-- Predicted server seconds that the open requests have worked by now.
local function worked()
  local sum = 0
  for _, open in pairs(state.open) do
    if open.method == argument.method then
      sum = sum + math.max(0, math.min(open.pairs * cost(), (now - open.from) / 1000))
    end
  end
  return sum
end

-- The state of the budget; changes nothing.
function act.view()
  about(argument.method)
  local account, batch = account_of(argument.method), account_of(BATCH)
  local granted, until_more = pairs_allowed(argument.method, math.huge, argument.pending, 0)
  local place = wait_for_place()
  -- The account that a batch uses up first
  local name = share_of(argument.method, account, false) > 0 and argument.method or BATCH
  local billed = account_of(name)
  local allowed = limit_of(billed)
  return answer(0, 0, cjson.encode({
    level = bucket.level, used = math.max(used(account), used(batch)), out = out(), cost = know.mean, recent = know.cost,
    wait = math.max(place, until_more or 0),
    why = (granted == 0 and until_more) and 'operating' or 'requests',
    limits = limits_in_use(),
    baskets = baskets_of(billed), share = share_of(name, billed, false),
    allowed = allowed < NONE / 2 and allowed or nil, worked = worked(), way = state.way,
    others = state.others,
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
