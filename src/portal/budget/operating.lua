-- The server seconds that each method has used ("REST API Limits"): ten baskets to a window, each
-- expires one window after its first call. A basket is {number, ends, seconds}; `number` goes by the
-- portal's clock, `ends` by ours.

-- Shorter calls enter no basket.
local FLOOR_SECONDS = 0.1
-- The portal also counts other users of the webhook; less than this share is our own inaccuracy.
local TOLERANCE = 0.05

local function account_of(method)
  local account = state.methods[method] or { baskets = {} }
  state.methods[method] = account
  local alive = {}
  for _, basket in ipairs(account.baskets) do
    if basket.ends > now then table.insert(alive, basket) end
  end
  table.sort(alive, function(a, b) return a.ends < b.ends end)
  account.baskets = alive
  if account.cap and account.cap.ends <= now then account.cap = nil end
  return account
end

local function used(account)
  local sum = 0
  for _, basket in ipairs(account.baskets) do sum = sum + basket.seconds end
  return sum
end

local function reserved(method)
  local sum = 0
  for _, open in pairs(state.open) do
    if open.method == method then sum = sum + open.seconds end
  end
  return sum
end

local function limit_of(account)
  return account.cap and account.cap.seconds or limits.operating
end

local function add(account, number, ends, seconds)
  for _, basket in ipairs(account.baskets) do
    if basket.number == number then
      basket.seconds = basket.seconds + seconds
      return
    end
  end
  table.insert(account.baskets, { number = number, ends = ends, seconds = seconds })
end

-- Ms until enough baskets have expired to free the seconds; nil when requests must end first.
local function wait_for_seconds(account, method, seconds)
  local missing = used(account) + reserved(method) + seconds - limit_of(account)
  for _, basket in ipairs(account.baskets) do
    missing = missing - basket.seconds
    if missing <= 0 then return basket.ends - now end
  end
end

-- Books the calls of an answer and corrects the sum by the portal's figure.
-- calls: list of {start (s, the portal's clock), ago (ms), seconds}; reported: {operating, finish}
local function book(method, calls, reported)
  local account = account_of(method)
  for _, call in ipairs(calls) do
    if call.seconds > FLOOR_SECONDS then
      local number = math.floor(call.start * 1000 / (limits.window / 10))
      add(account, number, now - call.ago + limits.window, call.seconds)
    end
  end
  if not reported.operating or reported.finish < (account.finish or 0) then return end
  account.finish = reported.finish
  account.operating = reported.operating
  account.reported_at = now
  local ours = used(account)
  -- The portal no longer counts the oldest seconds: its baskets expire a moment before ours.
  local surplus = ours - reported.operating
  for _, basket in ipairs(account.baskets) do
    if surplus <= 0 then break end
    local less = math.min(surplus, basket.seconds)
    basket.seconds = basket.seconds - less
    surplus = surplus - less
  end
  -- The portal's figure can already contain a part of the requests in flight.
  local others = reported.operating - ours - reserved(method)
  if others > limits.operating * TOLERANCE then
    add(account, 'others', now + limits.window, others)
  end
end

-- The portal reports the method as used up: nothing is free until the next basket expires. The limit in
-- the settings may be wrong; a recent figure of the portal is closer.
local function close(method)
  local account = account_of(method)
  local first = account.baskets[1]
  local ends = first and first.ends or now + limits.window / 10
  local is_fresh = account.reported_at and now - account.reported_at < limits.window / 10
  if is_fresh and account.operating < limit_of(account) then
    local seconds = math.max(account.operating, limits.operating / 10)
    account.cap = { seconds = seconds, ends = now + 3 * limits.window }
  end
  local free = limit_of(account) - used(account)
  if free > 0 then add(account, 'closed', ends, free) end
end
