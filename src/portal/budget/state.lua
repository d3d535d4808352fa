-- What a portal still allows, all of it in one script so that no two workers get the same.
-- KEYS[1]  hash: level, at (the bucket), state (JSON: open requests, operating, what was learned)
-- ARGV     operation, limits (JSON), its argument (JSON), the time in ms if it is not Redis's
-- limits   set, default: rate (requests leaking out per second), burst, operating (server seconds of a
--          method in the window); window (ms), slots (the most requests in flight at once)
-- Returns  {granted, ms to wait until using it or trying again, what is short}

-- What was learned is kept for an hour after the last request.
local KEEP_MS = 3600000

local given = cjson.decode(ARGV[2])
local time = redis.call('TIME')
local now = tonumber(ARGV[4]) or time[1] * 1000 + time[2] / 1000

local known = redis.call('HMGET', KEYS[1], 'level', 'at', 'state')
local at = tonumber(known[2] or now)
local state = known[3] and cjson.decode(known[3]) or { open = {}, methods = {} }
state.learned = state.learned or {}

-- Stands for the limit that a portal does not have.
local NONE = 1e9
-- Requests do not arrive as evenly as they left; one place stays free, so that the portal's bucket
-- never gets one more than it holds.
local SAFETY = 1

local limits = { window = given.window, slots = given.slots }

-- A limit and its source. A setting comes first; then what the plan has, or, if it has none, what the
-- portal's answers have shown; the usual limit where the plan is not known.
local function find_limit(name)
  if given.set[name] then return given.set[name], 'setting' end
  local plan = state.plan
  if not plan then return given.default[name], 'default' end
  if plan.limits[name] then return plan.limits[name], 'plan' end
  if state.shown and state.shown[name] then return plan.shown[name], 'answers' end
  return NONE, 'plan'
end

local function find_limits()
  for _, name in ipairs({ 'rate', 'burst', 'operating' }) do limits[name] = find_limit(name) end
  limits.burst = math.max(1, limits.burst - SAFETY)
end
find_limits()

-- The portal's answer shows that it has this limit.
local function show_limit(name)
  state.shown = state.shown or {}
  state.shown[name] = true
  find_limits()
end

local function limits_in_use()
  local shown = { sources = {} }
  for _, name in ipairs({ 'rate', 'burst', 'operating' }) do
    local value, source = find_limit(name)
    if value < NONE or source == 'setting' then shown[name] = value end
    shown.sources[name] = source
  end
  return shown
end

local leaked = math.max(0, now - at) / 1000 * limits.rate
local bucket = { level = math.max(0, tonumber(known[1] or 0) - leaked) }
-- Nothing is left in a bucket that leaks without limit, however little time has passed.
if limits.rate >= NONE then bucket.level = 0 end

-- The clock was set back, or another Redis has taken over: all stored times move back as much.
local function set_back(ms)
  for _, open in pairs(state.open) do
    open.from, open.expires = open.from - ms, open.expires - ms
  end
  for _, account in pairs(state.methods) do
    for _, basket in ipairs(account.baskets) do basket.ends = basket.ends - ms end
    if account.cap then account.cap.ends = account.cap.ends - ms end
    for _, name in ipairs({ 'reported_at', 'reset', 'closed' }) do
      if account[name] then account[name] = account[name] - ms end
    end
    for _, ended in ipairs(account.recent or {}) do ended.at = ended.at - ms end
  end
  for _, known in pairs(state.learned) do
    if known.first then known.first = known.first - ms end
  end
  if state.full then state.full.at = state.full.at - ms end
end
if at > now then set_back(at - now) end

for id, open in pairs(state.open) do
  if open.expires <= now then state.open[id] = nil end
end
