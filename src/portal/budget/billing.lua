-- What answers report about the server seconds: they are booked, the accounts are corrected by the portal's
-- figures, and it is learned which accounts a batch is billed to.

-- So many seconds of a request cannot be missing in a figure by mistake.
local OWN_SECONDS = 0.5

-- Seconds of requests that were answered after this one had left: the portal's figure may lack them.
local function ended_since(account, from)
  local sum, first = 0, from
  for _, open in pairs(state.open) do first = math.min(first, open.from) end
  local recent = {}
  for _, ended in ipairs(account.recent) do
    if ended.at > from - LAG_MS then sum = sum + ended.seconds end
    if ended.at > first - LAG_MS then table.insert(recent, ended) end
  end
  account.recent = recent
  return sum
end

-- Learns from a batch's figure whether its time is billed to the account. sure: booked seconds that the
-- figure contains if they are billed
local function learn_billed(account, use, sure, others)
  local figure, own = use.operating, use.seconds - use.unseen
  local clear = TOLERANCE * limit_of(account)
  if account.billed == false then
    if others > clear then account.billed = nil end
    return
  end
  -- A figure without the request's own seconds. Where it comes too early for them, the next ones show it.
  if not account.billed and own > OWN_SECONDS and figure < own / 4 then
    account.billed = false
    return
  end
  local single = 0
  for _, basket in ipairs(alive(account)) do single = single + basket.single end
  local batched = sure - single
  if batched <= clear then return end
  if figure - single >= batched / 2 then account.billed = true
  elseif not account.billed and figure - single < batched / 4 then account.billed = false end
end

-- Seconds by which answers have corrected the account since a request left: its figure may contain them.
local function removed_since(account, from)
  local sum, first = 0, from
  for _, open in pairs(state.open) do first = math.min(first, open.from) end
  local kept = {}
  for _, removed in ipairs(account.removed or {}) do
    if removed.at >= from then sum = sum + removed.seconds end
    if removed.at >= first then table.insert(kept, removed) end
  end
  account.removed = kept
  return sum
end

-- Corrects an account by the portal's figure in the answer to a request that left at `from`.
-- unsure: seconds that the figure may lack
local function correct(account, use, from, unsure)
  local figure = use.operating
  if account.finish and use.finish < account.finish then return end
  account.finish, account.operating, account.reported_at = use.finish, figure, now
  account.reset = use.reset and now + use.reset or nil
  local sure = used(account) - unsure
  -- Others use the webhook. The figure can contain baskets that expired, or were corrected, while the request
  -- ran, and a part of the requests in flight.
  local others = figure - booked(account, from) - removed_since(account, from) - reserved(use.method, account)
  if use.in_batch then learn_billed(account, use, sure, others) end
  -- The portal no longer counts the oldest seconds, or never has.
  local surplus = sure - figure
  for _, basket in ipairs(alive(account)) do
    if surplus <= 0 then break end
    local less = math.min(surplus, basket.seconds)
    basket.seconds = basket.seconds - less
    basket.single = math.min(basket.single, basket.seconds)
    surplus = surplus - less
    if less > 0 then table.insert(account.removed, { at = now, seconds = less }) end
  end
  if others > TOLERANCE * limit_of(account) then
    add(account, 'others' .. math.floor(now / BASKET_MS), now + limits.window, others)
  end
end

-- Books what one account used in an answered request that left at `from`, our time.
-- use: method, in_batch, baskets (list of {number, seconds, left (ms until it expires, at the request's
--      end)}), seconds (their sum), unseen (seconds that the figure may lack), finish (s, the portal's
--      clock), operating (the portal's figure), reset (ms until it changes), elsewhere (true: the figure
--      is that of another method, and this one is not billed)
local function book(use, from)
  local account = account_of(use.method)
  account.limited = use.operating ~= nil
  if account.limited then show_limit('operating') end
  if use.elsewhere then account.billed = false end
  local unsure = ended_since(account, from) + use.unseen
  if use.seconds > FLOOR_SECONDS and not (use.in_batch and account.billed == false) then
    for _, basket in ipairs(use.baskets) do
      add(account, basket.number, now + basket.left + LAG_MS, basket.seconds,
        not use.in_batch and basket.seconds or 0)
    end
    if next(state.open) then
      table.insert(account.recent, { at = now, seconds = use.seconds })
    end
  end
  if use.operating and not use.elsewhere then correct(account, use, from, unsure) end
  -- A probe has shown that the method is open again.
  if account.closed and from >= account.closed then account.closed = nil end
end

-- Books a request whose use is unknown.
local function book_lost(open, seconds)
  for _, name in ipairs({ open.method, BATCH }) do
    local account = account_of(name)
    local billed = seconds * share_of(name, account, open.single)
    if billed > 0 then
      add(account, 'lost' .. math.floor(open.from), open.from + limits.window, billed)
    end
  end
end

-- The portal reports the method as used up. It stays closed until the time that the portal named, or
-- for as long as newer portals block it; then one small request shows whether it is open. The limit in
-- the settings may be wrong; a recent figure of the portal is closer.
local function close(method)
  local account = account_of(method)
  account.limited = true
  if account.closed and account.closed > now then return end
  account.closed = account.reset and account.reset > now and account.reset or now + limits.window / 2
  if is_fresh(account, BASKET_MS) and account.operating < limit_of(account) then
    local seconds = math.max(account.operating, limits.operating / 10)
    account.cap = { seconds = seconds, ends = account.closed + 3 * limits.window }
  end
end
