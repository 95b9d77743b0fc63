-- reserve: decides whether a buyer gets units of a sale; takes them if so.
-- One round trip, final, and safe to send twice: the same buyer and key hash get the first reservation again.
--
-- KEYS (one slot, {saleId.bucket}):
--   gate      hash    life, settings, counters (see load.lua); attempts_<reply> counts the replies of attempts that got as
--                     far as the rate limit; replays counts those that a key of theirs answered
--   buyers    hash    buyer id -> orders (see lib/orders.lua)
--   outbox    hash    order id -> reservation as JSON, until it is in the ledger and on the queue
--   holders   string  Bloom filter of the buyers with an order
--   attempts, attemptsBefore  hash  part of the buyer id -> when all attempts are free again: see lib/attempts.lua
--   steps     hash    of a sale with a line: see lib/turn.lua
--   turns     hash    likewise: list and buyer id -> units that the entry has bought
--   holds     zset    of a sale that is paid for: see lib/holds.lua
-- ARGV:
--   buyerId keyHash quantity (units) newOrderId (to use) saleId requestId traceId ("" if there is none)
--   wantsFilter ("1" to get the filter along with sold_out, not_your_turn or not_eligible)
--   edition fromMs (of the invitation, see lib/guests.lua; "" without one, and without a tier)
--   step ("" without a ticket; the number of the step that gives the entry its turn) rank list leaf entryQuantity (units)
-- Replies:
--   lost | recovering (also: what would be told is by settings that may come to nothing) | paused | ended | key_reused
--   not_eligible     reason (no_invitation | outdated) nowMs hasFilter ("1": without an invitation, if asked for)
--                    filterBits filter
--   not_open         startsAtMs (for this buyer) nowMs
--   not_your_turn    reason (no_ticket | not_reached | lapsed) nowMs hasFilter ("1": without a ticket, if asked for)
--                    filterBits filter
--   over_turn        units (that the entry may still buy, fewer than were asked for)
--   rate_limited     retryAfterMs
--   over_limit       purchaseLimit
--   too_many_orders  orders (that the buyer has had; none comes beyond them)
--   sold_out         available held filterBits filter ("" unless asked for, and while units are left or wait)
--   replayed         orderId reservation ("" once its outbox entry is cleared)
--   already_bought   orderId reservation (same)
--   reserved         orderId reservation
-- A buyer's orders may end and be followed by others: this often beyond the purchase limit.
local MORE_ORDERS_THAN_UNITS = 2
-- Room for the orders of one buyer in one life of the gate.
local NUMBERS_OF_AN_EPOCH = 1000

local gate = redis.call("HMGET", gateKey, "run_id", "epoch", "recovering", "state", "starts_at_ms", "ends_at_ms",
  "purchase_limit", "attempt_limit", "attempts_turn", "available", "restock_at_ms", "places", "holder_bits",
  "buyer_count", "mode", "line_lapsed", "hold_seconds", "uncommitted", "invitation_needed", "invitation_edition",
  "first_tier_ms", "held")
if not gate[1] or gate[1] ~= runIdOfServer() then return { "lost" } end
if gate[3] == "1" then return { "recovering" } end
if not isWhole(buyersKey, holdersKey, gate[14]) then return { "lost" } end

local nowMs = clockMs()
local waitMs
local function isLimited()
  local lastTurn, limit = tonumber(gate[9]), tonumber(gate[8])
  waitMs = waitForAttempt(gateKey, attemptsKey, attemptsBeforeKey, lastTurn, buyerId, limit, nowMs)
  return waitMs > 0
end
local function rateLimited()
  redis.call("HINCRBY", gateKey, "attempts_rate_limited", 1)
  return { "rate_limited", waitMs }
end

local units, orderCount, latest = 0, 0, nil
local wanted = tonumber(quantity)
local orders = redis.call("HGET", buyersKey, buyerId)
if orders then
  for orderId, ordered, _, key, unitsLeft in string.gmatch(orders, ORDER) do
    if key == keyHash then
      if tonumber(ordered) ~= wanted then return { "key_reused" } end
      -- Whoever asks again costs a look into the ledger.
      if isLimited() then return rateLimited() end
      redis.call("HINCRBY", gateKey, "replays", 1)
      return { "replayed", orderId, redis.call("HGET", outboxKey, orderId) or "" }
    end
    local left = unitsLeft == "" and tonumber(ordered) or tonumber(unitsLeft)
    units, orderCount = units + left, orderCount + 1
    if left > 0 then latest = orderId end
  end
end

local startsAtMs, endsAtMs = tonumber(gate[5]), tonumber(gate[6])
if gate[4] == "ended" or (endsAtMs > 0 and nowMs >= endsAtMs) then return { gate[18] and "recovering" or "ended" } end
if gate[4] == "paused" then return { "paused" } end
-- A sale without a list pays nothing for those that have one.
if gate[19] == "1" or (gate[21] and gate[21] ~= "0") then
  local why
  startsAtMs, why = guestStart(startsAtMs, gate[19], gate[20], gate[21], edition, fromMs, nowMs)
  if why and gate[18] then return { "recovering" } end
  if why then
    local hasFilter = why == "no_invitation" and wantsFilter == "1"
    local filter = hasFilter and redis.call("GET", holdersKey) or ""
    return { "not_eligible", why, nowMs, hasFilter and "1" or "0", gate[13], filter }
  end
end
if nowMs < startsAtMs then return { "not_open", startsAtMs, nowMs } end
if isLimited() then return rateLimited() end

local function alreadyBought()
  redis.call("HINCRBY", gateKey, "attempts_already_bought", 1)
  return { "already_bought", latest, redis.call("HGET", outboxKey, latest) or "" }
end

-- A sale without a line pays nothing for those that have one.
local hasLine = gate[15] and gate[15] ~= "open"
local turnField = hasLine and (list .. ":" .. buyerId)
local boughtInTurn = 0
if hasLine then
  local turn = turnAt(stepsKey, step, tonumber(gate[16] or 0), rank, tonumber(entryQuantity), nowMs)
  -- A gate that has not been told of a step that is in the log lets nobody in; nor does one that a lapse may have come to.
  if turn == "untold" then return { "recovering" } end
  if turn ~= "now" then
    -- Who has all that they may have is told so, in their turn or out of it.
    if latest and units + wanted > tonumber(gate[7]) then return alreadyBought() end
    redis.call("HINCRBY", gateKey, "attempts_out_of_turn", 1)
    local hasFilter = turn == "no_ticket" and wantsFilter == "1"
    local filter = hasFilter and redis.call("GET", holdersKey) or ""
    return { "not_your_turn", turn, nowMs, hasFilter and "1" or "0", gate[13], filter }
  end
  boughtInTurn = tonumber(redis.call("HGET", turnsKey, turnField) or 0)
end

local purchaseLimit = tonumber(gate[7])
if units + wanted > purchaseLimit then
  if not latest then
    redis.call("HINCRBY", gateKey, "attempts_over_limit", 1)
    return { "over_limit", purchaseLimit }
  end
  return alreadyBought()
end
if orderCount >= purchaseLimit + MORE_ORDERS_THAN_UNITS then
  redis.call("HINCRBY", gateKey, "attempts_over_limit", 1)
  return { "too_many_orders", orderCount }
end

if hasLine and boughtInTurn + wanted > tonumber(entryQuantity) then
  return { "over_turn", tonumber(entryQuantity) - boughtInTurn }
end

-- Units added to a sold-out sale wait (see lib/restock.lua); a filter learnt meanwhile would be repeated beyond the wait.
local isRestocking = nowMs < tonumber(gate[11])
local available = isRestocking and 0 or tonumber(gate[10])
if available < wanted then
  if gate[18] then return { "recovering" } end
  local filter = ""
  if available == 0 and not isRestocking and wantsFilter == "1" then
    filter = redis.call("GET", holdersKey)
    if not filter then return { "lost" } end
  end
  redis.call("HINCRBY", gateKey, "attempts_sold_out", 1)
  return { "sold_out", available, tonumber(gate[22] or 0), gate[13], filter }
end

local epoch, place = tonumber(gate[2]), tonumber(gate[12]) + 1
-- Given once: a buyer's orders never leave while the epoch lasts, and the next epoch has other numbers.
local n = epoch * NUMBERS_OF_AN_EPOCH + orderCount + 1
-- A sale that asks for no payment pays nothing for those that do.
local holdSeconds = tonumber(gate[17] or 0)
local heldUntilMs = holdSeconds > 0 and nowMs + 1000 * holdSeconds or nil
local reservation = cjson.encode({
  saleId = saleId, orderId = newOrderId, buyerId = buyerId, n = n, quantity = wanted, place = place,
  epoch = epoch, keyHash = keyHash, reservedAtMs = nowMs, requestId = requestId,
  traceId = traceId ~= "" and traceId or nil, heldUntilMs = heldUntilMs,
  leaf = hasLine and leaf or nil, list = hasLine and tonumber(list) or nil, step = hasLine and tonumber(step) or nil,
  entryQuantity = hasLine and tonumber(entryQuantity) or nil,
})
redis.call("HINCRBY", gateKey, "available", -wanted)
if heldUntilMs then
  -- Not by functions of lib/holds.lua: each would be made anew in every call, also where nothing is paid for.
  redis.call("ZADD", holdsKey, heldUntilMs, newOrderId .. ":" .. buyerId)
  redis.call("HINCRBY", gateKey, "hold_count", 1)
  redis.call("HINCRBY", gateKey, "held", wanted)
else
  redis.call("HINCRBY", gateKey, "sold", wanted)
end
redis.call("HSET", gateKey, "places", place)
redis.call("HINCRBY", gateKey, "attempts_reserved", 1)
addOrder(gateKey, buyersKey, buyerId, orders, orderText(newOrderId, wanted, place, keyHash, wanted, 0))
redis.call("HSET", outboxKey, newOrderId, reservation)
markHolder(holdersKey, tonumber(gate[13]), buyerId)
if hasLine then countInTurn(stepsKey, turnsKey, step, turnField, wanted) end
return { "reserved", newOrderId, reservation }
