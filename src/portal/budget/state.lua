-- What a portal still allows, all of it in one script so that no two workers get the same.
-- KEYS[1]  hash: level, at (the bucket), state (JSON: open requests, operating, what was learned)
-- ARGV     operation, limits (JSON), its argument (JSON), the time in ms if it is not Redis's
-- limits   rate (requests leaking out per second), burst, operating (server seconds of a method in
--          the window), window (ms), slots (the most requests in flight at once)
-- Returns  {granted, ms to wait until using it or trying again, what is short}

-- What was learned is kept for an hour after the last request.
local KEEP_MS = 3600000
-- Reservations exceed the prediction by this factor, because no two requests cost the same.
local MARGIN = 1.1

local limits = cjson.decode(ARGV[2])
local time = redis.call('TIME')
local now = tonumber(ARGV[4]) or time[1] * 1000 + time[2] / 1000

local known = redis.call('HMGET', KEYS[1], 'level', 'at', 'state')
local at = tonumber(known[2] or now)
local bucket = { level = math.max(0, tonumber(known[1] or 0) - math.max(0, now - at) / 1000 * limits.rate) }
local state = known[3] and cjson.decode(known[3]) or { open = {}, methods = {} }

-- The clock was set back, or another Redis has taken over: all stored times move back as much.
local function set_back(ms)
  for _, open in pairs(state.open) do
    open.from, open.expires = open.from - ms, open.expires - ms
  end
  for _, account in pairs(state.methods) do
    for _, basket in ipairs(account.baskets) do basket.ends = basket.ends - ms end
    if account.cap then account.cap.ends = account.cap.ends - ms end
    if account.reported_at then account.reported_at = account.reported_at - ms end
  end
  if state.first then state.first = state.first - ms end
end
if at > now then set_back(at - now) end

for id, open in pairs(state.open) do
  if open.expires <= now then state.open[id] = nil end
end
