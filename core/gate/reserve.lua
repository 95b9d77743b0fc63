-- reserve: decides whether a buyer gets units of a sale; takes them if so.
-- One round trip, final, and safe to send twice: the same buyer and key hash get the first reservation again.
--
-- KEYS (one slot, {saleId.bucket}):
--   1 {..}:gate      hash    life, settings, counters (see load.lua); attempts_<reply> counts the replies of attempts
--                            that got as far as the rate limit
--   2 {..}:buyers    hash    buyer id -> orders "orderId,quantity,place,keyHash" joined by ";"
--   3 {..}:outbox    hash    order id -> reservation as JSON, until it is in the ledger and on the queue
--   4 {..}:holders   string  Bloom filter of the buyers with an order
--   5 {..}:attempts  hash    random part of the buyer id (14 characters) -> attempts in the present window
-- ARGV:
--   1 buyer id   2 key hash   3 quantity (units)   4 order id to use   5 sale id   6 request id
--   7 trace id ("" if there is none)   8 "1" to get the filter along with sold_out
-- Replies:
--   lost | recovering | paused | ended | key_reused
--   not_open        startsAtMs nowMs
--   rate_limited    retryAfterMs
--   over_limit      purchaseLimit
--   sold_out        available filterBits filter ("" unless asked for, and while units are left or wait)
--   replayed        orderId reservation ("" once its outbox entry is cleared)
--   already_bought  orderId reservation (same)
--   reserved        orderId reservation
local ATTEMPTS_WINDOW_MS = 10000

local gate = redis.call("HMGET", KEYS[1], "run_id", "epoch", "recovering", "state", "starts_at_ms", "ends_at_ms",
  "purchase_limit", "attempt_limit", "attempts_window", "available", "restock_at_ms", "places", "holder_bits",
  "buyer_count")
local runId = string.match(redis.call("INFO", "server"), "run_id:(%w+)")
if not gate[1] or gate[1] ~= runId then return { "lost" } end
if gate[3] == "1" then return { "recovering" } end
-- A buyers hash that vanished, alone or in part, would sell to the same buyers again.
if redis.call("HLEN", KEYS[2]) ~= tonumber(gate[14]) then return { "lost" } end
-- A filter that vanished would be begun anew by the next holder, and miss all those before.
if gate[14] ~= "0" and redis.call("EXISTS", KEYS[4]) == 0 then return { "lost" } end

local buyer, keyHash, quantity = ARGV[1], ARGV[2], tonumber(ARGV[3])
local units, latest = 0, nil
local orders = redis.call("HGET", KEYS[2], buyer)
if orders then
  for orderId, ordered, _, key in string.gmatch(orders, "([^,;]+),(%d+),(%d+),([^,;]+)") do
    if key == keyHash then
      if tonumber(ordered) ~= quantity then return { "key_reused" } end
      return { "replayed", orderId, redis.call("HGET", KEYS[3], orderId) or "" }
    end
    units = units + tonumber(ordered)
    latest = orderId
  end
end

local time = redis.call("TIME")
local nowMs = time[1] * 1000 + math.floor(time[2] / 1000)
local startsAtMs, endsAtMs = tonumber(gate[5]), tonumber(gate[6])
if gate[4] == "ended" or (endsAtMs > 0 and nowMs >= endsAtMs) then return { "ended" } end
if gate[4] == "paused" then return { "paused" } end
if nowMs < startsAtMs then return { "not_open", startsAtMs, nowMs } end

-- 14 characters of the buyer id, 70 random bits: with their header they just fill an allocation of 16 bytes.
-- One hash for everybody's attempts, dropped as a whole when its window ends: no key needs a time to live.
local window = math.floor(nowMs / ATTEMPTS_WINDOW_MS)
if tonumber(gate[9]) ~= window then
  redis.call("UNLINK", KEYS[5])
  redis.call("HSET", KEYS[1], "attempts_window", window)
end
if redis.call("HINCRBY", KEYS[5], string.sub(buyer, -14), 1) > tonumber(gate[8]) then
  redis.call("HINCRBY", KEYS[1], "attempts_rate_limited", 1)
  return { "rate_limited", (window + 1) * ATTEMPTS_WINDOW_MS - nowMs }
end

local purchaseLimit = tonumber(gate[7])
if units + quantity > purchaseLimit then
  if not latest then
    redis.call("HINCRBY", KEYS[1], "attempts_over_limit", 1)
    return { "over_limit", purchaseLimit }
  end
  redis.call("HINCRBY", KEYS[1], "attempts_already_bought", 1)
  return { "already_bought", latest, redis.call("HGET", KEYS[3], latest) or "" }
end

-- Units added to a sold-out sale wait (see configure.lua); a filter learnt meanwhile would be repeated beyond the wait.
local isRestocking = nowMs < tonumber(gate[11])
local available = isRestocking and 0 or tonumber(gate[10])
if available < quantity then
  local filter = ""
  if available == 0 and not isRestocking and ARGV[8] == "1" then
    filter = redis.call("GET", KEYS[4])
    if not filter then return { "lost" } end
  end
  redis.call("HINCRBY", KEYS[1], "attempts_sold_out", 1)
  return { "sold_out", available, gate[13], filter }
end

local orderId, place = ARGV[4], tonumber(gate[12]) + 1
local reservation = cjson.encode({
  saleId = ARGV[5], orderId = orderId, buyerId = buyer, n = units + 1, quantity = quantity, place = place,
  epoch = tonumber(gate[2]), keyHash = keyHash, reservedAtMs = nowMs, requestId = ARGV[6],
  traceId = ARGV[7] ~= "" and ARGV[7] or nil,
})
redis.call("HINCRBY", KEYS[1], "available", -quantity)
redis.call("HINCRBY", KEYS[1], "sold", quantity)
redis.call("HSET", KEYS[1], "places", place)
redis.call("HINCRBY", KEYS[1], "attempts_reserved", 1)
local order = orderId .. "," .. quantity .. "," .. place .. "," .. keyHash
redis.call("HSET", KEYS[2], buyer, orders and (orders .. ";" .. order) or order)
if not orders then redis.call("HINCRBY", KEYS[1], "buyer_count", 1) end
redis.call("HSET", KEYS[3], orderId, reservation)
local digest = redis.sha1hex(buyer)
for i = 0, 3 do
  redis.call("SETBIT", KEYS[4], tonumber(string.sub(digest, i * 8 + 1, i * 8 + 8), 16) % tonumber(gate[13]), 1)
end
return { "reserved", orderId, reservation }
