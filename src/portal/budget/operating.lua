-- The server seconds that each method has used ("REST API Limits"). An account holds those of one
-- method: baskets {number, ends, seconds}, where `number` counts tenths of a window on the portal's
-- clock, and `ends` is on ours. The last ten baskets count.

-- Servers bill a batch in different ways: the methods of its commands, the method `batch` with
-- half its time, or both. A batch is booked to both, until answers show that an account is not billed
-- (`billed` is false). A single call is always billed to its method.
local BATCH, BATCH_SHARE = 'batch', 0.5
-- A method that takes this long and less in a request enters no basket.
local FLOOR_SECONDS = 0.1
-- Never used: no prediction is exact, and one step too far blocks the method for minutes.
local RESERVE = 0.02
-- Less than this share of the limit that others seem to have used is our own inaccuracy.
local TOLERANCE = 0.01
local BASKETS = 10
local BASKET_MS = limits.window / BASKETS
-- A request counts some moments after its answer, and the portal's servers do not agree on the time.
local LAG_MS = limits.window / 600

-- Expired baskets are kept for as long as a request may run that the portal counted them for.
local KEEP_BASKETS_MS = limits.window / 5

local function account_of(method)
  local account = state.methods[method] or { baskets = {}, recent = {} }
  state.methods[method] = account
  local kept = {}
  for _, basket in ipairs(account.baskets) do
    if basket.ends > now - KEEP_BASKETS_MS then table.insert(kept, basket) end
  end
  table.sort(kept, function(a, b) return a.ends < b.ends end)
  account.baskets = kept
  if account.cap and account.cap.ends <= now then account.cap = nil end
  return account
end

-- Seconds in the baskets that had not expired at the time `at`
local function booked(account, at)
  local sum = 0
  for _, basket in ipairs(account.baskets) do
    if basket.ends > at then sum = sum + basket.seconds end
  end
  return sum
end

local function is_fresh(account, ms)
  return account.reported_at ~= nil and now - account.reported_at < ms
end

-- Of what was booked and has not expired
local function used(account)
  return booked(account, now)
end

-- The share of a request's server seconds that is billed to the account. single: it is no batch
local function share_of(name, account, single)
  if single then return name == BATCH and 0 or 1 end
  if account.billed == false then return 0 end
  return name == BATCH and BATCH_SHARE or 1
end

-- For the requests in flight
local function reserved(name, account)
  local sum = 0
  for _, open in pairs(state.open) do
    local method = open.method or open.reads
    if method and (method == name or name == BATCH) then
      sum = sum + open.seconds * share_of(name, account, open.single)
    end
  end
  return sum
end

local function limit_of(account)
  if account.cap then return account.cap.seconds end
  -- Answers that mention no figure come from a portal without the limit.
  if account.limited == false then return NONE end
  return limits.operating * (1 - RESERVE)
end

-- single: the part of the seconds that is surely billed, because it is of single calls
local function add(account, number, ends, seconds, single)
  for _, basket in ipairs(account.baskets) do
    if basket.number == number then
      basket.seconds = basket.seconds + seconds
      basket.single = basket.single + (single or 0)
      basket.ends = math.min(basket.ends, ends)
      return
    end
  end
  table.insert(account.baskets,
    { number = number, ends = ends, seconds = seconds, single = single or 0 })
end

-- The baskets that have not expired, the oldest first
local function alive(account)
  local baskets = {}
  for _, basket in ipairs(account.baskets) do
    if basket.ends > now then table.insert(baskets, basket) end
  end
  table.sort(baskets, function(a, b) return a.ends < b.ends end)
  return baskets
end

-- Ms until enough baskets have expired to free the seconds; nil when requests must end first.
local function wait_for_seconds(name, account, seconds)
  -- A request uses less than it has reserved, by far if most of its people are left out.
  if used(account) + seconds <= limit_of(account) then return nil end
  local missing = used(account) + reserved(name, account) + seconds - limit_of(account)
  for _, basket in ipairs(alive(account)) do
    missing = missing - basket.seconds
    if missing <= 0 then return basket.ends - now end
  end
end
