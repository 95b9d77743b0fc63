-- rebuild: puts one part of the counted reservations into a gate that is closed for recovery.
--
-- KEYS (one slot, {saleId.bucket}):
--   gate buyers outbox holders attempts attemptsBefore steps turns holds
-- ARGV:
--   fence   recoveryId   isFirst ("1": what is left of the old keys goes)   holderBits (filter size)
--   buyerCount holdCount (buyers and holds in this part)
--   then so many pairs: buyer id, orders (see lib/orders.lua)
--   then so many pairs: member of the holds (see lib/holds.lua), instant in milliseconds
--   then pairs: order id, reservation as JSON, for those that are still to be published
-- Replies: added | fenced | lost (this Redis is another one than when the recovery began, or another recovery has begun)
local gate = redis.call("HMGET", gateKey, "run_id", "fence", "recovering", "recovery_id")
if gate[1] ~= runIdOfServer() or gate[3] ~= "1" or gate[4] ~= recoveryId then return { "lost" } end
if tonumber(gate[2]) > tonumber(fence) then return { "fenced" } end

if isFirst == "1" then
  redis.call("UNLINK", buyersKey, outboxKey, holdersKey, attemptsKey, attemptsBeforeKey, stepsKey, turnsKey,
    holdsKey)
  -- Until the guardian has told it of the line anew, it is nobody's turn.
  redis.call("HDEL", gateKey, "line_epoch", "line_steps", "line_lapsed", "line_served_ms", "line_seen_ms", "line_inside")
  redis.call("HSET", gateKey, "was_alive", 0)
end
local bits, holdsFrom = tonumber(holderBits), restFrom + 2 * tonumber(buyerCount)
local outboxFrom = holdsFrom + 2 * tonumber(holdCount)
for i = restFrom, holdsFrom - 1, 2 do
  redis.call("HSET", buyersKey, ARGV[i], ARGV[i + 1])
  markHolder(holdersKey, bits, ARGV[i])
end
for i = holdsFrom, outboxFrom - 1, 2 do redis.call("ZADD", holdsKey, ARGV[i + 1], ARGV[i]) end
for i = outboxFrom, #ARGV, 2 do redis.call("HSET", outboxKey, ARGV[i], ARGV[i + 1]) end
return { "added" }
